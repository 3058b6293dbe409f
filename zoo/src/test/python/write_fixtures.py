"""Writes the fixtures by which the Java engine is compared with PyTorch.

    /usr/bin/python3 write_fixtures.py [--out FOLDER] [--check]

One file a case of the small SNGAN-projection (`sngan-projection-*.safetensors`), and `operations.safetensors`.
All tensors are float32, labels too. Everything ran in float32 on one thread; `--check` repeats the run in float64
from the same float32 values and prints how far the float32 results are from it: the noise that any float32 engine
must be allowed.

The case files
--------------
S below is the initial state: all parameters and buffers under `generator/` and `discriminator/`. Each of the numbered
paragraphs starts anew from S, except where it says otherwise.

Inputs: `z` (4, 8), `y` (4), `z2`, `y2` (a second latent batch), `real` (4, 3, 32, 32) in [-1, 1], `real_y` (4).

1. Evaluation mode (running statistics, no power iteration: weights are divided by sigma = u . W v of the stored u, v;
   no buffer changes).
   `out/generator_eval` = G(z, y); `out/discriminator_eval` = D(real, real_y), shape (4, 1);
   `grad/input` = d sum(D(real, real_y)) / d real.
2. Training mode, one forward each: `out/generator_train` = G(z, y), then `after/generator/<buffer>`: all G's buffers;
   `out/discriminator_train` = D(real, real_y), then `after/discriminator/<buffer>`.
   A training forward of D first does one power iteration per weight, v = normalise(Wt u), then u = normalise(W v),
   each divided by max(norm, 1e-12), stores both, and divides W by sigma = u . W v. Gradients treat u, v as constants
   but flow through sigma. W is viewed as (out, in * height * width); the embedding as (classes, channels).
3. D's gradient. fake = G(z, y) in training mode, detached. In this order, D in training mode: real logits = D(real,
   real_y), `out/discriminator_fake` = D(fake, y), each with its own power iteration (two in all). `loss/discriminator`
   = mean(relu(1 - real logits)) + mean(relu(1 + fake logits)); `grad/discriminator/<parameter>`.
4. G's gradient. `loss/generator` = -mean(D(G(z, y), y)), both in training mode (one power iteration of D).
   `grad/generator/<parameter>`.
5. Two training steps, one after the other, with the same batches in both. Adam for each network: learning rate 2e-4,
   betas (0, 0.9), eps 1e-8 added to the square root, bias correction, no weight decay. One step is
   a. fake = G(z, y), training mode, no gradient: G's running statistics are updated;
   b. D(real, real_y), then D(fake, y), training mode (two power iterations); loss as in 3; Adam updates D;
   c. D(G(z2, y2), y2), both in training mode with D's new weights (G's running statistics are updated again, D's
      third power iteration); loss as in 4; Adam updates G only.
   After step k: `step<k>/loss/discriminator`, `step<k>/loss/generator`, `step<k>/generator/<name>` and
   `step<k>/discriminator/<name>` of all parameters and buffers.

Batch norm: biased variance normalises, unbiased variance enters the running value; new = 0.9 old + 0.1 batch; eps 1e-5.

In G the biases of the blocks' convolutions (`conv1`, `conv2`, `shortcut`) are followed by a batch norm which removes
them: their gradients are zero but for rounding. Adam divides that rounding noise by its own size, so these biases move
by up to 2e-4 in step 1 and 2.8e-4 in step 2, in directions which differ from one engine to the next: after step 2, two
right engines may be 1e-3 apart. Nothing else sees it but the running means that follow, from step 2 on.

The operations file
-------------------
`<case>/in0`, `in1`, ...: inputs; `<case>/out`; `<case>/cotangent`: the shape of out; `<case>/grad<i>`: gradient of
sum(out * cotangent) with respect to in<i>, where there is one; `<case>/after<i>`: the new value of a buffer in<i>.
The file's `__metadata__` says the attributes of each case.
"""

import argparse
import copy
import platform
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import safetensors_writer
import sngan_projection as gan

RESOURCES = Path(__file__).parents[1] / "resources/dev/ganzoo/zoo/pytorch"
SMALL = dict(z=8, ngf=8, ndf=8)
CASES = {
    "sngan-projection-nearest": gan.Spec(**SMALL),
    "sngan-projection-bilinear": gan.Spec(**SMALL, upsampling="bilinear", shortcut_pre_activated=True, pool="mean"),
}
BATCH = 4
STEPS = 2
WARM_UP = 3


def randomise(net: nn.Module) -> None:
    """Values in which no row, channel or class is like another, so that a mistaken index shows."""
    for name, value in gan.named_state(net).items():
        with torch.no_grad():
            if name.endswith(".gain"):
                value.normal_(1, 0.3)
            elif name.endswith(".variance"):
                value.uniform_(0.5, 2)
            elif name.endswith((".bias", ".mean")):
                value.normal_(0, 0.2)
            elif name.endswith(".weight"):
                nn.init.xavier_uniform_(value, 2**0.5)
    for module in net.modules():
        if hasattr(module, "weight_orig"):
            warm_up(module)


def warm_up(module: nn.Module) -> None:
    """A few power iterations, so that the initial u and v are near the singular vectors but not at them."""
    with torch.no_grad():
        matrix = module.weight_orig.flatten(1)
        for _ in range(WARM_UP):
            module.weight_v.copy_(F.normalize(matrix.t() @ module.weight_u, dim=0))
            module.weight_u.copy_(F.normalize(matrix @ module.weight_v, dim=0))


def centre(discriminator: gan.Discriminator, images: Tensor, labels: Tensor) -> None:
    """Moves the logits around zero, so that some are within the hinge's margin and some beyond."""
    with torch.no_grad():
        discriminator.linear.bias -= copy.deepcopy(discriminator).eval()(images, labels).mean()


def images() -> Tensor:
    """Smooth random pictures over the whole of [-1, 1]."""
    return torch.tanh(2 * F.interpolate(torch.randn(BATCH, 3, 8, 8), 32, mode="bicubic", align_corners=False))


def run_case(generator: nn.Module, discriminator: nn.Module, inputs: dict[str, Tensor]) -> dict[str, Tensor]:
    z, z2, real = inputs["z"], inputs["z2"], inputs["real"]
    y, y2, real_y = (inputs[name].long() for name in ("y", "y2", "real_y"))
    out: dict[str, Tensor] = {}

    def put(prefix: str, tensors: dict[str, Tensor]) -> None:
        out.update({f"{prefix}/{name}": value.detach().clone() for name, value in tensors.items()})

    def initial(training: bool) -> tuple[nn.Module, nn.Module]:
        return copy.deepcopy(generator).train(training), copy.deepcopy(discriminator).train(training)

    put("generator", gan.named_state(generator))
    put("discriminator", gan.named_state(discriminator))

    g, d = initial(training=False)
    x = real.clone().requires_grad_()
    logits = d(x, real_y)
    put("out", {"generator_eval": g(z, y), "discriminator_eval": logits})
    put("grad", {"input": torch.autograd.grad(logits.sum(), x)[0]})

    g, d = initial(training=True)
    put("out", {"generator_train": g(z, y), "discriminator_train": d(real, real_y)})
    put("after/generator", gan.named_buffers(g))
    put("after/discriminator", gan.named_buffers(d))

    g, d = initial(training=True)
    fake = g(z, y).detach()
    real_logits = d(real, real_y)
    fake_logits = d(fake, y)
    loss = gan.discriminator_loss(real_logits, fake_logits)
    loss.backward()
    put("out", {"discriminator_fake": fake_logits})
    put("loss", {"discriminator": loss})
    put("grad/discriminator", {name: p.grad for name, p in gan.named_parameters(d).items()})

    g, d = initial(training=True)
    loss = gan.generator_loss(d(g(z, y), y))
    loss.backward()
    put("loss", {"generator": loss})
    put("grad/generator", {name: p.grad for name, p in gan.named_parameters(g).items()})

    g, d = initial(training=True)
    g_adam, d_adam = gan.adam(g), gan.adam(d)
    for step in range(1, STEPS + 1):
        d_loss = gan.discriminator_step(g, d, d_adam, real, real_y, z, y)
        g_loss = gan.generator_step(g, d, g_adam, z2, y2)
        put(f"step{step}/loss", {"discriminator": d_loss, "generator": g_loss})
        put(f"step{step}/generator", gan.named_state(g))
        put(f"step{step}/discriminator", gan.named_state(d))
    return out


def case(spec: gan.Spec, seed: int) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """The tensors of a case in float32, and the same in float64."""
    torch.manual_seed(seed)
    generator, discriminator = gan.Generator(spec), gan.Discriminator(spec)
    randomise(generator)
    randomise(discriminator)
    inputs = {
        "z": torch.randn(BATCH, spec.z),
        "y": torch.tensor([3.0, 0.0, 9.0, 3.0]),
        "z2": torch.randn(BATCH, spec.z),
        "y2": torch.tensor([7.0, 3.0, 1.0, 8.0]),
        "real": images(),
        "real_y": torch.tensor([5.0, 9.0, 2.0, 5.0]),
    }
    centre(discriminator, inputs["real"], inputs["real_y"].long())
    tensors = run_case(generator, discriminator, inputs)
    wide_inputs = {name: value.double() for name, value in inputs.items()}
    wide = run_case(generator.double(), discriminator.double(), wide_inputs)
    return {**inputs, **tensors}, {**wide_inputs, **wide}


class Operations:
    """Collects `<case>/...` tensors and the attributes of each case."""

    def __init__(self):
        self.tensors: dict[str, Tensor] = {}
        self.attributes: dict[str, str] = {}

    def add(self, name: str, function, inputs: list[Tensor], constant=(), changed=(), attributes: str = "") -> None:
        """Inputs whose index is in `constant` get no gradient; of those in `changed` the value afterwards is kept."""
        used = [x.clone() if i in constant else x.clone().requires_grad_() for i, x in enumerate(inputs)]
        out = function(*used)
        cotangent = torch.randn_like(out)
        (out * cotangent).sum().backward()
        self.attributes[name] = attributes
        for i, (given, x) in enumerate(zip(inputs, used)):
            self.tensors[f"{name}/in{i}"] = given
            if i not in constant:
                self.tensors[f"{name}/grad{i}"] = x.grad
            elif i in changed:
                self.tensors[f"{name}/after{i}"] = x
        self.tensors[f"{name}/out"] = out.detach()
        self.tensors[f"{name}/cotangent"] = cotangent


def spectrally_normalised(training: bool):
    """By torch's own hook, on a module of the same weight; gradients reach `weight`, u and v change in place."""

    def apply(weight: Tensor, u: Tensor, v: Tensor) -> Tensor:
        module = nn.Module()
        module.weight = nn.Parameter(weight.detach().clone())
        hook = nn.utils.spectral_norm(module, eps=gan.SPECTRAL_NORM_EPS)._forward_pre_hooks
        (norm,) = hook.values()
        del module._parameters["weight_orig"]
        module.weight_orig, module.weight_u, module.weight_v = weight, u, v
        return norm.compute_weight(module, do_power_iteration=training)

    return apply


def operations() -> Operations:
    torch.manual_seed(7)
    ops, rand = Operations(), torch.randn

    def conv(name: str, x, weight, bias=None, **attributes) -> None:
        text = ", ".join(f"{key}={value}" for key, value in attributes.items())
        ops.add(name, lambda *t: F.conv2d(*t, **attributes), [x, weight] + ([] if bias is None else [bias]),
                attributes=f"in0=x, in1=weight{'' if bias is None else ', in2=bias'}; {text}".rstrip("; "))

    conv("conv2d", rand(2, 3, 6, 5), rand(4, 3, 3, 3), rand(4))
    conv("conv2d_padding", rand(2, 3, 6, 5), rand(4, 3, 3, 3), rand(4), padding=1)
    conv("conv2d_1x1", rand(2, 3, 4, 5), rand(4, 3, 1, 1), rand(4))
    conv("conv2d_no_bias", rand(2, 3, 4, 5), rand(4, 3, 3, 3), padding=1)
    conv("conv2d_stride", rand(2, 3, 7, 6), rand(4, 3, 3, 3), rand(4), stride=2, padding=1)
    conv("conv2d_stride_4x4", rand(2, 3, 8, 8), rand(4, 3, 4, 4), rand(4), stride=2, padding=1)
    conv("conv2d_uneven", rand(2, 3, 8, 7), rand(4, 3, 3, 2), rand(4), stride=(2, 1), padding=(1, 0))
    conv("conv2d_dilation", rand(2, 3, 8, 7), rand(4, 3, 3, 3), rand(4), padding=2, dilation=2)
    conv("conv2d_groups", rand(2, 4, 5, 5), rand(6, 2, 3, 3), rand(6), padding=1, groups=2)
    conv("conv2d_depthwise", rand(2, 4, 5, 5), rand(4, 1, 3, 3), rand(4), padding=1, groups=4)
    conv("conv2d_all", rand(2, 4, 9, 9), rand(6, 2, 3, 3), rand(6), stride=2, padding=2, dilation=2, groups=2)

    ops.add("linear", F.linear, [rand(3, 5), rand(4, 5), rand(4)], attributes="in0=x, in1=weight, in2=bias")
    ops.add("linear_no_bias", F.linear, [rand(3, 5), rand(4, 5)], attributes="in0=x, in1=weight")

    for training in (True, False):
        ops.add("batch_norm_train" if training else "batch_norm_eval",
                lambda x, gain, bias, mean, variance, t=training: F.batch_norm(
                    x, mean, variance, gain, bias, t, gan.BATCH_NORM_MOMENTUM, gan.BATCH_NORM_EPS),
                [2 * rand(3, 4, 2, 3) + 1, rand(4), rand(4), rand(4), torch.rand(4) + 0.5],
                constant=(3, 4), changed=(3, 4) if training else (),
                attributes="in0=x, in1=gain, in2=bias, in3=mean, in4=variance; "
                           "eps=1e-5, momentum=0.1 (of the new value)")

    ops.add("avg_pool2d", lambda x: F.avg_pool2d(x, 2), [rand(2, 3, 6, 4)], attributes="kernel=2, stride=2")
    ops.add("avg_pool2d_odd", lambda x: F.avg_pool2d(x, 2), [rand(2, 3, 7, 5)],
            attributes="kernel=2, stride=2; the last row and column are dropped")
    ops.add("avg_pool2d_padding", lambda x: F.avg_pool2d(x, 3, 1, 1), [rand(2, 3, 5, 4)],
            attributes="kernel=3, stride=1, padding=1, zeros counted")
    ops.add("avg_pool2d_not_counted", lambda x: F.avg_pool2d(x, 3, 1, 1, count_include_pad=False), [rand(2, 3, 5, 4)],
            attributes="kernel=3, stride=1, padding=1, zeros not counted")
    ops.add("max_pool2d", lambda x: F.max_pool2d(x, 2), [rand(2, 3, 6, 4)], attributes="kernel=2, stride=2")
    ops.add("max_pool2d_padding", lambda x: F.max_pool2d(x, 3, 2, 1), [rand(2, 3, 7, 6)],
            attributes="kernel=3, stride=2, padding=1; padding never wins")
    ops.add("interpolate_nearest", lambda x: F.interpolate(x, scale_factor=2, mode="nearest"), [rand(2, 3, 3, 4)],
            attributes="scale=2")
    ops.add("interpolate_bilinear",
            lambda x: F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False), [rand(2, 3, 3, 4)],
            attributes="scale=2, align_corners=False")

    for training in (True, False):
        for shape in ((4, 3, 3, 3), (5, 6), (1, 6)):
            columns = torch.Size(shape[1:]).numel()
            suffix = "_conv" if len(shape) == 4 else "_linear" if shape[0] > 1 else "_row"
            ops.add(f"spectral_norm_{'train' if training else 'eval'}{suffix}", spectrally_normalised(training),
                    [rand(shape), F.normalize(rand(shape[0]), dim=0), F.normalize(rand(columns), dim=0)],
                    constant=(1, 2), changed=(1, 2) if training else (),
                    attributes="in0=weight, in1=u, in2=v; eps=1e-12, power iterations=" + str(int(training)))

    ops.add("embedding", lambda table, index: F.embedding(index.long(), table),
            [rand(5, 4), torch.tensor([3.0, 0.0, 3.0, 4.0])], constant=(1,), attributes="in0=table, in1=index")

    points = torch.tensor([-90.0, -25.0, -3.0, -1e-3, 1e-3, 0.7, 4.0, 19.0, 25.0, 90.0])
    pointwise = {
        "relu": (F.relu, ""),
        "leaky_relu": (lambda x: F.leaky_relu(x, 0.2), "slope=0.2"),
        "tanh": (torch.tanh, ""),
        "sigmoid": (torch.sigmoid, ""),
        "softplus": (F.softplus, "ln(1 + e^x); x itself beyond 20"),
    }
    for name, (function, attributes) in pointwise.items():
        ops.add(name, function, [torch.cat([points, 2 * rand(14)]).view(2, 3, 2, 2)], attributes=attributes)
    return ops


def deviations(tensors: dict[str, Tensor], wide: dict[str, Tensor]) -> dict[str, float]:
    """The largest absolute float32 error of each group of tensors; G's biases under batch norm apart (see above)."""
    worst: dict[str, float] = {}
    for name, value in tensors.items():
        parts = name.split("/")
        if len(parts) == 1 or parts[0] in ("generator", "discriminator"):
            continue
        group = "/".join(parts[:2])
        if "generator/block" in name and name.endswith((".conv1.bias", ".conv2.bias", ".shortcut.bias")):
            group += " (biases before batch norm)"
        elif name.startswith("step") and name.endswith((".mean", ".variance")):
            group += " (running statistics)"
        worst[group] = max(worst.get(group, 0), (value.double() - wide[name]).abs().max().item())
    return worst


def to_numpy(tensors: dict[str, Tensor]) -> dict[str, np.ndarray]:
    return {name: value.detach().numpy() for name, value in tensors.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the fixtures that compare the Java engine with PyTorch.")
    parser.add_argument("--out", type=Path, default=RESOURCES)
    parser.add_argument("--check", action="store_true", help="print the distance of float32 from float64")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    gan.check_published_counts()
    arguments.out.mkdir(parents=True, exist_ok=True)
    versions = {"torch": torch.__version__, "numpy": np.__version__, "python": platform.python_version()}

    for seed, (name, spec) in enumerate(CASES.items(), start=1):
        tensors, wide = case(spec, seed)
        path = arguments.out / f"{name}.safetensors"
        safetensors_writer.write(path, to_numpy(tensors), {**versions, **spec.describe()})
        print(f"{path.name}: {len(tensors)} tensors, {path.stat().st_size} bytes")
        if arguments.check:
            for group, worst in deviations(tensors, wide).items():
                print(f"    {group}: {worst:.1e}")

    ops = operations()
    path = arguments.out / "operations.safetensors"
    safetensors_writer.write(path, to_numpy(ops.tensors), {**versions, **ops.attributes})
    print(f"{path.name}: {len(ops.attributes)} cases, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
