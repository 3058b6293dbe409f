"""Exports torchvision's classifiers with random weights to ONNX, with what autograd says of them:

    export_gradients.py FOLDER [NAME...]

Beside each name-opset-open.onnx, name.safetensors has `images` (3, 3, H, W) in [0, 1], one-hot `labels`, and the `logits`
and the `gradient` of the summed cross entropy with respect to the images, in float64 arithmetic on the same weights, with
ImageNet's normalisation before the network.
"""

import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import cross_entropy, interpolate, one_hot

import export_torchvision as zoo

sys.path.insert(0, str(Path(__file__).parents[4] / "zoo/src/test/python"))
import safetensors_writer  # noqa: E402

NAMES = [
    "resnet18", "vgg11_bn", "mobilenet_v2", "mobilenet_v3_small", "densenet121", "efficientnet_b0", "vit_b_16",
    "convnext_tiny",
]
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
KINKED = (nn.ReLU, nn.ReLU6, nn.Hardswish, nn.MaxPool2d)
LABELS = torch.tensor([3, 0, 7, 1, 9, 5, 2, 8])
STD = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)


def pictures(count, size):
    """Smooth random colours under a little noise: unlike mere noise, one is told from another by a random network."""
    colours = interpolate(torch.rand(count, 3, 4, 4), (size, size), mode="bilinear", align_corners=False)
    return (colours + 0.1 * torch.randn(count, 3, size, size)).clamp(0, 1)


def enliven(model, size):
    """Statistics under which activations neither fade nor burst. Taking out all of a channel's mean, or stretching channels
    that hardly vary, layer after layer, would magnify what distinguishes two images, and rounding with it, without limit."""
    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    for norm in norms:
        norm.momentum = 1.0
        norm.train()
    with torch.no_grad():
        for norm in norms:
            nn.init.uniform_(norm.weight, 0.5, 1.5)
            nn.init.uniform_(norm.bias, -0.2, 0.2)
        model((pictures(32, size) - MEAN) / STD)
        for norm in norms:
            norm.eval()
            norm.running_var += (norm.running_mean / 2) ** 2 + 0.1 * norm.running_var.mean()
            norm.running_mean /= 2


def differentiate(model, images, labels):
    pixels = images.detach().clone().requires_grad_()
    logits = model((pixels - MEAN.to(pixels)) / STD.to(pixels))
    cross_entropy(logits, labels, reduction="sum").backward()
    return logits.detach(), pixels.grad


def far_from_kinks(model, size):
    """Three images whose gradients hardly change under noise of the size of rounding: where a value before a ReLU is nearly
    0, or two maxima of a pooling window nearly equal, float32 may take the other side, in PyTorch as elsewhere."""
    found = []
    for _ in range(20):
        images = pictures(8, size).double()
        if not any(isinstance(module, KINKED) for module in model.modules()):
            return images[:3]
        gradient = differentiate(model, images, LABELS)[1]
        for _ in range(3):
            moved = differentiate(model, images + 2e-6 * torch.randn_like(images), LABELS)[1]
            change = (moved - gradient).abs().amax((1, 2, 3))
            gradient[change > 5e-5 * gradient.abs().amax((1, 2, 3))] = 0
        found += [image for image, kept in zip(images, gradient) if kept.any()]
        if len(found) >= 3:
            return torch.stack(found[:3])
    raise SystemExit("no images far from kinks")


for name in sys.argv[2:] or NAMES:
    model = zoo.build(name)
    size = zoo.MODELS[name][1]
    enliven(model, size)
    zoo.export(model, sys.argv[1], name)
    model.double()
    images = far_from_kinks(model, size)
    logits, gradient = differentiate(model, images, LABELS[:3])
    tensors = {"images": images, "labels": one_hot(LABELS[:3], 10), "logits": logits, "gradient": gradient}
    safetensors_writer.write(
        Path(sys.argv[1], f"{name}.safetensors"), {key: value.numpy() for key, value in tensors.items()}, {}
    )
