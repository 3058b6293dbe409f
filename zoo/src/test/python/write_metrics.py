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

The same numbers as four `.npz`: `stored.npz` and `deflated.npz` with `mu`, `sigma`, `cube` (2, 3, 4) = 0, 1, ... in float64,
`fortran.npz` in float32 and Fortran order, `foreign.npz` big-endian, `cube` as integers.
"""

import argparse
from pathlib import Path

import numpy as np
import scipy
import scipy.linalg
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
    write(out / "features.safetensors", tensors, facts)
    write_statistics(out)


if __name__ == "__main__":
    main()
