"""Writes the fixtures by which the classifier's training and its augmentation are compared with PyTorch and torchvision.

    /usr/bin/python3 write_classifier_fixtures.py [--out FOLDER]

`eight-convolutions-rgb.safetensors`, `eight-convolutions-grey.safetensors`
    A small network (`__metadata__`: width, channels, size, classes, weight_decay) with random gains and biases.
    `images` (N, C, H, W) in [-1, 1], `labels` (N); `classifier/<name>`: all parameters; `logits`; `loss`; `grad/<name>`.
    Then two steps with the same batch: Adam (AdamW, if there is weight decay) at 1e-3 with betas (0.9, 0.999); after step
    k `step<k>/loss` and `step<k>/classifier/<name>`.

`augmentation.safetensors`
    `rgb`, `grey`: pictures (C, H, W) in [0, 1], whose values are multiples of 1/255. `<picture>/<function>/<arguments>/
    tensor` is what torchvision's function gives for the float tensor; `.../pil` what it gives for the 8-bit picture (as
    the course has it), divided by 255. Arguments: a factor, or top, left and side of a crop, joined by underscores.
    Hues are compared as tensors only: PIL keeps the hue itself in 8 bits and so is several grey levels off.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
import torchvision
import torchvision.transforms.functional as TF
from PIL import Image
from torch import Tensor

import eight_convolutions as net
import safetensors_writer

RESOURCES = Path(__file__).parents[1] / "resources/dev/ganzoo/zoo/pytorch"
CASES = {
    "eight-convolutions-rgb": (dict(width=3, channels=3, size=16, classes=5), 0.05),
    "eight-convolutions-grey": (dict(width=2, channels=1, size=28, classes=3), 0.0),
}
BATCH = 4
STEPS = 2
LEARNING_RATE = 1e-3


def network_case(sizes: dict[str, int], weight_decay: float) -> dict[str, Tensor]:
    model = net.EightConvolutions(**sizes)
    with torch.no_grad():
        for i in range(1, 9):
            norm = getattr(model, f"norm{i}")
            norm.weight.normal_(1, 0.3)
            norm.bias.normal_(0, 0.2)
    images = torch.tanh(torch.randn(BATCH, sizes["channels"], sizes["size"], sizes["size"]))
    labels = torch.randint(sizes["classes"], (BATCH,))
    out = {"images": images, "labels": labels.float()}

    def put(prefix: str, tensors: dict[str, Tensor]) -> None:
        out.update({f"{prefix}/{name}": value.detach().clone() for name, value in tensors.items()})

    put("classifier", net.named_state(model))
    logits = model(images)
    loss = F.cross_entropy(logits, labels)
    loss.backward()
    out.update({"logits": logits.detach(), "loss": loss.detach()})
    put("grad", {net.name_of(name): p.grad for name, p in model.named_parameters()})
    settings = dict(lr=LEARNING_RATE, betas=(0.9, 0.999), eps=1e-8)
    if weight_decay:
        optimiser = torch.optim.AdamW(model.parameters(), weight_decay=weight_decay, **settings)
    else:
        optimiser = torch.optim.Adam(model.parameters(), **settings)
    for step in range(1, STEPS + 1):
        out[f"step{step}/loss"] = net.step(model, optimiser, images, labels).detach()
        put(f"step{step}/classifier", net.named_state(model))
    return out


def picture(channels: int, size: int) -> np.ndarray:
    """Smooth colours over the whole range, and some saturated ones."""
    smooth = F.interpolate(torch.randn(1, channels, 5, 5), size, mode="bicubic", align_corners=False)[0]
    pixels = (torch.tanh(1.5 * smooth) + 1) * 127.5
    pixels[:, :2] = torch.randint(0, 2, (channels, 2, size)) * 255.0
    return pixels.round().byte().numpy()


def augmentation() -> dict[str, Tensor]:
    out: dict[str, Tensor] = {}
    for name, channels in (("rgb", 3), ("grey", 1)):
        pixels = picture(channels, 16)
        tensor = torch.from_numpy(pixels).float() / 255
        pil = Image.fromarray(pixels.transpose(1, 2, 0) if channels == 3 else pixels[0])
        out[name] = tensor

        def put(function: str, arguments: tuple, apply, with_pil: bool = True) -> None:
            key = f"{name}/{function}/{'_'.join(str(a) for a in arguments)}"
            out[f"{key}/tensor"] = apply(tensor)
            if with_pil:
                changed = np.asarray(apply(pil), dtype=np.float32) / 255
                out[f"{key}/pil"] = torch.from_numpy(changed.reshape(16, 16, channels).transpose(2, 0, 1).copy())

        for top, left, side in ((0, 0, 13), (3, 2, 13), (1, 1, 14), (1, 0, 15), (0, 0, 16)):
            put("crop", (top, left, side), lambda x: TF.resized_crop(x, top, left, side, side, [16, 16]))
        for factor in (0.7, 1.0, 1.3):
            put("brightness", (factor,), lambda x: TF.adjust_brightness(x, factor))
            put("contrast", (factor,), lambda x: TF.adjust_contrast(x, factor))
            put("saturation", (factor,), lambda x: TF.adjust_saturation(x, factor))
        for shift in (-0.5, -0.1, 0.0, 0.04, 0.3):
            put("hue", (shift,), lambda x: TF.adjust_hue(x, shift), with_pil=False)
        put("flip", (), TF.hflip)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the classifier's fixtures.")
    parser.add_argument("--out", type=Path, default=RESOURCES)
    arguments = parser.parse_args()
    torch.set_num_threads(1)

    def write(name: str, tensors: dict[str, Tensor], metadata: dict[str, str]) -> None:
        path = arguments.out / f"{name}.safetensors"
        safetensors_writer.write(path, {key: value.numpy() for key, value in tensors.items()}, metadata)
        print(f"{path.name}: {len(tensors)} tensors, {path.stat().st_size} bytes")

    for seed, (name, (sizes, weight_decay)) in enumerate(CASES.items(), start=1):
        torch.manual_seed(seed)
        metadata = {key: str(value) for key, value in {**sizes, "weight_decay": weight_decay}.items()}
        write(name, network_case(sizes, weight_decay), {"torch": torch.__version__, **metadata})
    torch.manual_seed(9)
    write("augmentation", augmentation(), {"torchvision": torchvision.__version__})


if __name__ == "__main__":
    main()
