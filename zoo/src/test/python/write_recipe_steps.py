"""Writes the fixtures by which one step of each recipe and its variants is compared with PyTorch.

    java -cp … dev.ganzoo.training.engine.RecipeStep START
    /usr/bin/python3 write_recipe_steps.py START [--out FOLDER] [--check]

START has a file a step: the batches of each pass below its number, the weights below `generator/` and `discriminator/`, and
`recipe.json` in its metadata. What is written, `recipe-<name>.safetensors`, has `loss/discriminator`, `loss/generator`, the
gradients of each player's last update below `grad/generator/` and `grad/discriminator/`, and all parameters and buffers
after the step below `after/`. `noise` in its metadata lists biases whose gradient is zero but for rounding (in float64),
since a batch norm takes them off again: Adam divides that noise by its own size.
"""

import argparse
import json
from pathlib import Path

import torch
from torch import Tensor

import safetensors_writer
from recipe_steps import Step, below, read

RESOURCES = Path(__file__).parents[1] / "resources/dev/ganzoo/zoo/pytorch"
NOISE = 1e-9


def step(start: dict[str, Tensor], plan: dict) -> tuple[dict[str, Tensor], list[str]]:
    """What the step gives, and the biases without gradient."""
    step = Step(plan, below("generator", start), below("discriminator", start))
    schedule = plan["schedule"]
    passes = range(schedule["discriminatorSteps"] * schedule["accumulation"])
    d_loss, g_loss = step.run([below(str(number), start) for number in passes])
    out = {"loss/discriminator": d_loss, "loss/generator": g_loss}
    for network, weights in (("generator", step.g), ("discriminator", step.d)):
        out |= {f"grad/{network}/{name}": weights[name].grad for name in weights.parameters()}
        out |= {f"after/{network}/{name}": value for name, value in weights.tensors.items()}
    noise = [f"{network}/{name}" for network, weights in (("discriminator", step.d), ("generator", step.g))
             for name in weights.parameters() if name.endswith(".bias") and weights[name].grad.abs().max() < NOISE]
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
