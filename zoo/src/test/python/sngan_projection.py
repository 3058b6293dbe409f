"""SNGAN with projection discriminator at 32x32x3, in plain PyTorch.

An independent reference for the Java engine's tests and timings. Architecture: Miyato et al. 2018 (spectral
normalisation, residual blocks) and Miyato & Koyama 2018 (projection, conditional batch norm).

Parameters and buffers are named by `named_state` as the Java side names them; layouts are torch's:
convolutions (out, in, height, width), linear layers (out, in), class tables (classes, channels).
"""

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils import spectral_norm

SPECTRAL_NORM_EPS = 1e-12
BATCH_NORM_EPS = 1e-5
BATCH_NORM_MOMENTUM = 0.1


@dataclass(frozen=True)
class Spec:
    z: int = 128
    ngf: int = 256
    ndf: int = 128
    classes: int = 10
    upsampling: str = "nearest"  # or "bilinear", with align_corners=False
    shortcut_pre_activated: bool = False
    pool: str = "sum"  # or "mean"

    def describe(self) -> dict[str, str]:
        return {key: str(value).lower() for key, value in asdict(self).items()}


class BatchNorm(nn.Module):
    """Batch normalisation; with classes, gain and bias are tables of one row a class."""

    def __init__(self, channels: int, classes: int = 0):
        super().__init__()
        shape = (classes, channels) if classes else (channels,)
        self.gain = nn.Parameter(torch.ones(shape))
        self.bias = nn.Parameter(torch.zeros(shape))
        self.register_buffer("mean", torch.zeros(channels))
        self.register_buffer("variance", torch.ones(channels))

    def forward(self, x: Tensor, y: Tensor) -> Tensor:
        normal = F.batch_norm(
            x, self.mean, self.variance, None, None, self.training, BATCH_NORM_MOMENTUM, BATCH_NORM_EPS)
        gain, bias = (self.gain[y], self.bias[y]) if self.gain.dim() == 2 else (self.gain[None], self.bias[None])
        return normal * gain[:, :, None, None] + bias[:, :, None, None]


class GeneratorBlock(nn.Module):
    def __init__(self, spec: Spec):
        super().__init__()
        self.upsampling = spec.upsampling
        self.norm1 = BatchNorm(spec.ngf, spec.classes)
        self.conv1 = nn.Conv2d(spec.ngf, spec.ngf, 3, padding=1)
        self.norm2 = BatchNorm(spec.ngf, spec.classes)
        self.conv2 = nn.Conv2d(spec.ngf, spec.ngf, 3, padding=1)
        self.shortcut = nn.Conv2d(spec.ngf, spec.ngf, 1)

    def forward(self, x: Tensor, y: Tensor) -> Tensor:
        h = self.conv1(self.enlarge(F.relu(self.norm1(x, y))))
        h = self.conv2(F.relu(self.norm2(h, y)))
        return h + self.shortcut(self.enlarge(x))

    def enlarge(self, x: Tensor) -> Tensor:
        if self.upsampling == "bilinear":
            return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
        return F.interpolate(x, scale_factor=2, mode="nearest")


class Generator(nn.Module):
    """(z, y) of shapes (N, z), (N) to images (N, 3, 32, 32) in [-1, 1]."""

    def __init__(self, spec: Spec):
        super().__init__()
        self.ngf = spec.ngf
        self.linear = nn.Linear(spec.z, 16 * spec.ngf)
        self.block1 = GeneratorBlock(spec)
        self.block2 = GeneratorBlock(spec)
        self.block3 = GeneratorBlock(spec)
        self.norm = BatchNorm(spec.ngf)
        self.conv = nn.Conv2d(spec.ngf, 3, 3, padding=1)

    def forward(self, z: Tensor, y: Tensor) -> Tensor:
        h = self.linear(z).view(-1, self.ngf, 4, 4)
        for block in (self.block1, self.block2, self.block3):
            h = block(h, y)
        return torch.tanh(self.conv(F.relu(self.norm(h, y))))


def normalised(layer: nn.Module) -> nn.Module:
    return spectral_norm(layer, eps=SPECTRAL_NORM_EPS)


class FirstDiscriminatorBlock(nn.Module):
    def __init__(self, spec: Spec):
        super().__init__()
        self.conv1 = normalised(nn.Conv2d(3, spec.ndf, 3, padding=1))
        self.conv2 = normalised(nn.Conv2d(spec.ndf, spec.ndf, 3, padding=1))
        self.shortcut = normalised(nn.Conv2d(3, spec.ndf, 1))

    def forward(self, x: Tensor) -> Tensor:
        h = F.avg_pool2d(self.conv2(F.relu(self.conv1(x))), 2)
        return h + self.shortcut(F.avg_pool2d(x, 2))


class DiscriminatorBlock(nn.Module):
    def __init__(self, spec: Spec, down: bool):
        super().__init__()
        self.pre_activated = spec.shortcut_pre_activated
        self.conv1 = normalised(nn.Conv2d(spec.ndf, spec.ndf, 3, padding=1))
        self.conv2 = normalised(nn.Conv2d(spec.ndf, spec.ndf, 3, padding=1))
        self.shortcut = normalised(nn.Conv2d(spec.ndf, spec.ndf, 1)) if down else None

    def forward(self, x: Tensor) -> Tensor:
        active = F.relu(x)
        h = self.conv2(F.relu(self.conv1(active)))
        short = active if self.pre_activated else x
        if self.shortcut is None:
            return h + short
        return F.avg_pool2d(h, 2) + F.avg_pool2d(self.shortcut(short), 2)


class Discriminator(nn.Module):
    """(x, y) of shapes (N, 3, 32, 32), (N) to logits (N, 1)."""

    def __init__(self, spec: Spec):
        super().__init__()
        self.pool = spec.pool
        self.block1 = FirstDiscriminatorBlock(spec)
        self.block2 = DiscriminatorBlock(spec, down=True)
        self.block3 = DiscriminatorBlock(spec, down=False)
        self.block4 = DiscriminatorBlock(spec, down=False)
        self.linear = normalised(nn.Linear(spec.ndf, 1))
        self.embedding = normalised(nn.Embedding(spec.classes, spec.ndf))

    def forward(self, x: Tensor, y: Tensor) -> Tensor:
        h = F.relu(self.block4(self.block3(self.block2(self.block1(x)))))
        h = h.sum(dim=(2, 3)) if self.pool == "sum" else h.mean(dim=(2, 3))
        return self.linear(h) + (self.embedding(y) * h).sum(dim=1, keepdim=True)


def discriminator_loss(real: Tensor, fake: Tensor) -> Tensor:
    return F.relu(1 - real).mean() + F.relu(1 + fake).mean()


def generator_loss(fake: Tensor) -> Tensor:
    return -fake.mean()


def adam(net: nn.Module) -> torch.optim.Adam:
    return torch.optim.Adam(net.parameters(), lr=2e-4, betas=(0.0, 0.9), eps=1e-8)


def discriminator_step(generator, discriminator, optimiser, real, real_y, z, y) -> Tensor:
    """One update of D; G only makes fakes, in training mode, so its running statistics move."""
    with torch.no_grad():
        fake = generator(z, y)
    optimiser.zero_grad(set_to_none=True)
    real_logits = discriminator(real, real_y)
    loss = discriminator_loss(real_logits, discriminator(fake, y))
    loss.backward()
    optimiser.step()
    return loss.detach()


def generator_step(generator, discriminator, optimiser, z, y) -> Tensor:
    """One update of G through D, which is in training mode: its power iteration advances, its weights stay."""
    optimiser.zero_grad(set_to_none=True)
    for parameter in discriminator.parameters():
        parameter.requires_grad_(False)
    loss = generator_loss(discriminator(generator(z, y), y))
    loss.backward()
    optimiser.step()
    for parameter in discriminator.parameters():
        parameter.requires_grad_(True)
    return loss.detach()


def public_name(name: str) -> str:
    """torch's `conv1.weight_orig`, `conv1.weight_u`, `conv1.weight_v` to `weight`, `weight.u`, `weight.v`."""
    for torch_end, end in (("weight_orig", "weight"), ("weight_u", "weight.u"), ("weight_v", "weight.v")):
        if name.endswith("." + torch_end):
            return name[: -len(torch_end)] + end
    return name


def named_parameters(net: nn.Module) -> dict[str, nn.Parameter]:
    return {public_name(name): value for name, value in net.named_parameters()}


def named_buffers(net: nn.Module) -> dict[str, Tensor]:
    return {public_name(name): value for name, value in net.named_buffers()}


def named_state(net: nn.Module) -> dict[str, Tensor]:
    return {**named_parameters(net), **named_buffers(net)}


def count_parameters(net: nn.Module) -> int:
    return sum(parameter.numel() for parameter in net.parameters())


def check_published_counts() -> None:
    spec = Spec()
    counts = count_parameters(Generator(spec)), count_parameters(Discriminator(spec))
    assert counts == (4_304_387, 1_055_105), f"parameter counts must be (4304387, 1055105), got {counts}"
