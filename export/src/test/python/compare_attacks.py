"""Trains a small residual network on CIFAR-10, exports it to ONNX, and attacks it with PyTorch's autograd:

    compare_attacks.py CIFAR_FOLDER OUT_FOLDER [--epochs 4] [--count 500] [--few 100] [--threads 2]

OUT_FOLDER gets classifier.onnx (pixels in [0, 1]), images.safetensors (the first COUNT test images, their labels, the
logits) and torch.json (accuracies under each attack), for dev.ganzoo.export.benchmark.AttackComparison. A network that is
there already (classifier.pt) is not trained again.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[4] / "zoo/src/test/python"))
import safetensors_writer  # noqa: E402

EPSILON, STEP = 8 / 255, 2 / 255
L2_EPSILON, L2_STEP = 0.5, 0.1


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Conv2d(inputs, outputs, 1, stride)

    def forward(self, x):
        return F.relu(self.shortcut(x) + self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))


class ResNet8(nn.Module):
    def __init__(self, width=16):
        super().__init__()
        self.register_buffer("mean", torch.tensor([0.4914, 0.4822, 0.4465]).view(3, 1, 1))
        self.register_buffer("std", torch.tensor([0.2470, 0.2435, 0.2616]).view(3, 1, 1))
        self.stem = nn.Sequential(nn.Conv2d(3, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU())
        self.blocks = nn.Sequential(Block(width, width, 1), Block(width, 2 * width, 2), Block(2 * width, 4 * width, 2))
        self.fc = nn.Linear(4 * width, 10)

    def forward(self, pixels):
        return self.fc(self.blocks(self.stem((pixels - self.mean) / self.std)).mean((2, 3)))


def cifar(folder, names):
    data = np.concatenate([np.fromfile(folder / name, np.uint8).reshape(-1, 3073) for name in names])
    return torch.from_numpy(data[:, 1:].reshape(-1, 3, 32, 32).copy()), torch.from_numpy(data[:, 0].astype(np.int64))


def train(net, images, labels, epochs):
    batch = 128
    steps = epochs * (len(images) // batch)
    sgd = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9, nesterov=True, weight_decay=5e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(sgd, 0.2, total_steps=steps)
    for epoch in range(epochs):
        order = torch.randperm(len(images))
        for chosen in order[: len(images) // batch * batch].split(batch):
            pixels = images[chosen].float() / 255
            if torch.rand(()) < 0.5:
                pixels = pixels.flip(3)
            loss = F.cross_entropy(net(pixels), labels[chosen])
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            schedule.step()
        print("epoch", epoch + 1, "loss", round(loss.item(), 3), flush=True)


def gradient(net, x, y):
    x = x.detach().requires_grad_()
    z = net(x)
    loss = F.cross_entropy(z, y, reduction="none")
    (g,) = torch.autograd.grad(loss.sum(), x)
    return g, loss.detach(), z.detach()


def length(v):
    return v.flatten(1).norm(dim=1).view(-1, 1, 1, 1)


def into_ball(x, x0, l2):
    if not l2:
        return torch.min(torch.max(x, x0 - EPSILON), x0 + EPSILON).clamp(0, 1)
    d = x - x0
    return (x0 + d * (L2_EPSILON / length(d).clamp(min=1e-12)).clamp(max=1)).clamp(0, 1)


def along(g, l2):
    return g / length(g).clamp(min=1e-12) if l2 else g.sign()


def fgsm(net, x, y):
    return (x + EPSILON * gradient(net, x, y)[0].sign()).clamp(0, 1)


def pgd(net, x0, y, l2=False, steps=20):
    x = x0
    for _ in range(steps):
        x = into_ball(x + (L2_STEP if l2 else STEP) * along(gradient(net, x, y)[0], l2), x0, l2)
    return x


def apgd(net, x0, y, l2=False, steps=50):
    """Croce and Hein 2020, algorithm 1, from the image, every image with its own step."""
    each = lambda values: values.view(-1, 1, 1, 1)
    eta = torch.full((len(x0),), 2 * (L2_EPSILON if l2 else EPSILON))
    g, value, z = gradient(net, x0, y)
    x = old = best = x0
    top, top_g = value.clone(), g
    at_checkpoint, halved, rises = value.clone(), torch.ones(len(x0), dtype=torch.bool), torch.zeros(len(x0))
    fooled = x0.clone()
    any_fooled = z.argmax(1) != y
    interval, since = max(1, int(0.22 * steps)), 0
    for step in range(steps):
        a = 1 if step == 0 else 0.75
        ahead = into_ball(x + each(eta) * along(g, l2), x0, l2)
        x, old = into_ball(x + a * (ahead - x) + (1 - a) * (x - old), x0, l2), x
        g, new, z = gradient(net, x, y)
        rises += new > value
        value = new
        better, wrong = new > top, z.argmax(1) != y
        top = torch.where(better, new, top)
        best, top_g = torch.where(each(better), x, best), torch.where(each(better), g, top_g)
        fooled, any_fooled = torch.where(each(wrong), x, fooled), any_fooled | wrong
        since += 1
        if since == interval:
            halved = (rises <= 0.75 * interval) | (~halved & (at_checkpoint >= top))
            at_checkpoint, rises, since = top.clone(), torch.zeros(len(x0)), 0
            eta = torch.where(halved, eta / 2, eta)
            x, g = torch.where(each(halved), best, x), torch.where(each(halved), top_g, g)
            interval = max(interval - max(1, int(0.03 * steps)), max(1, int(0.06 * steps)))
    return torch.where(each(any_fooled), fooled, best)


def deepfool(net, x0, y, steps=50, overshoot=0.02):
    """All images at once; one that is misclassified stays where it is. Returns the last points."""
    x, total = x0.clone(), torch.zeros_like(x0)
    for _ in range(steps):
        x = x.detach().requires_grad_()
        z = net(x)
        open_ = z.argmax(1) == y
        if not open_.any():
            break
        own = z.gather(1, y[:, None])[:, 0]
        shortest = torch.full((len(x),), float("inf"))
        move = torch.zeros_like(x0)
        for k in range(10):
            gap = z[:, k] - own
            (w,) = torch.autograd.grad(gap.sum(), x, retain_graph=True)
            far = (gap.detach().abs() + 1e-4) / length(w).flatten().clamp(min=1e-12)
            far = torch.where(y == k, torch.full_like(far, float("inf")), far)
            nearer = (far < shortest).view(-1, 1, 1, 1)
            move = torch.where(nearer, far.view(-1, 1, 1, 1) * w / length(w).clamp(min=1e-12), move)
            shortest = torch.minimum(far, shortest)
        total = total + move * open_.view(-1, 1, 1, 1)
        x = torch.where(open_.view(-1, 1, 1, 1), (x0 + (1 + overshoot) * total).clamp(0, 1), x)
    return x.detach()


def carlini_wagner(net, x0, y, searches=4, steps=100, rate=0.01):
    """Carlini and Wagner 2017, L2. Returns the nearest image found of another class; the image itself where none was."""
    c, low, high = torch.full((len(x0),), 0.01), torch.zeros(len(x0)), torch.full((len(x0),), 1e10)
    best, nearest = x0.clone(), torch.full((len(x0),), float("inf"))
    for _ in range(searches):
        w = torch.atanh((2 * x0 - 1) * 0.999999).requires_grad_()
        adam, won = torch.optim.Adam([w], lr=rate), torch.zeros(len(x0), dtype=torch.bool)
        for _ in range(steps):
            x = torch.tanh(w) / 2 + 0.5
            z = net(x)
            gap = z.scatter(1, y[:, None], -float("inf")).amax(1) - z.gather(1, y[:, None])[:, 0]
            distance = ((x - x0) ** 2).flatten(1).sum(1)
            with torch.no_grad():
                better = (gap > 0) & (distance < nearest)
                nearest, won = torch.where(better, distance, nearest), won | (gap > 0)
                best = torch.where(better.view(-1, 1, 1, 1), x, best)
            adam.zero_grad()
            (distance + c * F.relu(-gap)).sum().backward()
            adam.step()
        low, high = torch.where(won, low, torch.maximum(low, c)), torch.where(won, torch.minimum(high, c), high)
        c = torch.where(high < 1e10, (low + high) / 2, c * 10)
    return best


ATTACKS = {
    "fgsm": fgsm,
    "pgd": pgd,
    "pgd-l2": lambda net, x, y: pgd(net, x, y, True),
    "apgd": apgd,
    "apgd-l2": lambda net, x, y: apgd(net, x, y, True),
    "deepfool": deepfool,
    "carlini-wagner": carlini_wagner,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cifar", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--few", type=int, default=100, help="images for the attacks that seek the nearest")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    net, kept = ResNet8(), arguments.out / "classifier.pt"
    if kept.exists():
        net.load_state_dict(torch.load(kept))
    else:
        train(net, *cifar(arguments.cifar, [f"data_batch_{i}.bin" for i in range(1, 6)]), arguments.epochs)
        torch.save(net.state_dict(), kept)
    net.eval().requires_grad_(False)
    torch.onnx.export(net, torch.rand(1, 3, 32, 32), str(arguments.out / "classifier.onnx"), opset_version=13,
                      input_names=["pixels"], output_names=["scores"],
                      dynamic_axes={"pixels": {0: "n"}, "scores": {0: "n"}})
    images, labels = cifar(arguments.cifar, ["test_batch.bin"])
    with torch.no_grad():
        scores = torch.cat([net(part.float() / 255) for part in images.split(500)])
    print("accuracy on the test set", (scores.argmax(1) == labels).float().mean().item())
    x, y = images[: arguments.count].float() / 255, labels[: arguments.count]
    safetensors_writer.write(
        arguments.out / "images.safetensors",
        {"images": images.float().numpy() / 255, "labels": labels.float().numpy(), "logits": scores.numpy()}, {})
    results = {}
    for name, attack in ATTACKS.items():
        start = time.perf_counter()
        count = arguments.few if name in ("deepfool", "carlini-wagner") else arguments.count
        own, truth = x[:count], y[:count]
        points = torch.cat([attack(net, a, b) for a, b in zip(own.split(100), truth.split(100))])
        with torch.no_grad():
            right = net(points).argmax(1) == truth
        clean = scores[:count].argmax(1) == truth
        distances = length(points - own).flatten()[clean]
        results[name] = {"count": count, "accuracy": right.float().mean().item(), "l2": distances.mean().item(),
                         "seconds": round(time.perf_counter() - start, 1)}
        print(name, results[name], flush=True)
    results["clean"] = {"accuracy": (scores[: arguments.count].argmax(1) == y).float().mean().item()}
    (arguments.out / "torch.json").write_text(json.dumps(results))


if __name__ == "__main__":
    main()
