"""Exports torchvision's classifiers with random weights to ONNX: export_torchvision.py FOLDER [NAME...]

The names of the files say how: name-opset-open.onnx leaves the batch open, name-opset-fixed.onnx is for one image.
"""

import os
import sys
import warnings

import torch
from torch import nn
from torchvision import models

torch.set_num_threads(1)
warnings.filterwarnings("ignore")


def vgg(**options):
    """As made for small images: pooling to 7 x 7 first is left out."""
    model = models.vgg11_bn(**options)
    model.avgpool = nn.Identity()
    model.classifier = nn.Sequential(nn.Linear(512, 64), nn.ReLU(True), nn.Dropout(), nn.Linear(64, 10))
    return model


# Builder, image size, opset, whether the batch is left open.
MODELS = {
    "resnet18": (models.resnet18, 32, 11, True),
    "vgg11_bn": (vgg, 32, 13, True),
    "mobilenet_v2": (models.mobilenet_v2, 32, 9, True),
    "mobilenet_v3_small": (models.mobilenet_v3_small, 32, 13, True),
    "mobilenet_v3_large": (models.mobilenet_v3_large, 32, 14, False),
    "densenet121": (models.densenet121, 32, 12, True),
    "efficientnet_b0": (models.efficientnet_b0, 32, 15, True),
    "squeezenet1_1": (models.squeezenet1_1, 64, 10, True),
    "shufflenet_v2": (models.shufflenet_v2_x0_5, 64, 11, False),
    "googlenet": (lambda **o: models.googlenet(aux_logits=False, init_weights=False, **o), 64, 13, True),
    "inception_v3": (lambda **o: models.inception_v3(aux_logits=False, init_weights=False, **o), 96, 17, False),
    "mnasnet": (models.mnasnet0_5, 32, 9, False),
    "regnet": (models.regnet_y_400mf, 32, 12, True),
    "vit_b_16": (lambda **o: models.vit_b_16(image_size=32, **o), 32, 16, True),
    "vit_b_16-alike": (lambda **o: models.vit_b_16(image_size=32, **o), 32, 14, False),
    "convnext_tiny": (models.convnext_tiny, 32, 16, True),
    "swin_t": (models.swin_t, 64, 17, True),
}


def build(name):
    """The classifier of 10 classes, in evaluation mode."""
    torch.manual_seed(0)
    model = MODELS[name][0](num_classes=10).eval()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.running_mean, -0.1, 0.1)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
        if isinstance(module, nn.Linear) and not module.weight.any():
            nn.init.normal_(module.weight, 0, 0.1)
    return model


def export(model, folder, name):
    _, size, opset, is_open = MODELS[name]
    torch.onnx.export(
        model,
        torch.randn(1, 3, size, size),
        os.path.join(folder, f"{name}-{opset}-{'open' if is_open else 'fixed'}.onnx"),
        opset_version=opset,
        input_names=["pixels"],
        output_names=["scores"],
        dynamic_axes={"pixels": {0: "batch"}, "scores": {0: "batch"}} if is_open else None,
    )


if __name__ == "__main__":
    for chosen in sys.argv[2:] or MODELS:
        export(build(chosen), sys.argv[1], chosen)
