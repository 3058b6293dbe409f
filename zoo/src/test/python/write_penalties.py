"""Writes the fixture by which penalties of the discriminator's gradient are compared with PyTorch's double backward.

    /usr/bin/python3 write_penalties.py [--out FILE] [--check]

`penalties.safetensors` has four cases. Under `<case>/`: `real`, `fake` and `between` images; `weights/<name>`, the
discriminator's parameters and buffers at the start; `loss` and `penalty` (weighted, and part of the loss);
`grad/<parameter>` of the loss and `penalty_grad/<parameter>` of the penalty alone; `after/<buffer>`. Training mode, float32,
one thread. The discriminator runs on the real, then the fake images, then, for the gradient penalties, on those
between; R1 takes the gradient of the pass on real images.

residual  SNGAN-projection's discriminator of `sngan_projection.py`, 8 channels, with `real_y` and `fake_y`; hinge loss
          and R1, gamma 2.
batchnorm conv1 (4x4, stride 2, padding 1), leaky ReLU 0.2, conv2 (the same), batch norm, leaky ReLU, conv3 (2x2);
          no biases; non-saturating loss and R1, gamma 2. The gradient by the others of the batch counts.
two_sided conv1 (3x3, padding 1), layer norm, leaky ReLU 0.2, conv2 (3x3, stride 2, padding 1), layer norm, leaky ReLU,
          max pooling over all that is left, linear; Wasserstein loss and WGAN-GP's penalty, lambda 10.
one_sided the same with WGAN-LP's penalty.
"""

import argparse
import copy
import platform
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import safetensors_writer
import sngan_projection as gan
import write_fixtures

OUT = write_fixtures.RESOURCES / "penalties.safetensors"
GAMMA, LAMBDA, SLOPE, BATCH = 2, 10, 0.2, 4


class BatchNormed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 4, 2, 1, bias=False)
        self.conv2 = nn.Conv2d(6, 8, 4, 2, 1, bias=False)
        self.norm2 = gan.BatchNorm(8)
        self.conv3 = nn.Conv2d(8, 1, 2, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        h = F.leaky_relu(self.conv1(x), SLOPE)
        h = F.leaky_relu(self.norm2(self.conv2(h), None), SLOPE)
        return self.conv3(h).flatten(1)


class LayerNorm(nn.Module):
    def __init__(self, *shape: int):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(shape))
        self.bias = nn.Parameter(torch.zeros(shape))

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, self.gain.shape, self.gain, self.bias)


class LayerNormed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 3, 1, 1)
        self.norm1 = LayerNorm(6, 8, 8)
        self.conv2 = nn.Conv2d(6, 8, 3, 2, 1)
        self.norm2 = LayerNorm(8, 4, 4)
        self.fc1 = nn.Linear(8, 1)

    def forward(self, x: Tensor) -> Tensor:
        h = F.leaky_relu(self.norm1(self.conv1(x)), SLOPE)
        h = F.leaky_relu(self.norm2(self.conv2(h)), SLOPE)
        return self.fc1(F.max_pool2d(h, 4).flatten(1))


def hinge(real: Tensor, fake: Tensor) -> Tensor:
    return F.relu(1 - real).mean() + F.relu(1 + fake).mean()


def non_saturating(real: Tensor, fake: Tensor) -> Tensor:
    return F.softplus(-real).mean() + F.softplus(fake).mean()


def wasserstein(real: Tensor, fake: Tensor) -> Tensor:
    return fake.mean() - real.mean()


def gradient(logits: Tensor, images: Tensor) -> Tensor:
    return torch.autograd.grad(logits.sum(), images, create_graph=True)[0].flatten(1)


def r1(net, loss, images: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    real = images["real"].clone().requires_grad_()
    labels = [images[key].long() for key in ("real_y", "fake_y") if key in images]
    real_logits = net(real, *labels[:1])
    fake_logits = net(images["fake"], *labels[1:])
    penalty = GAMMA / 2 * gradient(real_logits, real).pow(2).sum(1).mean()
    return loss(real_logits, fake_logits) + penalty, penalty


def between(excess):
    def run(net, loss, images: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        total = loss(net(images["real"]), net(images["fake"]))
        x = images["between"].clone().requires_grad_()
        penalty = LAMBDA * excess(gradient(net(x), x).norm(dim=1) - 1).pow(2).mean()
        return total + penalty, penalty

    return run


def pictures(size: int) -> Tensor:
    coarse = torch.randn(BATCH, 3, size // 2, size // 2)
    return torch.tanh(2 * F.interpolate(coarse, size, mode="bicubic", align_corners=False))


def case(net: nn.Module, size: int, loss, penalised, labels: bool = False) -> tuple[dict, dict]:
    """In float32, and the same in float64."""
    write_fixtures.randomise(net)
    images = {"real": pictures(size), "fake": pictures(size)}
    part = torch.rand(BATCH, 1, 1, 1)
    images["between"] = part * images["real"] + (1 - part) * images["fake"]
    if labels:
        images |= {"real_y": torch.tensor([5.0, 9.0, 2.0, 5.0]), "fake_y": torch.tensor([3.0, 0.0, 9.0, 3.0])}

    def run(net: nn.Module, images: dict[str, Tensor]) -> dict[str, Tensor]:
        out = dict(images)
        out |= {f"weights/{key}": value.detach().clone() for key, value in gan.named_state(net).items()}
        total, penalty = penalised(net.train(), loss, images)
        parameters = gan.named_parameters(net)
        alone = torch.autograd.grad(penalty, parameters.values(), retain_graph=True, allow_unused=True)
        total.backward()
        out |= {"loss": total, "penalty": penalty}
        out |= {f"grad/{key}": value.grad for key, value in parameters.items()}
        out |= {f"penalty_grad/{key}": value for key, value in zip(parameters, alone) if value is not None}
        out |= {f"after/{key}": value for key, value in gan.named_buffers(net).items()}
        return out

    wide = run(copy.deepcopy(net).double(), {key: value.double() for key, value in images.items()})
    return run(net, images), wide


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the fixture of gradient penalties.")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--check", action="store_true", help="print the distance of float32 from float64")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(11)
    cases = {
        "residual": case(gan.Discriminator(gan.Spec(**write_fixtures.SMALL)), 32, hinge, r1, labels=True),
        "batchnorm": case(BatchNormed(), 8, non_saturating, r1),
        "two_sided": case(LayerNormed(), 8, wasserstein, between(lambda excess: excess)),
        "one_sided": case(LayerNormed(), 8, wasserstein, between(F.relu)),
    }
    tensors: dict[str, np.ndarray] = {}
    for name, (narrow, wide) in cases.items():
        tensors |= {f"{name}/{key}": value.detach().numpy() for key, value in narrow.items()}
        print(f"{name}: loss {narrow['loss'].item():.4f}, penalty {narrow['penalty'].item():.4f}")
        if arguments.check:
            worst = max(
                ((value.double() - wide[key]).abs().max() / wide[key].abs().max()).item()
                for key, value in narrow.items() if "grad/" in key and wide[key].abs().max() > 1e-6)
            print(f"    gradients in float32 are within {worst:.1e} of float64, relative to the largest of each")
    versions = {"torch": torch.__version__, "numpy": np.__version__, "python": platform.python_version()}
    safetensors_writer.write(arguments.out, tensors, versions)
    print(f"{arguments.out.name}: {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
