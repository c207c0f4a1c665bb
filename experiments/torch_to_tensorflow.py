"""What PyTorch's pools give for one map of 28 x 28: what chapter 06 writes again in TensorFlow.

    python experiments/torch_to_tensorflow.py       # seconds; needs PyTorch, of the group peers

The result, results/torch_to_tensorflow.json, holds

    about       versions, processor, and the seed of the map
    layers      for each layer, as the line of code that was run, its output of shape (rows, columns)

The map is signed, so that padding a maximum with zeros would be noticed. It is not stored: `the_map` makes it again.
"""

import platform

import numpy as np
from results_file import RESULTS, write_lines

RESULT = RESULTS / "torch_to_tensorflow.json"
SEED, SIZE, DIGITS = 6, 28, 6
LAYERS = (
    "MaxPool2d(3, 2, padding=1)",
    "AvgPool2d(3, 2, padding=1)",
    "AvgPool2d(3, 2, padding=1, count_include_pad=False)",
    "MaxPool2d(3, 2, ceil_mode=True)",
    "AvgPool2d(3, 2, ceil_mode=True)",
    "AdaptiveAvgPool2d(14)",
    "AdaptiveAvgPool2d(5)",
)


def the_map():
    """The input of every layer, in float32."""
    return np.random.default_rng(SEED).normal(size=(SIZE, SIZE)).astype(np.float32)


def asked(layer):
    """What a layer of PyTorch gives for the map, rounded."""
    import torch

    y = eval(f"torch.nn.{layer}")(torch.tensor(the_map()[None, None]))
    return y[0, 0].numpy().astype(float).round(DIGITS).tolist()


def main():
    """Ask every layer, and write what it gave."""
    import torch

    about = {
        "versions": {"PyTorch": torch.__version__, "NumPy": np.__version__},
        "processor": platform.machine(),
        "seed": SEED,
        "size": SIZE,
        "digits": DIGITS,
    }
    write_lines(RESULT, {"about": about, "layers": {layer: asked(layer) for layer in LAYERS}}, 2)


if __name__ == "__main__":
    main()
