"""The step of every recipe in plain PyTorch, from its papers: what `recipe.json` says, as losses and updates.

All in training mode. D is shown, in this order, real and fake images, then what the terms of the loss want: real images
turned by 0, 90, 180 and 270 degrees counterclockwise, a quarter of the batch each; images between real and fake ones, with
`between` as the share of the real one; labelled images. Adam updates D. Then G(z2), shown to D, also turned if there is a
rotation term; Adam updates G. Losses are those of the papers; the penalties are differentiated by double backward.

D is updated as often as the schedule says, G once, by the mean loss of as many passes as it says; each pass of a player
has the next batches. Real and fake images are augmented by the random numbers of their batch before anything else.
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


def adversarial(objective: str, target: float, real: Tensor, fake: Tensor) -> Tensor:
    targets, zeros = torch.full_like(real, target), torch.zeros_like(fake)
    if objective == "hinge":
        return F.relu(1 - real).mean() + F.relu(1 + fake).mean()
    if objective == "wasserstein":
        return fake.mean() - real.mean()
    if objective == "least-squares":
        return (F.mse_loss(real, targets) + F.mse_loss(fake, zeros)) / 2
    return F.binary_cross_entropy_with_logits(real, targets) + F.binary_cross_entropy_with_logits(fake, zeros)


def fooling(objective: str, fake: Tensor) -> Tensor:
    ones = torch.ones_like(fake)
    if objective in ("hinge", "wasserstein"):
        return -fake.mean()
    if objective == "least-squares":
        return F.mse_loss(fake, ones) / 2
    if objective == "minimax":
        return -F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))
    return F.binary_cross_entropy_with_logits(fake, ones)


def turned(images: Tensor) -> tuple[Tensor, Tensor]:
    turns = torch.arange(len(images)) * 4 // len(images)
    return torch.cat([torch.rot90(images[turns == turn], turn, (2, 3)) for turn in range(4)]), turns


def moved(image: Tensor, down: int, right: int) -> Tensor:
    """With zeros where nothing is."""
    height, width = image.shape[1:]
    framed = F.pad(image, (width, width, height, height))
    return framed[:, height - down : 2 * height - down, width - right : 2 * width - right]


def augmented(stages: list[str], images: Tensor, numbers: dict[str, Tensor]) -> Tensor:
    """Each image by its own numbers; `rows` and `columns` are matrices whose diagonals say how far images are moved."""
    changed = []
    for i, image in enumerate(images):
        own = {name: value[i] for name, value in numbers.items()}
        for stage in stages:
            if stage == "flip" and own["flip"].item():
                image = image.flip(2)
            elif stage == "turn":
                image = torch.rot90(image, int(own["turn"].argmax()), (1, 2))
            elif stage == "translation":
                row, source = own["rows"][0].nonzero()[0].tolist()
                left, column = own["columns"][0].nonzero()[0].tolist()
                image = moved(image, row - source, column - left)
            elif stage == "color":
                image = image + own["brightness"]
                grey = image.mean(0, keepdim=True)
                image = grey + (image - grey) * own["saturation"]
                image = image.mean() + (image - image.mean()) * own["contrast"]
            elif stage == "cutout":
                image = torch.where(own["kept"] > 0, image, torch.zeros_like(image))
        changed.append(image)
    return torch.stack(changed)


def image_gradient(logits: Tensor, images: Tensor) -> Tensor:
    (gradient,) = torch.autograd.grad(logits.sum(), images, create_graph=True)
    return gradient.flatten(1)


def r1(logits: Tensor, images: Tensor, gamma: float) -> Tensor:
    return gamma / 2 * image_gradient(logits, images).square().sum(1).mean()


def gradient_penalty(critic, images: Tensor, weight: float, lengths: str) -> Tensor:
    images = images.clone().requires_grad_()
    excess = image_gradient(critic(images)["logit"], images).norm(dim=1) - 1
    return weight * (F.relu(excess) if lengths == "one_sided" else excess).square().mean()


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

    def shown(self, batch: str, images: Tensor, batches: dict[str, Tensor]) -> Tensor:
        stages = self.plan["augmentation"]["augment"]
        numbers = {name.removeprefix(batch + "_"): value for name, value in batches.items()}
        return augmented(stages, images, numbers) if stages else images

    def discriminator_loss(self, batches: dict[str, Tensor]) -> Tensor:
        plan, real_classes, fake_classes = self.plan, batches["real_classes"], batches["z_classes"]
        with torch.no_grad():
            fake = self.shown("z", self.fakes(batches["z"], fake_classes), batches)
        real = self.shown("real", batches["real"], batches).requires_grad_(plan["r1-penalty"]["r1"] > 0)
        on_real, on_fake = self.critic(real, real_classes), self.critic(fake, fake_classes)
        loss = adversarial(self.objective, plan["loss"]["realTarget"], on_real["logit"], on_fake["logit"])
        if plan["r1-penalty"]["r1"]:
            loss = loss + r1(on_real["logit"], real, plan["r1-penalty"]["r1"])
        penalty = plan["gradient-penalty"]
        if penalty["gradientPenalty"]:
            share = batches["between"][:, None, None, None]
            loss = loss + gradient_penalty(
                lambda images: self.critic(images, real_classes), share * real.detach() + (1 - share) * fake,
                penalty["gradientPenalty"], penalty["gradientLengths"])
        if plan["orthogonality"]["discriminatorOrthogonality"]:
            loss = loss + orthogonality(self.d, plan["orthogonality"]["discriminatorOrthogonality"])
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

    def generator_loss(self, batches: dict[str, Tensor]) -> Tensor:
        plan, classes = self.plan, batches["z2_classes"]
        images = self.shown("z2", self.fakes(batches["z2"], classes), batches)
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

    def update(self, name: str, losses: list[Tensor]) -> Tensor:
        """One step of Adam by the mean loss, which it gives; gradients are taken for the parameters of this player alone."""
        loss = torch.stack(losses).mean()
        parameters = self.adams[name].param_groups[0]["params"]
        for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters)):
            parameter.grad = gradient
        self.adams[name].step()
        return loss.detach()

    def run(self, passes: list[dict[str, Tensor]]) -> tuple[Tensor, Tensor]:
        """The mean loss of the updates of D, and that of the update of G."""
        count, d_losses = self.plan["schedule"]["accumulation"], []
        for first in range(0, self.plan["schedule"]["discriminatorSteps"] * count, count):
            losses = [self.discriminator_loss(batches) for batches in passes[first : first + count]]
            d_losses.append(self.update("discriminator", losses))
        g_loss = self.update("generator", [self.generator_loss(batches) for batches in passes[:count]])
        return torch.stack(d_losses).mean(), g_loss
