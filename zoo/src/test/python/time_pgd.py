"""Times steps of PGD on the course's classifier in PyTorch eager.

    /usr/bin/python3 time_pgd.py [--threads 2] [--widths 64 96] [--batch 64] [--repeats 20]

Prints one JSON line a width: steps a second, best and median. One step is a pass forward and back with respect to the
image, the step along the sign, and the projection; weights need no gradients; float32.
"""

import argparse
import json
import statistics
import time

import torch
import torch.nn.functional as F

import eight_convolutions as net


def main() -> None:
    parser = argparse.ArgumentParser(description="Times steps of PGD in PyTorch eager.")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--widths", type=int, nargs="+", default=[64, 96])
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--warm-up", type=int, default=3)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)

    for width in arguments.widths:
        torch.manual_seed(0)
        model = net.EightConvolutions(width).eval().requires_grad_(False)
        clean = torch.rand(arguments.batch, 3, 32, 32)
        labels = torch.arange(arguments.batch) % 10
        x, seconds, processor = clean, [], []
        for repeat in range(-arguments.warm_up, arguments.repeats):
            start, used = time.perf_counter(), time.process_time()
            x = x.detach().requires_grad_()
            loss = F.cross_entropy(model(2 * x - 1), labels, reduction="sum")
            (gradient,) = torch.autograd.grad(loss, x)
            x = torch.min(torch.max(x + 2 / 255 * gradient.sign(), clean - 8 / 255), clean + 8 / 255).clamp(0, 1)
            if repeat >= 0:
                seconds.append(time.perf_counter() - start)
                processor.append(time.process_time() - used)
        print(json.dumps({
            "torch": torch.__version__, "threads": arguments.threads, "width": width, "batch": arguments.batch,
            "steps_per_second": {
                "best": round(1 / min(seconds), 2),
                "median": round(1 / statistics.median(seconds), 2),
            },
            "processor_seconds_per_step": round(statistics.median(processor), 4),
        }), flush=True)


if __name__ == "__main__":
    main()
