"""Times PyTorch's eager step of recipes: one update of the discriminator and one of the generator, float32.

    ./ganzoo train ssgan --data cifar10 --steps 1 --set ngf=64 --set ndf=64 --out runs/ssgan
    python3 time_recipe_steps.py runs/ssgan … [--threads 2] [--repeats 5] [--channels-last]

Networks, losses and settings are those of the run; so are the weights. Dropout, moving averages and augmentation are left
out. Batches are random and ready in memory. Prints one JSON line a run.
"""

import argparse
import json
import statistics
import time
from pathlib import Path

import torch
from torch import Tensor

from recipe_steps import Step, read


def batches(plan: dict, layout: torch.memory_format) -> dict[str, Tensor]:
    spec, data, count = plan["architecture"], plan["dataset"], plan["schedule"]["batch"]

    def classes() -> Tensor:
        return torch.eye(len(data["labels"]))[torch.randint(len(data["labels"]), (count,))]

    def images() -> Tensor:
        shape = count, data["channels"], data["size"], data["size"]
        return torch.tanh(torch.randn(shape)).contiguous(memory_format=layout)

    # The latent of the course's AC-GAN has the one-hot row of the class in it.
    latent = spec["latent"] - (len(data["labels"]) if spec["name"] == "auxiliary" else 0)
    made = {name: torch.randn(count, latent) for name in ("z", "z2")}
    made |= {name: images() for name in ("real", "labelled")} | {"between": torch.rand(count)}
    return made | {name + "_classes": classes() for name in ("z", "z2", "real", "labelled")}


def main() -> None:
    parser = argparse.ArgumentParser(description="Times PyTorch's eager step of recipes.")
    parser.add_argument("runs", type=Path, nargs="+", help="run directories with a checkpoint")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=2)
    parser.add_argument("--channels-last", action="store_true")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(arguments.threads)
    layout = torch.channels_last if arguments.channels_last else torch.contiguous_format

    for run in arguments.runs:
        plan = json.loads((run / "recipe.json").read_text())
        plan["schedule"] |= {"discriminatorSteps": 1, "accumulation": 1}
        plan["augmentation"]["augment"] = []
        checkpoint = max((run / "checkpoints").iterdir())
        weights = [read(checkpoint / f"{network}.safetensors")[0] for network in ("generator", "discriminator")]
        step = Step(plan, *({name: laid_out(value, layout) for name, value in w.items()} for w in weights))
        inputs = batches(plan, layout)
        times = []
        for repeat in range(-arguments.warm_up, arguments.repeats):
            start = time.perf_counter()
            step.run([inputs])
            if repeat >= 0:
                times.append(time.perf_counter() - start)
        print(json.dumps({
            "torch": torch.__version__, "threads": arguments.threads, "recipe": plan["recipe"],
            "channels_last": arguments.channels_last, "median": round(statistics.median(times), 4),
            "min": round(min(times), 4),
        }), flush=True)


def laid_out(value: Tensor, layout: torch.memory_format) -> Tensor:
    return value.contiguous(memory_format=layout) if value.dim() == 4 else value


if __name__ == "__main__":
    main()
