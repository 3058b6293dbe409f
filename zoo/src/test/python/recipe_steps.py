"""The step of every recipe in plain PyTorch, from its papers: what `recipe.json` says, as losses and updates.

All in training mode. D is shown, in this order, real and fake images, then what the terms of the loss want: real images
turned by 0, 90, 180 and 270 degrees counterclockwise, a quarter of the batch each; images between real and fake ones, with
`between` as the share of the real one; labelled images. Adam updates D. Then G(z2), shown to D, also turned if there is a
rotation term; Adam updates G. Losses are those of the papers; the penalties are differentiated by double backward.
"""

import json
import struct
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from recipe_networks import NETWORKS, Weights


def read(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        values = np.frombuffer(data[start:end], dtype="<f4").reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return tensors, metadata


def below(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name[len(prefix) + 1 :]: value for name, value in tensors.items() if name.startswith(prefix + "/")}


def adversarial(objective: str, real: Tensor, fake: Tensor) -> Tensor:
    ones, zeros = torch.ones_like(real), torch.zeros_like(fake)
    if objective == "hinge":
        return F.relu(1 - real).mean() + F.relu(1 + fake).mean()
    if objective == "wasserstein":
        return fake.mean() - real.mean()
    if objective == "least-squares":
        return (F.mse_loss(real, ones) + F.mse_loss(fake, zeros)) / 2
    return F.binary_cross_entropy_with_logits(real, ones) + F.binary_cross_entropy_with_logits(fake, zeros)


def fooling(objective: str, fake: Tensor) -> Tensor:
    ones = torch.ones_like(fake)
    if objective in ("hinge", "wasserstein"):
        return -fake.mean()
    if objective == "least-squares":
        return F.mse_loss(fake, ones) / 2
    return F.binary_cross_entropy_with_logits(fake, ones)


def turned(images: Tensor) -> tuple[Tensor, Tensor]:
    turns = torch.arange(len(images)) * 4 // len(images)
    return torch.cat([torch.rot90(images[turns == turn], turn, (2, 3)) for turn in range(4)]), turns


def gradient_penalty(critic, images: Tensor, weight: float) -> Tensor:
    images = images.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(critic(images)["logit"].sum(), images, create_graph=True)
    return weight * ((gradient.flatten(1).norm(dim=1) - 1) ** 2).mean()


def orthogonality(w: Weights, weight: float) -> Tensor:
    total = torch.zeros((), dtype=next(iter(w.tensors.values())).dtype)
    for name in w.parameters():
        if name.endswith(".weight") and name != "embedding.weight":
            matrix = w[name].flatten(1)
            products = matrix @ matrix.t()
            total = total + (products - torch.diag(torch.diag(products))).square().sum()
    return weight * total


class Step:
    """The two players of a recipe on given weights, each with its Adam."""

    def __init__(self, plan: dict, generator: dict[str, Tensor], discriminator: dict[str, Tensor]):
        self.plan, self.spec, self.objective = plan, plan["architecture"], plan["loss"]["objective"]
        self.generate, self.judge = NETWORKS[self.spec["name"]]
        self.g, self.d = Weights(generator), Weights(discriminator)
        self.adams = {"generator": self.adam("generator", self.g), "discriminator": self.adam("discriminator", self.d)}

    def adam(self, name: str, w: Weights) -> torch.optim.Adam:
        schedule = self.plan["schedule"]
        betas = schedule["beta1"], schedule["beta2"]
        return torch.optim.Adam([w[p] for p in w.parameters()], lr=schedule[name + "LearningRate"], betas=betas, eps=1e-8)

    def fakes(self, z: Tensor, classes: Tensor) -> Tensor:
        return self.generate(self.g, self.spec, z, classes)

    def critic(self, images: Tensor, classes: Tensor) -> dict[str, Tensor]:
        return self.judge(self.d, self.spec, images, classes)

    def discriminator_loss(self, batches: dict[str, Tensor], fake: Tensor, fake_classes: Tensor) -> Tensor:
        plan, real, real_classes = self.plan, batches["real"], batches["real_classes"]
        on_real, on_fake = self.critic(real, real_classes), self.critic(fake, fake_classes)
        loss = adversarial(self.objective, on_real["logit"], on_fake["logit"])
        if plan["gradient-penalty"]["gradientPenalty"]:
            share = batches["between"][:, None, None, None]
            loss = loss + gradient_penalty(lambda images: self.critic(images, real_classes),
                                           share * real + (1 - share) * fake, plan["gradient-penalty"]["gradientPenalty"])
        if "classes" in plan:
            loss = loss + F.cross_entropy(on_real["class_logits"], real_classes.argmax(1))
            loss = loss + F.cross_entropy(on_fake["class_logits"], fake_classes.argmax(1))
        if "rotation" in plan:
            images, turns = turned(real)
            loss = loss + plan["rotation"]["discriminatorRotation"] * F.cross_entropy(
                self.critic(images, real_classes)["rotation_logits"], turns)
        if "labelled" in plan:
            logits = self.critic(batches["labelled"], batches["labelled_classes"])["class_logits"]
            loss = loss + F.cross_entropy(logits, batches["labelled_classes"].argmax(1))
        return loss

    def generator_loss(self, images: Tensor, classes: Tensor) -> Tensor:
        plan = self.plan
        on_fake = self.critic(images, classes)
        loss = fooling(self.objective, on_fake["logit"])
        if plan["orthogonality"]["generatorOrthogonality"]:
            loss = loss + orthogonality(self.g, plan["orthogonality"]["generatorOrthogonality"])
        if "classes" in plan:
            loss = loss + F.cross_entropy(on_fake["class_logits"], classes.argmax(1))
        if "rotation" in plan:
            images, turns = turned(images)
            loss = loss + plan["rotation"]["generatorRotation"] * F.cross_entropy(
                self.critic(images, classes)["rotation_logits"], turns)
        return loss

    def update(self, name: str, loss: Tensor) -> None:
        """One step of Adam; gradients are taken for the parameters of this player alone."""
        parameters = self.adams[name].param_groups[0]["params"]
        for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters)):
            parameter.grad = gradient
        self.adams[name].step()

    def run(self, batches: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """The losses of one update of D and one of G."""
        with torch.no_grad():
            shown = self.fakes(batches["z"], batches["z_classes"])
        d_loss = self.discriminator_loss(batches, shown, batches["z_classes"])
        self.update("discriminator", d_loss)
        classes = batches["z2_classes"]
        fakes = self.fakes(batches["z2"], classes)
        g_loss = self.generator_loss(fakes, classes)
        self.update("generator", g_loss)
        return d_loss.detach(), g_loss.detach()
