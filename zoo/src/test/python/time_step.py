"""Times PyTorch's eager training step of SNGAN-projection: hinge loss, Adam, float32.

    /usr/bin/python3 time_step.py [--threads 2] [--sizes 64/64 256/128] [--batch 64] [--repeats 5] [--channels-last]

Prints one JSON line a size: seconds per D step, per G step, and of the cycles of 1 D + 1 G and of D steps : G step
(5:1 by default). A D step makes its fakes (G forward without gradient), runs D on real and on fake images separately,
backward, and updates; a G step runs G and D forward, backward through both, and updates G. Data is random and ready in
memory. Times of cycles are sums of measured steps.
"""

import argparse
import json
import statistics
import time

import torch

import sngan_projection as gan


def measure(spec: gan.Spec, batch: int, repeats: int, warm_up: int, d_steps: int, layout: torch.memory_format) -> dict:
    torch.manual_seed(0)
    generator = gan.Generator(spec).to(memory_format=layout)
    discriminator = gan.Discriminator(spec).to(memory_format=layout)
    g_adam, d_adam = gan.adam(generator), gan.adam(discriminator)
    real = torch.tanh(torch.randn(batch, 3, 32, 32)).contiguous(memory_format=layout)
    real_y, y = torch.randint(spec.classes, (2, batch))
    z = torch.randn(batch, spec.z)

    def timed(step, *inputs) -> float:
        start = time.perf_counter()
        step(generator, discriminator, *inputs).item()
        return time.perf_counter() - start

    d_times, g_times = [], []
    for repeat in range(-warm_up, repeats):
        d_time = timed(gan.discriminator_step, d_adam, real, real_y, z, y)
        g_time = timed(gan.generator_step, g_adam, z, y)
        if repeat >= 0:
            d_times.append(d_time)
            g_times.append(g_time)

    def summary(d_count: int, g_count: int) -> dict[str, float]:
        return {
            word: round(d_count * of(d_times) + g_count * of(g_times), 4)
            for word, of in (("min", min), ("median", statistics.median))
        }

    return {
        "d_step": summary(1, 0), "g_step": summary(0, 1), "cycle_1_1": summary(1, 1),
        f"cycle_{d_steps}_1": summary(d_steps, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Times PyTorch's eager training step of SNGAN-projection.")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--sizes", nargs="+", default=["64/64", "256/128"], help="ngf/ndf")
    parser.add_argument("--z", type=int, default=128)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--d-steps", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=1)
    parser.add_argument("--upsampling", choices=["nearest", "bilinear"], default="nearest")
    parser.add_argument("--channels-last", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    layout = torch.channels_last if arguments.channels_last else torch.contiguous_format

    for size in arguments.sizes:
        ngf, ndf = (int(width) for width in size.split("/"))
        spec = gan.Spec(z=arguments.z, ngf=ngf, ndf=ndf, upsampling=arguments.upsampling)
        seconds = measure(spec, arguments.batch, arguments.repeats, arguments.warm_up, arguments.d_steps, layout)
        print(json.dumps({
            "torch": torch.__version__, "threads": arguments.threads, "ngf": ngf, "ndf": ndf, "batch": arguments.batch,
            "channels_last": arguments.channels_last, "repeats": arguments.repeats, "seconds": seconds,
        }), flush=True)


if __name__ == "__main__":
    main()
