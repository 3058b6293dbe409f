"""Times PyTorch eager drawing images from SNGAN-projection's generator.

    /usr/bin/python3 time_sampling.py [--threads 2] [--ngf 256] [--batch 16] [--repeats 20] [--channels-last]

Prints one JSON line: images per second, best and median of the batches. Evaluation mode, inference mode, float32; the
latents are ready in memory.
"""

import argparse
import json
import statistics
import time

import torch

import sngan_projection as gan


def main() -> None:
    parser = argparse.ArgumentParser(description="Times PyTorch eager drawing images from SNGAN-projection.")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--ngf", type=int, default=256)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--warm-up", type=int, default=2)
    parser.add_argument("--channels-last", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    layout = torch.channels_last if arguments.channels_last else torch.contiguous_format

    spec = gan.Spec(ngf=arguments.ngf)
    generator = gan.Generator(spec).to(memory_format=layout).eval()
    z = torch.randn(arguments.batch, spec.z)
    y = torch.arange(arguments.batch) % spec.classes
    seconds = []
    with torch.inference_mode():
        for repeat in range(-arguments.warm_up, arguments.repeats):
            start = time.perf_counter()
            generator(z, y)
            if repeat >= 0:
                seconds.append(time.perf_counter() - start)
    print(json.dumps({
        "torch": torch.__version__, "threads": arguments.threads, "ngf": arguments.ngf, "batch": arguments.batch,
        "channels_last": arguments.channels_last, "images_per_second": {
            "best": round(arguments.batch / min(seconds), 1),
            "median": round(arguments.batch / statistics.median(seconds), 1),
        },
    }))


if __name__ == "__main__":
    main()
