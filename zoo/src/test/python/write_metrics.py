"""Writes the fixture by which metrics of features are compared with NumPy and SciPy.

    python3 write_metrics.py [--out FOLDER]

Features are float32 tensors, everything else is computed from them in double; results are in the metadata, as text with all
digits. A case `a` against `b`:

- `fid/<a>/<b>`: |mu1 - mu2|^2 + Tr S1 + Tr S2 - 2 sum Re sqrt eig(S1 S2), S = numpy.cov, scipy.linalg.eigvals; the same
  from the singular values of the centred features, X1c X2c^T, which needs no root of rounding errors, must agree and is
  written where a covariance is singular.
- `isc/<logits>/<splits>`: mean and population std of exp(mean KL), rows in the order `order/<logits>`.
- `kid/<a>/<b>/<size>/<i>`: unbiased MMD^2 of the kernel (x.y/d + 1)^3 on the rows `subset/real/...` and `subset/fake/...`.
- `prdc/<a>/<b>/<k>`: precision and recall (distance <= radius), density and coverage (distance < radius), from distances
  summed up from differences; the radius is the distance to the k-th nearest other row.

- `intra`: the mean of the FIDs of the four classes of `real` and `fake`, a row's class being its index modulo 4.

Images, `images.safetensors`, are integers 0..255, (N, C, H, W):

- `similarity/<images>`: MS-SSIM of the images 0 and 1, 2 and 3, ..., in double, windows by scipy.signal.convolve2d.
- `swd/<a>/<b>/<height>`: sliced Wasserstein distance x 1000 at one level of the Laplacian pyramids (scipy.ndimage.convolve,
  mode mirror), of the patches with upper left pixels `corners/<a>/<height>` (y * width + x, as many for each image) along
  `directions/<channels>`.

The same numbers as four `.npz`: `stored.npz` and `deflated.npz` with `mu`, `sigma`, `cube` (2, 3, 4) = 0, 1, ... in float64,
`fortran.npz` in float32 and Fortran order, `foreign.npz` big-endian, `cube` as integers.
"""

import argparse
from pathlib import Path

import numpy as np
import scipy
import scipy.linalg
import scipy.ndimage
import scipy.signal
from scipy.special import log_softmax

from safetensors_writer import write


def covariance(x):
    return np.atleast_2d(np.cov(x, rowvar=False))


def fid_of_definition(x, y):
    s1, s2 = covariance(x), covariance(y)
    roots = np.sqrt(scipy.linalg.eigvals(s1 @ s2).astype(complex)).real.sum()
    return ((x.mean(0) - y.mean(0)) ** 2).sum() + np.trace(s1) + np.trace(s2) - 2 * roots


def fid_of_features(x, y):
    xc, yc = (x - x.mean(0)) / np.sqrt(len(x) - 1), (y - y.mean(0)) / np.sqrt(len(y) - 1)
    roots = scipy.linalg.svdvals(xc @ yc.T).sum()
    return ((x.mean(0) - y.mean(0)) ** 2).sum() + (xc ** 2).sum() + (yc ** 2).sum() - 2 * roots


def fid(x, y):
    exact, defined = fid_of_features(x, y), fid_of_definition(x, y)
    singular = min(np.linalg.matrix_rank(covariance(z)) for z in (x, y)) < x.shape[1]
    np.testing.assert_allclose(defined, exact, rtol=1e-4 if singular else 1e-9, atol=1e-5)
    return exact if singular else defined


def isc(logits, splits):
    logp = log_softmax(logits, axis=1)
    scores = []
    for i in range(splits):
        part = logp[i * len(logp) // splits : (i + 1) * len(logp) // splits]
        p = np.exp(part)
        kl = (p * (part - np.log(p.mean(0, keepdims=True)))).sum(1)
        scores.append(np.exp(kl.mean()))
    return np.mean(scores), np.std(scores)


def kid(x, y):
    m, d = x.shape
    kxx, kyy, kxy = ((a @ b.T / d + 1) ** 3 for a, b in [(x, x), (y, y), (x, y)])
    within = kxx.sum() - np.trace(kxx) + kyy.sum() - np.trace(kyy)
    return within / (m * (m - 1)) - 2 * kxy.sum() / (m * m)


def distances(x, y):
    return np.sqrt(((x[:, None] - y[None]) ** 2).sum(2))


def prdc(x, y, k):
    radii = [np.sort(distances(z, z), axis=1)[:, k] for z in (x, y)]
    between = distances(x, y)
    precision = (between <= radii[0][:, None]).any(0).mean()
    recall = (between <= radii[1][None]).any(1).mean()
    density = (between < radii[0][:, None]).sum(0).mean() / k
    coverage = (between < radii[0][:, None]).any(1).mean()
    return precision, recall, density, coverage


def features():
    random = np.random.default_rng(4)
    mix = random.normal(size=(16, 16))
    real = random.normal(size=(300, 16)) @ mix + 3
    fake = random.normal(size=(200, 16)) @ (mix + 0.3 * random.normal(size=(16, 16))) + 3.3
    flat = real.copy()
    flat[:, [2, 7]] = 1.5
    found = {"real": real, "fake": fake, "far": fake + 1e4, "flat": flat}
    found["rectified"] = np.maximum(real, 0)
    found["few"] = random.normal(size=(10, 24)) ** 2
    found["fewer"] = random.normal(size=(7, 24)) ** 2
    found["many"] = random.normal(size=(60, 24)) ** 2 + 0.1
    found["wide"] = random.normal(size=(300, 1)) * 2
    found["narrow"] = random.normal(size=(40, 1)) + 1
    found["grid"] = random.integers(0, 4, size=(90, 3)) + 100
    found["coarse"] = random.integers(0, 6, size=(70, 3)) + 100
    found["logits"] = 4 * random.normal(size=(103, 12))
    found["sure"] = 400 * random.normal(size=(50, 5))
    return {name: value.astype(np.float32) for name, value in found.items()}


def images():
    random = np.random.default_rng(6)
    found = {}
    for name, shape, blur in [("rgb", (4, 3, 32, 32), 1.5), ("blurred", (4, 3, 32, 32), 3), ("grey", (2, 1, 64, 64), 2)]:
        noise = scipy.ndimage.gaussian_filter(random.normal(size=shape), (0.7, 0.5, blur, blur))
        found[name] = np.clip(128 + 60 * noise / noise.std(), 0, 255).round().astype(np.float32)
    found["other"] = found["grey"][::-1, :, ::-1].copy()
    return found


def window(size):
    x = np.arange(size) - (size - 1) / 2
    g = np.exp(-(x[:, None] ** 2 + x[None] ** 2) / (2 * (size * 1.5 / 11) ** 2))
    return g / g.sum()


def ssim_and_cs(a, b):
    g = window(min(11, *a.shape[1:]))
    blur = lambda x: np.stack([scipy.signal.convolve2d(plane, g, mode="valid") for plane in x])
    ma, mb = blur(a), blur(b)
    va, vb, vab = blur(a * a) - ma * ma, blur(b * b) - mb * mb, blur(a * b) - ma * mb
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    cs = (2 * vab + c2) / (va + vb + c2)
    return (cs * (2 * ma * mb + c1) / (ma * ma + mb * mb + c1)).mean(), cs.mean()


def similarity(a, b):
    weights, product = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333], 1.0
    for level, weight in enumerate(weights):
        ssim, cs = ssim_and_cs(a, b)
        product *= max(0.0, ssim if level == 4 else cs) ** weight
        if level < 4:
            a, b = (x.reshape(len(x), x.shape[1] // 2, 2, x.shape[2] // 2, 2).mean((2, 4)) for x in (a, b))
    return product


def pyramid(x, levels):
    line = np.asarray([1, 4, 6, 4, 1]) / 16
    kernel = (line[:, None] * line[None])[None, None]
    found = [x]
    for _ in range(levels - 1):
        found.append(scipy.ndimage.convolve(found[-1], kernel, mode="mirror")[:, :, ::2, ::2])
        sparse = np.zeros_like(found[-2])
        sparse[:, :, ::2, ::2] = found[-1]
        found[-2] = found[-2] - scipy.ndimage.convolve(sparse, 4 * kernel, mode="mirror")
    return found


def patches(level, corners):
    n, _, _, width = level.shape
    each = len(corners) // n
    cut = np.stack([level[i // each, :, c // width : c // width + 7, c % width : c % width + 7]
                    for i, c in enumerate(corners)])
    return ((cut - cut.mean((0, 2, 3), keepdims=True)) / cut.std((0, 2, 3), keepdims=True)).reshape(len(cut), -1)


def write_images(out):
    random = np.random.default_rng(7)
    tensors, facts = images(), {"numpy": np.__version__, "scipy": scipy.__version__}
    exact = {name: value.astype(np.float64) for name, value in tensors.items()}
    for name, x in exact.items():
        facts[f"similarity/{name}"] = " ".join(repr(float(similarity(a, b))) for a, b in zip(x[::2], x[1::2]))
    for a, b, levels in [("rgb", "blurred", 2), ("grey", "other", 3)]:
        channels = exact[a].shape[1]
        directions = tensors.setdefault(f"directions/{channels}", np.float32(random.normal(size=(6, 49 * channels)) / 7))
        pyramids = {name: pyramid(exact[name], levels) for name in (a, b)}
        for level in range(levels):
            projected = []
            for name in (a, b):
                n, _, height, width = pyramids[name][level].shape
                y, x = random.integers(0, height - 6, size=20 * n), random.integers(0, width - 6, size=20 * n)
                corners = tensors[f"corners/{name}/{height}"] = y * width + x
                found = patches(pyramids[name][level], corners) @ directions.astype(np.float64).T
                projected.append(np.sort(found, axis=0))
            facts[f"swd/{a}/{b}/{height}"] = repr(float(1000 * np.abs(projected[0] - projected[1]).mean()))
    write(out / "images.safetensors", tensors, facts)


def write_statistics(out):
    mu = np.asarray([0.5, -1.0, 2.0])
    sigma = np.asarray([[2.0, 1.0, 0.0], [1.0, 3.0, 0.5], [0.0, 0.5, 4.0]])
    cube = np.arange(24.0).reshape(2, 3, 4)
    np.savez(out / "stored.npz", mu=mu, sigma=sigma, cube=cube)
    np.savez_compressed(out / "deflated.npz", mu=mu, sigma=sigma, cube=cube)
    fortran = [np.asfortranarray(value.astype("<f4")) for value in (mu, sigma, cube)]
    np.savez_compressed(out / "fortran.npz", mu=fortran[0], sigma=fortran[1], cube=fortran[2])
    np.savez(out / "foreign.npz", mu=mu.astype(">f4"), sigma=sigma.astype(">f8"), cube=cube.astype(">i4"))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--out", type=Path, default=Path(__file__).parent / "../resources/dev/ganzoo/zoo/metrics")
    out = arguments.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(5)
    tensors = features()
    exact = {name: value.astype(np.float64) for name, value in tensors.items()}
    facts = {"numpy": np.__version__, "scipy": scipy.__version__}
    pairs = [("real", "fake"), ("real", "far"), ("flat", "fake"), ("flat", "flat"), ("rectified", "real")]
    pairs += [("few", "many"), ("many", "few"), ("few", "fewer"), ("few", "few"), ("wide", "narrow")]
    for a, b in pairs:
        facts[f"fid/{a}/{b}"] = repr(float(fid(exact[a], exact[b])))
    for name, splits in [("logits", 10), ("logits", 1), ("logits", 103), ("sure", 3)]:
        order = tensors.setdefault(f"order/{name}", random.permutation(len(exact[name])))
        mean, std = isc(exact[name][order], splits)
        facts[f"isc/{name}/{splits}"] = f"{float(mean)!r} {float(std)!r}"
    for a, b, size in [("real", "fake", 50), ("real", "fake", 200), ("real", "flat", 120), ("wide", "narrow", 2)]:
        for i in range(2):
            rows = [random.choice(len(exact[name]), size, replace=False) for name in (a, b)]
            case = f"{a}/{b}/{size}/{i}"
            tensors[f"subset/real/{case}"], tensors[f"subset/fake/{case}"] = rows
            facts[f"kid/{case}"] = repr(float(kid(exact[a][rows[0]], exact[b][rows[1]])))
    pairs = [("real", "fake"), ("fake", "real"), ("few", "fewer"), ("grid", "coarse"), ("real", "real"), ("real", "far")]
    for a, b in pairs:
        for k in (1, 3, 5):
            facts[f"prdc/{a}/{b}/{k}"] = " ".join(repr(float(value)) for value in prdc(exact[a], exact[b], k))
    intra = [fid(exact["real"][label::4], exact["fake"][label::4]) for label in range(4)]
    facts["intra"] = " ".join(repr(float(value)) for value in [np.mean(intra)] + intra)
    write(out / "features.safetensors", tensors, facts)
    write_statistics(out)
    write_images(out)


if __name__ == "__main__":
    main()
