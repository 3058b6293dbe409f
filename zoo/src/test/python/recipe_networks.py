"""The networks of the recipes in plain PyTorch, as functions of their weights; written from the papers.

An independent reference for the Java engine's tests. `Weights` holds parameters and buffers by the names that the Java
side has; layouts are torch's. Every function takes the settings of the architecture as `recipe.json` has them.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

BUFFERS = (".mean", ".variance", ".u", ".v")


class Weights:
    """Layers by name, in training mode: batch norm moves its statistics, spectral norm its vectors."""

    def __init__(self, tensors: dict[str, Tensor]):
        self.tensors = {name: value.clone() for name, value in tensors.items()}
        for name in self.parameters():
            self.tensors[name].requires_grad_()

    def parameters(self) -> list[str]:
        return [name for name in self.tensors if not name.endswith(BUFFERS)]

    def __getitem__(self, name: str) -> Tensor:
        return self.tensors[name]

    def get(self, name: str) -> Tensor | None:
        return self.tensors.get(name)

    def weight(self, layer: str) -> Tensor:
        weight = self[layer + ".weight"]
        if layer + ".weight.u" not in self.tensors:
            return weight
        matrix = weight.flatten(1)
        with torch.no_grad():
            v = F.normalize(matrix.t() @ self[layer + ".weight.u"], dim=0, eps=1e-12)
            u = F.normalize(matrix @ v, dim=0, eps=1e-12)
            self.tensors[layer + ".weight.u"], self.tensors[layer + ".weight.v"] = u, v
        return weight / (u @ (matrix @ v))

    def linear(self, name: str, x: Tensor) -> Tensor:
        return F.linear(x, self.weight(name), self.get(name + ".bias"))

    def conv(self, name: str, x: Tensor, stride: int = 1, padding: int | None = None) -> Tensor:
        weight = self.weight(name)
        padding = weight.shape[2] // 2 if padding is None else padding
        return F.conv2d(x, weight, self.get(name + ".bias"), stride, padding)

    def up_conv(self, name: str, x: Tensor, stride: int = 2, padding: int = 1) -> Tensor:
        return F.conv_transpose2d(x, self.weight(name), self.get(name + ".bias"), stride, padding)

    def embed(self, name: str, classes: Tensor) -> Tensor:
        return classes @ self.weight(name)

    def normal(self, name: str, x: Tensor, gain: Tensor | None = None, bias: Tensor | None = None) -> Tensor:
        return F.batch_norm(x, self[name + ".mean"], self[name + ".variance"], gain, bias, True, 0.1, 1e-5)

    def batch_norm(self, name: str, x: Tensor) -> Tensor:
        return self.normal(name, x, self[name + ".gain"], self[name + ".bias"])

    def class_norm(self, name: str, x: Tensor, classes: Tensor) -> Tensor:
        gain, bias = classes @ self[name + ".gain"], classes @ self[name + ".bias"]
        return self.normal(name, x) * gain[:, :, None, None] + bias[:, :, None, None]

    def modulated_norm(self, name: str, x: Tensor, condition: Tensor) -> Tensor:
        gain, bias = 1 + self.linear(name + ".gain", condition), self.linear(name + ".bias", condition)
        return self.normal(name, x) * gain[:, :, None, None] + bias[:, :, None, None]

    def layer_norm(self, name: str, x: Tensor) -> Tensor:
        return F.layer_norm(x, x.shape[1:], self[name + ".gain"], self[name + ".bias"], 1e-5)

    def attention(self, name: str, x: Tensor) -> Tensor:
        queries = self.conv(name + ".query", x).flatten(2)
        keys = F.max_pool2d(self.conv(name + ".key", x), 2).flatten(2)
        values = F.max_pool2d(self.conv(name + ".value", x), 2).flatten(2)
        share = torch.softmax(torch.einsum("ncq,nck->nqk", queries, keys), dim=-1)
        seen = torch.einsum("nck,nqk->ncq", values, share).unflatten(2, x.shape[2:])
        return x + self[name + ".gamma"] * self.conv(name + ".out", seen)

    def projection(self, name: str, features: Tensor, classes: Tensor) -> Tensor:
        return (self.embed(name, classes) * features).sum(1, keepdim=True)


def up_block(w: Weights, name: str, x: Tensor, norm) -> Tensor:
    def enlarge(y: Tensor) -> Tensor:
        return F.interpolate(y, scale_factor=2, mode="nearest")

    h = w.conv(name + ".conv1", enlarge(F.relu(norm(name + ".norm1", x))))
    h = w.conv(name + ".conv2", F.relu(norm(name + ".norm2", h)))
    return h + w.conv(name + ".shortcut", enlarge(x))


def first_block(w: Weights, name: str, x: Tensor) -> Tensor:
    h = w.conv(name + ".conv2", F.relu(w.conv(name + ".conv1", x)))
    return F.avg_pool2d(h, 2) + w.conv(name + ".shortcut", F.avg_pool2d(x, 2))


def down_block(w: Weights, name: str, x: Tensor, halved: bool) -> Tensor:
    h = w.conv(name + ".conv2", F.relu(w.conv(name + ".conv1", F.relu(x))))
    short = w.conv(name + ".shortcut", x) if name + ".shortcut.weight" in w.tensors else x
    return F.avg_pool2d(h, 2) + F.avg_pool2d(short, 2) if halved else h + short


def residual_generator(w: Weights, spec: dict, z: Tensor, classes: Tensor) -> Tensor:
    conditional = spec["conditioning"] == "projection"
    norm = (lambda name, x: w.class_norm(name, x, classes)) if conditional else w.batch_norm
    h = w.linear("linear", z).unflatten(1, (-1, 4, 4))
    for block in (1, 2, 3):
        h = up_block(w, f"block{block}", h, norm)
        if spec["attention"] and block == 2:
            h = w.attention("attention", h)
    return torch.tanh(w.conv("conv", F.relu(w.batch_norm("norm", h))))


def residual_features(w: Weights, x: Tensor, attention_after: int | None) -> Tensor:
    """What is pooled: (N, C, H, W)."""
    h = x
    for block in (1, 2, 3, 4):
        h = first_block(w, "block1", h) if block == 1 else down_block(w, f"block{block}", h, block == 2)
        if block == attention_after:
            h = w.attention("attention", h)
    return F.relu(h)


def residual_discriminator(w: Weights, spec: dict, x: Tensor, classes: Tensor) -> dict[str, Tensor]:
    features = residual_features(w, x, 2 if spec["attention"] else None)
    features = features.sum(dim=(2, 3)) if spec["pooling"] == "sum" else features.mean(dim=(2, 3))
    logit = w.linear("linear", features)
    if spec["conditioning"] == "projection":
        logit = logit + w.projection("embedding", features, classes)
    return {"logit": logit} | ({"rotation_logits": w.linear("rotation", features)} if spec["rotationHead"] else {})


def biggan_generator(w: Weights, spec: dict, z: Tensor, classes: Tensor) -> Tensor:
    embedded = w.embed("embedding", classes) if spec["sharedEmbedding"] else classes
    parts = z.chunk(4, dim=1) if spec["hierarchicalLatents"] else [z]
    h = w.linear("linear", parts[0]).unflatten(1, (-1, 4, 4))
    for block in (1, 2, 3):
        condition = torch.cat([embedded, *parts[block : block + 1]], dim=1)
        norm = w.modulated_norm if spec["sharedEmbedding"] else w.class_norm
        h = up_block(w, f"block{block}", h, lambda name, x: norm(name, x, condition))
        if spec["attention"] and block == 2:
            h = w.attention("attention", h)
    return torch.tanh(w.conv("conv", F.relu(w.batch_norm("norm", h))))


def biggan_discriminator(w: Weights, spec: dict, x: Tensor, classes: Tensor) -> dict[str, Tensor]:
    features = residual_features(w, x, 1 if spec["attention"] else None).sum(dim=(2, 3))
    return {"logit": w.linear("linear", features) + w.projection("embedding", features, classes)}


def dcgan_generator(w: Weights, spec: dict, z: Tensor, classes: Tensor) -> Tensor:
    h = w.linear("linear", z).unflatten(1, (-1, 4, 4))
    for i in (1, 2, 3):
        h = F.relu(w.batch_norm(f"norm{i}", w.up_conv(f"up{i}", h)))
    return torch.tanh(w.conv("conv", h))


def dcgan_discriminator(w: Weights, spec: dict, x: Tensor, classes: Tensor) -> dict[str, Tensor]:
    h = x
    for i in (1, 2, 3):
        h = F.leaky_relu(w.batch_norm(f"norm{i}a", w.conv(f"conv{i}", h)), 0.2)
        h = F.leaky_relu(w.batch_norm(f"norm{i}b", w.conv(f"down{i}", h, 2, 1)), 0.2)
    h = F.leaky_relu(w.batch_norm("norm", w.conv("conv", h)), 0.2)
    return {"logit": w.linear("linear", h.sum(dim=(2, 3)))}


def conditional_dcgan_generator(w: Weights, spec: dict, z: Tensor, classes: Tensor) -> Tensor:
    embedded = w.embed("embedding", classes)
    embedded = embedded / torch.norm(embedded, p=2, dim=1, keepdim=True)
    h = w.linear("linear", torch.cat([z, embedded], dim=1))[:, :, None, None]
    h = F.relu(w.batch_norm("norm0", w.up_conv("up0", h, 1, 0)))
    for i in (1, 2):
        h = F.relu(w.batch_norm(f"norm{i}", w.up_conv(f"up{i}", h)))
    return torch.tanh(w.up_conv("up3", h))


def conditional_dcgan_discriminator(w: Weights, spec: dict, x: Tensor, classes: Tensor) -> dict[str, Tensor]:
    plane = w.embed("embedding", classes)
    if spec["normalizedPlanes"]:
        plane = plane / torch.norm(plane, p=2, dim=1, keepdim=True)
    h = torch.cat([x, plane.view(-1, 1, *x.shape[2:])], dim=1)
    h = F.leaky_relu(w.conv("down1", h, 2, 1), 0.2)
    for i in (2, 3):
        h = F.leaky_relu(w.batch_norm(f"norm{i}", w.conv(f"down{i}", h, 2, 1)), 0.2)
    return {"logit": w.conv("conv", h, 1, 0).flatten(1)}


def auxiliary_generator(w: Weights, spec: dict, z: Tensor, classes: Tensor) -> Tensor:
    h = w.linear("fc1", torch.cat([classes, z], dim=1)).unflatten(1, (-1, 4, 4))
    h = F.relu(w.batch_norm("norm0", h))
    for i in range(1, 8):
        h = w.up_conv(f"conv{i}", h) if i in (1, 5, 7) else w.conv(f"conv{i}", h)
        h = F.relu(w.batch_norm(f"norm{i}", h))
    return torch.tanh(w.conv("conv8", h))


def auxiliary_discriminator(w: Weights, spec: dict, x: Tensor, classes: Tensor) -> dict[str, Tensor]:
    h = x
    for i in range(1, 9):
        h = F.leaky_relu(w.layer_norm(f"norm{i}", w.conv(f"conv{i}", h, 2 if i in (2, 4, 8) else 1)), 0.01)
    features = F.max_pool2d(h, 4).flatten(1)
    return {"logit": w.linear("fc1", features), "class_logits": w.linear("fc10", features)}


def semi_supervised_generator(w: Weights, spec: dict, z: Tensor, classes: Tensor) -> Tensor:
    h = w.linear("linear", z).unflatten(1, (-1, 7, 7))
    for i in (1, 2):
        h = F.relu(w.batch_norm(f"norm{i}", w.up_conv(f"up{i}", h)))
    return torch.tanh(w.conv("conv", h))


def semi_supervised_discriminator(w: Weights, spec: dict, x: Tensor, classes: Tensor) -> dict[str, Tensor]:
    h = x
    for i in (1, 2, 3):
        h = F.leaky_relu(w.batch_norm(f"norm{i}", w.conv(f"conv{i}", h, 2)), 0.2)
    logits = w.linear("classes", h.flatten(1))
    if spec["heads"] == "separate":
        logit = w.linear("linear", h.flatten(1))
    elif spec["heads"] == "stacked":
        logit = torch.logsumexp(logits, dim=1, keepdim=True)
    else:
        logit = torch.logsumexp(logits[:, :-1], dim=1, keepdim=True) - logits[:, -1:]
    return {"logit": logit, "class_logits": logits}


NETWORKS = {
    "residual": (residual_generator, residual_discriminator),
    "biggan": (biggan_generator, biggan_discriminator),
    "dcgan": (dcgan_generator, dcgan_discriminator),
    "conditional-dcgan": (conditional_dcgan_generator, conditional_dcgan_discriminator),
    "auxiliary": (auxiliary_generator, auxiliary_discriminator),
    "semi-supervised": (semi_supervised_generator, semi_supervised_discriminator),
}
