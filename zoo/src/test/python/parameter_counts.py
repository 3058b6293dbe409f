"""Counts the parameters of recipes' networks as PyTorch's own modules, built from what papers and reports say of them.

    /usr/bin/python3 parameter_counts.py

One line a recipe and size: parameters of G and of D, for 10 classes. Each network runs once, so that its layers fit each
other and the image. Normalisations of weights have no parameters and are left out.

sngan, ssgan    Miyato et al. 2018, appendix B.4, and Mimicry (Lee & Town 2020), which has the same at 48, 64 and 128 pixels.
                z of 128. G: a linear layer, blocks that double the image, batch norm, a 3x3 convolution; 256 channels at 32
                pixels; at 48 from 512 at 6x6, at 64 from 1024 at 4x4, half as many after each block; at 128 the same with one
                more block of 1024 before. D: 128 channels at 32 pixels, else 64, 128, 256, 512, 1024, at 128 pixels 1024 once
                more; a linear layer, that of ssgan with another of four turns beside it. A block of D widens in its second
                convolution; shortcuts have a 1x1 convolution where they widen or change the size.
cdcgan          the report's networks: those of PyTorch's DCGAN tutorial without biases, at 32 pixels, 64 channels next to the
                image. G: z of 128 and an embedding of 128 through a linear layer to 128, then transposed convolutions. D: a
                class plane of 32x32 as fourth channel.
acgan-wgan-gp   the course's networks (IE 534): eight layers of 196 channels, batch norm in G, layer norm in D.
sgan            Odena 2016, on MNIST's 28 pixels: G of a linear layer to 128 channels of 7x7, two transposed convolutions and
                a convolution; D of three 3x3 convolutions with stride 2, then 10 classes and fake as an eleventh.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from eight_convolutions import EightConvolutions

CLASSES = 10


class UpBlock(nn.Module):
    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.main = nn.Sequential(
            nn.BatchNorm2d(inputs), nn.ReLU(), nn.Upsample(scale_factor=2), nn.Conv2d(inputs, outputs, 3, padding=1),
            nn.BatchNorm2d(outputs), nn.ReLU(), nn.Conv2d(outputs, outputs, 3, padding=1))
        self.shortcut = nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(inputs, outputs, 1))

    def forward(self, x: Tensor) -> Tensor:
        return self.main(x) + self.shortcut(x)


class FirstBlock(nn.Module):
    def __init__(self, outputs: int):
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(3, outputs, 3, padding=1), nn.ReLU(), nn.Conv2d(outputs, outputs, 3, padding=1), nn.AvgPool2d(2))
        self.shortcut = nn.Sequential(nn.AvgPool2d(2), nn.Conv2d(3, outputs, 1))

    def forward(self, x: Tensor) -> Tensor:
        return self.main(x) + self.shortcut(x)


class DownBlock(nn.Module):
    def __init__(self, inputs: int, outputs: int, halved: bool):
        super().__init__()
        self.main = nn.Sequential(
            nn.ReLU(), nn.Conv2d(inputs, inputs, 3, padding=1), nn.ReLU(), nn.Conv2d(inputs, outputs, 3, padding=1))
        self.shortcut = nn.Conv2d(inputs, outputs, 1) if halved or inputs != outputs else nn.Identity()
        self.pool = nn.AvgPool2d(2) if halved else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return self.pool(self.main(x) + self.shortcut(x))


def residual_generator(bottom: int, *widths: int) -> nn.Module:
    blocks = [UpBlock(inputs, outputs) for inputs, outputs in zip(widths, widths[1:])]
    return nn.Sequential(
        nn.Linear(128, widths[0] * bottom * bottom), nn.Unflatten(1, (widths[0], bottom, bottom)), *blocks,
        nn.BatchNorm2d(widths[-1]), nn.ReLU(), nn.Conv2d(widths[-1], 3, 3, padding=1), nn.Tanh())


class ResidualDiscriminator(nn.Module):
    def __init__(self, heads: tuple[int, ...], halved: int, *widths: int):
        super().__init__()
        blocks = [DownBlock(inputs, outputs, place < halved)
                  for place, (inputs, outputs) in enumerate(zip(widths, widths[1:]), start=1)]
        self.features = nn.Sequential(FirstBlock(widths[0]), *blocks, nn.ReLU())
        self.heads = nn.ModuleList(nn.Linear(widths[-1], outputs) for outputs in heads)

    def forward(self, x: Tensor) -> list[Tensor]:
        features = self.features(x).sum((2, 3))
        return [head(features) for head in self.heads]


def residual(size: int, *heads: int) -> tuple[nn.Module, nn.Module]:
    """G and D; D's heads have so many outputs."""
    if size == 32:
        return residual_generator(4, 256, 256, 256, 256), ResidualDiscriminator(heads, 2, 128, 128, 128, 128)
    if size == 48:
        return residual_generator(6, 512, 256, 128, 64), ResidualDiscriminator(heads, 4, 64, 128, 256, 512, 1024)
    if size == 64:
        return (residual_generator(4, 1024, 512, 256, 128, 64),
                ResidualDiscriminator(heads, 5, 64, 128, 256, 512, 1024))
    return (residual_generator(4, 1024, 1024, 512, 256, 128, 64),
            ResidualDiscriminator(heads, 5, 64, 128, 256, 512, 1024, 1024))


class ConditionalGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(CLASSES, 128)
        self.linear = nn.Linear(128 + 128, 128)
        self.main = nn.Sequential(
            nn.ConvTranspose2d(128, 256, 4, 1, 0, bias=False), nn.BatchNorm2d(256), nn.ReLU(),
            nn.ConvTranspose2d(256, 128, 4, 2, 1, bias=False), nn.BatchNorm2d(128), nn.ReLU(),
            nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(),
            nn.ConvTranspose2d(64, 3, 4, 2, 1, bias=False), nn.Tanh())

    def forward(self, z: Tensor, classes: Tensor) -> Tensor:
        known = torch.cat([z, F.normalize(self.embedding(classes))], dim=1)
        return self.main(self.linear(known)[:, :, None, None])


class ConditionalDiscriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(CLASSES, 32 * 32)
        self.main = nn.Sequential(
            nn.Conv2d(3 + 1, 64, 4, 2, 1, bias=False), nn.LeakyReLU(0.2),
            nn.Conv2d(64, 128, 4, 2, 1, bias=False), nn.BatchNorm2d(128), nn.LeakyReLU(0.2),
            nn.Conv2d(128, 256, 4, 2, 1, bias=False), nn.BatchNorm2d(256), nn.LeakyReLU(0.2),
            nn.Conv2d(256, 1, 4, 1, 0, bias=False))

    def forward(self, x: Tensor, classes: Tensor) -> Tensor:
        plane = self.embedding(classes).unflatten(1, (1, 32, 32))
        return self.main(torch.cat([x, plane], dim=1)).flatten(1)


def auxiliary_generator() -> nn.Module:
    """The one-hot class is the beginning of the latent."""
    layers = [nn.Linear(100, 196 * 4 * 4), nn.Unflatten(1, (196, 4, 4)), nn.BatchNorm2d(196), nn.ReLU()]
    for place in range(1, 8):
        doubling = place in (1, 5, 7)
        layers.append(nn.ConvTranspose2d(196, 196, 4, 2, 1) if doubling else nn.Conv2d(196, 196, 3, padding=1))
        layers += [nn.BatchNorm2d(196), nn.ReLU()]
    return nn.Sequential(*layers, nn.Conv2d(196, 3, 3, padding=1), nn.Tanh())


class AuxiliaryDiscriminator(EightConvolutions):
    """The course's classifier with a head for real and fake beside that of the classes."""

    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(196, 1)


def semi_supervised_generator() -> nn.Module:
    return nn.Sequential(
        nn.Linear(100, 128 * 7 * 7), nn.Unflatten(1, (128, 7, 7)),
        nn.ConvTranspose2d(128, 128, 4, 2, 1), nn.BatchNorm2d(128), nn.ReLU(),
        nn.ConvTranspose2d(128, 64, 4, 2, 1), nn.BatchNorm2d(64), nn.ReLU(),
        nn.Conv2d(64, 1, 3, padding=1), nn.Tanh())


def semi_supervised_discriminator() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, 2, 1), nn.BatchNorm2d(32), nn.LeakyReLU(0.2),
        nn.Conv2d(32, 64, 3, 2, 1), nn.BatchNorm2d(64), nn.LeakyReLU(0.2),
        nn.Conv2d(64, 128, 3, 2, 1), nn.BatchNorm2d(128), nn.LeakyReLU(0.2),
        nn.Flatten(), nn.Linear(128 * 4 * 4, CLASSES + 1))


def counted(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())


def show(name: str, size: int, latent: int, generator: nn.Module, discriminator: nn.Module, *classes: Tensor) -> None:
    images = generator(torch.randn(2, latent), *classes)
    assert images.shape[2:] == (size, size), images.shape
    discriminator(images, *classes)
    print(f"{name:14}{size:4}{counted(generator):12,}{counted(discriminator):12,}")


def main() -> None:
    torch.set_num_threads(1)
    for size in (32, 48, 64, 128):
        show("sngan", size, 128, *residual(size, 1))
        show("ssgan", size, 128, *residual(size, 1, 4))
    show("cdcgan", 32, 128, ConditionalGenerator(), ConditionalDiscriminator(), torch.tensor([3, 7]))
    show("acgan-wgan-gp", 32, 100, auxiliary_generator(), AuxiliaryDiscriminator())
    show("sgan", 28, 100, semi_supervised_generator(), semi_supervised_discriminator())


if __name__ == "__main__":
    with torch.no_grad():
        main()
