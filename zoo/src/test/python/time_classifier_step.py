"""Times PyTorch's eager training step of the course's classifier: cross-entropy, Adam, float32, batch 128.

    /usr/bin/python3 time_classifier_step.py [--threads 2] [--widths 64 96 128 196] [--repeats 10] [--channels-last]

Prints one JSON line a width: seconds a step. Data is random and ready in memory.
"""

import argparse
import json
import statistics
import time

import torch

import eight_convolutions as net


def main() -> None:
    parser = argparse.ArgumentParser(description="Times PyTorch's eager training step of the course's classifier.")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--widths", type=int, nargs="+", default=[64, 96, 128, 196])
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--warm-up", type=int, default=3)
    parser.add_argument("--channels-last", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    layout = torch.channels_last if arguments.channels_last else torch.contiguous_format

    for width in arguments.widths:
        torch.manual_seed(0)
        model = net.EightConvolutions(width).to(memory_format=layout)
        adam = torch.optim.Adam(model.parameters(), lr=1e-4)
        images = torch.randn(arguments.batch, 3, 32, 32).contiguous(memory_format=layout)
        labels = torch.randint(10, (arguments.batch,))
        times = []
        for repeat in range(-arguments.warm_up, arguments.repeats):
            start = time.perf_counter()
            net.step(model, adam, images, labels).item()
            if repeat >= 0:
                times.append(time.perf_counter() - start)
        print(json.dumps({
            "torch": torch.__version__, "threads": arguments.threads, "width": width, "batch": arguments.batch,
            "channels_last": arguments.channels_last, "median": round(statistics.median(times), 4),
            "min": round(min(times), 4),
        }), flush=True)


if __name__ == "__main__":
    main()
