"""Writes the fixture by which feature visualisation is compared with PyTorch.

    /usr/bin/python3 write_visualization.py [--out FOLDER]

Network, x in [-1, 1] of shape (N, 3, 12, 12): A = relu(conv5x5(x, `conv`, `bias`)), (N, 4, 8, 8); logits = mean of A^2
over positions, times `linear` transposed, (N, 3).

1. The course's class maximisation from `mean` (3, 12, 12), lr 0.1, weight decay 0.001, each class once: `class/<i>` is X
   after i updates, `class/objectives` (201, 3) the logit before each update and at the end.
2. The course's feature maximisation, spatial maximum of A, unit i for image i: `feature/<i>`.
3. Lucid's Fourier images without batch axis, height x width: `fourier/<h>x<w>/parameters` (3, 2, h, w/2+1), `.../image`
   (3, h, w), `.../cotangent`, `.../gradient` of sum(image * cotangent) with respect to the parameters.
4. Adam (lr 0.05) on lucid's Fourier parameters `adam/0`, 12 x 12: maximises mean(A_1) - 0.001 total variation of the
   pixels p in [0, 1], x = 2p - 1; total variation = sum sqrt(dx^2 + dy^2 + 1e-4); `adam/<i>` after i steps.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from safetensors_writer import write

COLOURS = np.asarray([[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]], dtype=np.float32)
COLOURS = COLOURS / np.max(np.linalg.norm(COLOURS, axis=0))


def activation(x, net):
    return F.relu(F.conv2d(x, net["conv"], net["bias"]))


def logits(x, net):
    return (activation(x, net) ** 2).mean(dim=(2, 3)) @ net["linear"].t()


def features(x, net):
    return F.max_pool2d(activation(x, net), 8, 8).view(-1, 4)


def course(output, mean, count, keep, net):
    X = mean.repeat(count, 1, 1, 1)
    Y = torch.arange(count)
    kept, objectives = {}, []
    lr, weight_decay = 0.1, 0.001
    for i in range(max(keep)):
        X = X.detach().requires_grad_()
        loss = -output(X, net)[Y, Y]
        objectives.append(-loss.detach())
        gradients = torch.autograd.grad(outputs=loss, inputs=X, grad_outputs=torch.ones(loss.size()))[0]
        X = X - lr * gradients.data - weight_decay * X.data * torch.abs(X.data)
        X[X > 1.0] = 1.0
        X[X < -1.0] = -1.0
        if i + 1 in keep:
            kept[i + 1] = X.detach().clone()
    objectives.append(output(X, net)[Y, Y].detach())
    return kept, torch.stack(objectives)


def fourier_image(parameters, h, w):
    fy = np.fft.fftfreq(h)[:, None]
    fx = np.abs(np.fft.fftfreq(w)[: w // 2 + 1])
    radius = np.sqrt(fx * fx + fy * fy)
    scale = np.sqrt(w * h) / np.maximum(radius, 1.0 / max(w, h))
    spectrum = torch.complex(parameters[:, 0], parameters[:, 1]) * torch.from_numpy(scale.astype(np.float32))
    image = torch.fft.irfft2(spectrum, s=(h, w)) / 4.0
    mixed = image.permute(1, 2, 0).reshape(-1, 3) @ torch.from_numpy(COLOURS.T.copy())
    return torch.sigmoid(mixed).reshape(h, w, 3).permute(2, 0, 1)


def total_variation(p):
    dx = torch.zeros_like(p)
    dy = torch.zeros_like(p)
    dx[:, :, :-1] = p[:, :, 1:] - p[:, :, :-1]
    dy[:, :-1, :] = p[:, 1:, :] - p[:, :-1, :]
    return torch.sqrt(dx ** 2 + dy ** 2 + 1e-4).sum()


def adam(start, keep, net):
    parameters = start.clone().requires_grad_()
    optimizer = torch.optim.Adam([parameters], lr=0.05)
    kept = {}
    for i in range(max(keep)):
        p = fourier_image(parameters, 12, 12)
        loss = -activation(2 * p[None] - 1, net)[0, 1].mean() + 0.001 * total_variation(p)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if i + 1 in keep:
            kept[i + 1] = parameters.detach().clone()
    return kept


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--out", type=Path, default=Path(__file__).parent / "../resources/dev/ganzoo/zoo/pytorch")
    out = arguments.parse_args().out
    torch.set_num_threads(1)
    torch.manual_seed(3)
    net = {"conv": 0.2 * torch.randn(4, 3, 5, 5), "bias": 0.1 * torch.randn(4), "linear": torch.randn(3, 4)}
    tensors = dict(net)
    tensors["mean"] = 0.3 * torch.randn(3, 12, 12).clamp(-2, 2)
    kept, objectives = course(logits, tensors["mean"], 3, {1, 5, 200}, net)
    tensors |= {f"class/{i}": x for i, x in kept.items()} | {"class/objectives": objectives}
    kept, _ = course(features, tensors["mean"], 4, {1, 5, 20}, net)
    tensors |= {f"feature/{i}": x for i, x in kept.items()}
    for h, w in [(12, 12), (7, 9), (6, 5)]:
        parameters = torch.randn(3, 2, h, w // 2 + 1, requires_grad=True)
        image = fourier_image(parameters, h, w)
        cotangent = torch.randn(3, h, w)
        gradient = torch.autograd.grad((image * cotangent).sum(), parameters)[0]
        case = f"fourier/{h}x{w}"
        tensors |= {f"{case}/parameters": parameters, f"{case}/image": image}
        tensors |= {f"{case}/cotangent": cotangent, f"{case}/gradient": gradient}
    tensors["adam/0"] = 0.01 * torch.randn(3, 2, 12, 7)
    tensors |= {f"adam/{i}": x for i, x in adam(tensors["adam/0"], {1, 20}, net).items()}
    arrays = {name: tensor.detach().numpy() for name, tensor in tensors.items()}
    write(out / "visualization.safetensors", arrays, {"torch": torch.__version__})


if __name__ == "__main__":
    main()
