"""The course's classifier (IE 534, homework on GANs, part 1) in plain PyTorch: eight 3x3 convolutions of one width, each
followed by LayerNorm over channels, height and width and by LeakyReLU, max pooling over the rest, and `fc10`.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

HALVING = (2, 4, 8)


class EightConvolutions(nn.Module):
    def __init__(self, width: int = 196, channels: int = 3, size: int = 32, classes: int = 10):
        super().__init__()
        for i in range(1, 9):
            stride = 2 if i in HALVING else 1
            size = (size + stride - 1) // stride
            setattr(self, f"conv{i}", nn.Conv2d(channels if i == 1 else width, width, 3, stride=stride, padding=1))
            setattr(self, f"norm{i}", nn.LayerNorm([width, size, size]))
        self.pool = nn.MaxPool2d(size)
        self.fc10 = nn.Linear(width, classes)

    def forward(self, x: Tensor) -> Tensor:
        for i in range(1, 9):
            x = F.leaky_relu(getattr(self, f"norm{i}")(getattr(self, f"conv{i}")(x)))
        return self.fc10(self.pool(x).flatten(1))


def name_of(parameter: str) -> str:
    """As the Java networks call it."""
    return parameter.replace(".weight", ".gain") if parameter.startswith("norm") else parameter


def named_state(net: nn.Module) -> dict[str, Tensor]:
    return {name_of(name): value for name, value in net.named_parameters()}


def step(net: nn.Module, optimiser: torch.optim.Optimizer, images: Tensor, labels: Tensor) -> Tensor:
    loss = F.cross_entropy(net(images), labels)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss


def parameter_count(**sizes: int) -> int:
    return sum(p.numel() for p in EightConvolutions(**sizes).parameters())


if __name__ == "__main__":
    for sizes in (dict(), dict(width=128), dict(width=64, channels=1, size=28), dict(width=96, classes=100)):
        print(sizes, parameter_count(**sizes))
