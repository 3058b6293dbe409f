"""Writes the fixtures by which one step of each recipe is compared with PyTorch.

    java -cp … dev.ganzoo.training.engine.RecipeStep START
    /usr/bin/python3 write_recipe_steps.py START [--out FOLDER] [--check]

START has a file a recipe: the batches, the weights below `generator/` and `discriminator/`, and `recipe.json` in its
metadata. What is written, `recipe-<name>.safetensors`, has `loss/discriminator`, `loss/generator`, the gradients below
`grad/generator/` and `grad/discriminator/`, and all parameters and buffers after the step below `after/`. `noise` in its metadata lists biases whose gradient is zero but for
rounding (in float64), since a batch norm takes them off again: Adam divides that noise by its own size.

The step, all in training mode: fake = G(z), whose running statistics move. D is shown, in this order, real and fake
images, then what the terms of the loss want: real images turned by 0, 90, 180 and 270 degrees counterclockwise, a quarter
of the batch each; images between real and fake ones, with `between` as the share of the real one; labelled images. Adam
updates D. Then G(z2), shown to D, also turned if there is a rotation term; Adam updates G. Losses are those of the papers;
the penalties are differentiated by double backward.
"""

import argparse
import json
import struct
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

import safetensors_writer
from recipe_networks import NETWORKS, Weights

RESOURCES = Path(__file__).parents[1] / "resources/dev/ganzoo/zoo/pytorch"
NOISE = 1e-9


def read(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")
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
    return torch.stack([torch.rot90(image, int(turn), (1, 2)) for image, turn in zip(images, turns)]), turns


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


def update(w: Weights, loss: Tensor, rate: float, schedule: dict) -> list[str]:
    """One step of Adam from its start; the names of the biases without gradient."""
    names = w.parameters()
    parameters = [w[name] for name in names]
    for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters)):
        parameter.grad = gradient
    torch.optim.Adam(parameters, lr=rate, betas=(schedule["beta1"], schedule["beta2"]), eps=1e-8).step()
    return [name for name, parameter in zip(names, parameters)
            if name.endswith(".bias") and parameter.grad.abs().max() < NOISE]


def step(start: dict[str, Tensor], plan: dict) -> tuple[dict[str, Tensor], list[str]]:
    spec, schedule, objective = plan["architecture"], plan["schedule"], plan["loss"]["objective"]
    generate, judge = NETWORKS[spec["name"]]
    g, d = Weights(below("generator", start)), Weights(below("discriminator", start))
    classes = {name: start[name + "_classes"] for name in ("z", "z2", "real", "labelled")}

    def critic(images: Tensor, of: str) -> dict[str, Tensor]:
        return judge(d, spec, images, classes[of])

    real, fake = start["real"], generate(g, spec, start["z"], classes["z"]).detach()
    on_real, on_fake = critic(real, "real"), critic(fake, "z")
    d_loss = adversarial(objective, on_real["logit"], on_fake["logit"])
    if plan["gradient-penalty"]["gradientPenalty"]:
        share = start["between"][:, None, None, None]
        d_loss = d_loss + gradient_penalty(lambda images: critic(images, "real"), share * real + (1 - share) * fake,
                                           plan["gradient-penalty"]["gradientPenalty"])
    if "classes" in plan:
        d_loss = d_loss + F.cross_entropy(on_real["class_logits"], classes["real"].argmax(1))
        d_loss = d_loss + F.cross_entropy(on_fake["class_logits"], classes["z"].argmax(1))
    if "rotation" in plan:
        images, turns = turned(real)
        d_loss = d_loss + plan["rotation"]["discriminatorRotation"] * F.cross_entropy(
            critic(images, "real")["rotation_logits"], turns)
    if "labelled" in plan:
        logits = critic(start["labelled"], "labelled")["class_logits"]
        d_loss = d_loss + F.cross_entropy(logits, classes["labelled"].argmax(1))
    noise = ["discriminator/" + name for name in update(d, d_loss, schedule["discriminatorLearningRate"], schedule)]

    images = generate(g, spec, start["z2"], classes["z2"])
    on_fake = critic(images, "z2")
    g_loss = fooling(objective, on_fake["logit"])
    if plan["orthogonality"]["generatorOrthogonality"]:
        g_loss = g_loss + orthogonality(g, plan["orthogonality"]["generatorOrthogonality"])
    if "classes" in plan:
        g_loss = g_loss + F.cross_entropy(on_fake["class_logits"], classes["z2"].argmax(1))
    if "rotation" in plan:
        images, turns = turned(images)
        g_loss = g_loss + plan["rotation"]["generatorRotation"] * F.cross_entropy(
            critic(images, "z2")["rotation_logits"], turns)
    noise += ["generator/" + name for name in update(g, g_loss, schedule["generatorLearningRate"], schedule)]

    out = {"loss/discriminator": d_loss, "loss/generator": g_loss}
    for network, weights in (("generator", g), ("discriminator", d)):
        out |= {f"grad/{network}/{name}": weights[name].grad for name in weights.parameters()}
        out |= {f"after/{network}/{name}": value for name, value in weights.tensors.items()}
    return {name: value.detach() for name, value in out.items()}, noise


def distance(tensors: dict[str, Tensor], wide: dict[str, Tensor], noise: list[str]) -> tuple[float, str]:
    return max(((value.double() - wide[name]).abs().max().item(), name) for name, value in tensors.items()
               if name.removeprefix("after/") not in noise)


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the fixtures that compare steps of recipes with PyTorch.")
    parser.add_argument("start", type=Path)
    parser.add_argument("--out", type=Path, default=RESOURCES)
    parser.add_argument("--check", action="store_true", help="print the distance of float32 from float64")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for path in sorted(arguments.start.glob("*.safetensors")):
        start, metadata = read(path)
        plan = json.loads(metadata["plan"])
        tensors, _ = step(start, plan)
        wide, noise = step({name: value.double() for name, value in start.items()}, plan)
        target = arguments.out / f"recipe-{path.name}"
        facts = {"torch": torch.__version__, "noise": ",".join(noise)}
        safetensors_writer.write(target, {name: value.numpy() for name, value in tensors.items()}, facts)
        print(f"{target.name}: {target.stat().st_size} bytes, {len(noise)} biases without gradient")
        if arguments.check:
            print("    farthest from float64: %.1e %s" % distance(tensors, wide, noise))


if __name__ == "__main__":
    main()
