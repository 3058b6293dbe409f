"""Writes the fixture by which attacks are compared with PyTorch.

    /usr/bin/python3 write_attacks.py [--out FOLDER]

Network on images x (N, 3, 6, 6) in [0, 1]: logits = relu(x w1^T + b1) w2^T + b2, 6 classes, trained here on blobs of
colour; computed in float64, each result rounded to float32. `images` (12, 3, 6, 6), `labels` (12), `logits`; `control/*`
are 96 more for the order of accuracies.

1. `value/<loss>`, `gradient/<loss>` for cross_entropy, margin, dlr, targeted_dlr (target = label + 1) at `images`.
2. `<attack>/<norm>[/targeted]`: images after fgsm (eps), bim (10 steps of eps / 4), mi-fgsm (10 steps of eps / 10,
   decay 1, gradients divided by the sum of their absolute values), apgd and apgd-dlr (25 steps from the image, no early
   stop), deepfool (50 steps at most, all classes, overshoot 0.02, 1e-4 added to the difference). Targeted means label + 1.
   eps = 4/255 (linf), 0.15 (l2). Images that are misclassified before are attacked too, but not by deepfool.
3. `carlini-wagner/norms`: L2 of the perturbations after 9 searches of 500 Adam steps (rate 0.01, c = 0.01 first), 0
   where the image is misclassified before.
"""

import argparse
import math
from pathlib import Path

import torch
import torch.nn.functional as F

from safetensors_writer import write

CLASSES, SHAPE = 6, (3, 6, 6)
EPS = {"linf": 4 / 255, "l2": 0.15}


def single(x):
    """What engines keep between steps is float32: the same here, lest comparisons of nearly equal losses differ."""
    return x.float().double()


def blobs(count, generator):
    centres = torch.rand((CLASSES, 3, 2, 2), generator=torch.Generator().manual_seed(5), dtype=torch.float64)
    centres = F.interpolate(0.4 + 0.2 * centres, SHAPE[1:], mode="bilinear", align_corners=False)
    labels = torch.randint(CLASSES, (count,), generator=generator)
    noise = 0.12 * torch.randn((count, *SHAPE), generator=generator, dtype=torch.float64)
    images = torch.clamp(centres[labels] + noise, 0, 1)
    return (torch.round(images * 255) / 255).float().double(), labels


def train(generator):
    images, labels = blobs(2000, generator)
    net = [
        torch.randn((24, 108), generator=generator, dtype=torch.float64) / math.sqrt(108),
        torch.zeros(24, dtype=torch.float64),
        torch.randn((CLASSES, 24), generator=generator, dtype=torch.float64) / math.sqrt(24),
        torch.zeros(CLASSES, dtype=torch.float64),
    ]
    for p in net:
        p.requires_grad_()
    optimizer = torch.optim.Adam(net, lr=3e-3)
    for step in range(600):
        batch = torch.randint(2000, (100,), generator=generator)
        loss = F.cross_entropy(logits(images[batch], net), labels[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return [p.detach().float().double() for p in net]


def logits(x, net):
    w1, b1, w2, b2 = net
    return F.relu(x.flatten(1) @ w1.t() + b1) @ w2.t() + b2


def cross_entropy(z, y, t):
    return F.cross_entropy(z, y, reduction="none")


def margin(z, y, t):
    other = z.scatter(1, y[:, None], -math.inf).amax(1)
    return other - z.gather(1, y[:, None])[:, 0]


def dlr(z, y, t):
    s = z.sort(1, descending=True)[0]
    return margin(z, y, t) / (s[:, 0] - s[:, 2] + 1e-12)


def targeted_dlr(z, y, t):
    s = z.sort(1, descending=True)[0]
    zy, zt = z.gather(1, y[:, None])[:, 0], z.gather(1, t[:, None])[:, 0]
    return -(zy - zt) / (s[:, 0] - (s[:, 2] + s[:, 3]) / 2 + 1e-12)


def towards(z, y, t):
    return -F.cross_entropy(z, t, reduction="none")


def differentiate(loss, x, y, t, net):
    x = x.detach().requires_grad_()
    z = logits(x, net)
    rounded = single(z.detach()).requires_grad_()
    value = loss(rounded, y, t)
    (cotangent,) = torch.autograd.grad(value.sum(), rounded)
    (gradient,) = torch.autograd.grad(z, x, cotangent)
    return single(value.detach()), single(gradient)


def rows(v):
    return v.flatten(1).norm(dim=1).view(-1, 1, 1, 1)


def ball(x, centre, norm):
    d = x - centre if norm == "linf" else single(x - centre)
    if norm == "linf":
        d = d.clamp(-EPS[norm], EPS[norm])
    else:
        d = d * torch.clamp(EPS[norm] / torch.clamp(rows(d), min=1e-30), max=1)
    return single((centre + d).clamp(0, 1))


def direction(g, norm):
    return g.sign() if norm == "linf" else g / torch.clamp(rows(g), min=1e-30)


def iterate(x0, y, t, net, norm, loss, steps, size, decay):
    x, m = x0.clone(), torch.zeros_like(x0)
    for _ in range(steps):
        g = differentiate(loss, x, y, t, net)[1]
        m = single(decay * m + g / g.abs().flatten(1).sum(1).view(-1, 1, 1, 1))
        x = ball(single(x + size * direction(m, norm)), x0, norm)
    return x


def apgd_one(x0, y, t, net, norm, loss, steps):
    """Croce and Hein 2020, algorithm 1, for one image."""
    part = lambda f: max(1, int(f * steps))
    eta = 2 * EPS[norm]
    f, g = differentiate(loss, x0, y, t, net)
    xs, fs = [x0], [f.item()]
    best, fbest, gbest = x0, f.item(), g
    x, old = x0, x0
    interval, since, last_best, halved = part(0.22), 0, f.item(), True
    success = x0 if misses(x0, y, t, net, loss) else None
    rises = 0
    for k in range(steps):
        a = 1 if k == 0 else 0.75
        z = ball(single(x + eta * direction(g, norm)), x0, norm)
        new = ball(single(x + a * (z - x) + (1 - a) * (x - old)), x0, norm)
        old, x = x, new
        f, g = differentiate(loss, x, y, t, net)
        f = f.item()
        rises += f > fs[-1]
        fs.append(f)
        if f > fbest:
            best, fbest, gbest = x, f, g
        if misses(x, y, t, net, loss):
            success = x
        since += 1
        if since == interval:
            first = rises <= 0.75 * interval
            second = (not halved) and last_best >= fbest
            halved = first or second
            last_best, rises, since = fbest, 0, 0
            if halved:
                eta, x, g = eta / 2, best, gbest
            interval = max(interval - part(0.03), part(0.06))
    return best if success is None else success


def misses(x, y, t, net, loss):
    prediction = logits(x, net).argmax(1)
    return bool(prediction == t) if loss in (towards, targeted_dlr) else bool(prediction != y)


def apgd(x0, y, t, net, norm, loss):
    ends = [apgd_one(x0[i : i + 1], y[i : i + 1], t[i : i + 1], net, norm, loss, 25) for i in range(len(x0))]
    return torch.cat(ends)


def deepfool_one(x0, y, net, norm):
    x, total = x0, torch.zeros_like(x0)
    for _ in range(50):
        x = x.detach().requires_grad_()
        z = logits(x, net)[0]
        if z.argmax() != y:
            break
        planes = []
        for k in range(CLASSES):
            if k != y:
                (w,) = torch.autograd.grad(z[k] - z[y], x, retain_graph=True)
                slope = w.norm() if norm == "l2" else w.abs().sum()
                planes.append(((z[k] - z[y]).abs().item(), slope.item(), w))
        gap, slope, w = min(planes, key=lambda p: p[0] / p[1])
        total = total + (gap + 1e-4) / slope * (w / w.norm() if norm == "l2" else w.sign())
        x = (x0 + 1.02 * total).clamp(0, 1)
    return x.detach()


def carlini_wagner_one(x0, y, net):
    if logits(x0, net).argmax(1) != y:
        return 0.0
    c, low, high, best = 0.01, 0.0, 1e10, math.inf
    for _ in range(9):
        w = torch.atanh((2 * x0 - 1) * 0.999999).requires_grad_()
        optimizer, won, last = torch.optim.Adam([w], lr=0.01), False, math.inf
        for step in range(500):
            x = torch.tanh(w) / 2 + 0.5
            gap = margin(logits(x, net), y, None)
            distance = ((x - x0) ** 2).sum()
            loss = distance + c * torch.clamp(-gap, min=0).sum()
            if gap.item() > 0:
                won, best = True, min(best, distance.item())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if step % 50 == 0:
                if loss.item() > 0.9999 * last:
                    break
                last = loss.item()
        low, high = (low, min(high, c)) if won else (max(low, c), high)
        c = (low + high) / 2 if high < 1e10 else c * 10
    return math.sqrt(best)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "resources/dev/ganzoo/zoo/pytorch")
    out = parser.parse_args().out
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(17)
    net = train(generator)
    x, y = blobs(12, generator)
    control, control_labels = blobs(96, generator)
    t = (y + 1) % CLASSES
    tensors = dict(zip(("w1", "b1", "w2", "b2"), net)) | {"images": x, "labels": y}
    tensors |= {"logits": logits(x, net), "control/images": control, "control/labels": control_labels}
    for loss in (cross_entropy, margin, dlr, targeted_dlr):
        value, gradient = differentiate(loss, x, y, t, net)
        tensors |= {f"value/{loss.__name__}": value, f"gradient/{loss.__name__}": gradient}
    for norm in EPS:
        for suffix, ce, ratio in (("", cross_entropy, dlr), ("/targeted", towards, targeted_dlr)):
            e = EPS[norm]
            tensors[f"fgsm/{norm}{suffix}"] = iterate(x, y, t, net, norm, ce, 1, e, 0)
            tensors[f"bim/{norm}{suffix}"] = iterate(x, y, t, net, norm, ce, 10, e / 4, 0)
            tensors[f"mi-fgsm/{norm}{suffix}"] = iterate(x, y, t, net, norm, ce, 10, e / 10, 1)
            tensors[f"apgd/{norm}{suffix}"] = apgd(x, y, t, net, norm, ce)
            tensors[f"apgd-dlr/{norm}{suffix}"] = apgd(x, y, t, net, norm, ratio)
        tensors[f"deepfool/{norm}"] = torch.cat([deepfool_one(x[i : i + 1], y[i], net, norm) for i in range(len(x))])
    norms = [carlini_wagner_one(x[i : i + 1], y[i : i + 1], net) for i in range(len(x))]
    tensors["carlini-wagner/norms"] = torch.tensor(norms)
    for name, images in tensors.items():
        if images.shape == x.shape and "gradient" not in name:
            print(name, (logits(images, net).argmax(1) == y).double().mean().item())
    print("control", (logits(control, net).argmax(1) == control_labels).double().mean().item())
    print(norms)
    write(out / "attacks.safetensors", {k: v.numpy() for k, v in tensors.items()}, {"classes": str(CLASSES)})


if __name__ == "__main__":
    main()
