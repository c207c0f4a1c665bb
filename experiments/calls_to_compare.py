"""The calls that same_calls.py records: pools of one small array, as users of Keras, PyTorch and JAX write them.

A snippet is whole: who copies it can run it. `X` stands for the line that makes the array. `same` prints with
pooling_lib and NumPy what each snippet prints; where the libraries differ, it has one text for each of them.
"""

from typing import NamedTuple

LIBRARIES = ("Keras", "PyTorch", "JAX")
#: Signed, in no order, with a window that holds negative numbers only and one with a tie.
X = "x = np.float32([[-1, -4, 2, 3], [-2, -3, 3, 1], [5, 6, -8, 1], [4, 7, -5, -1]])"


class Call(NamedTuple):
    """A pool: what it is, in words and with what is to be known about it, and the snippet of each library."""

    title: str
    note: str
    keras: str
    torch: str
    jax: str
    same: str | dict[str, str]

    def snippets(self) -> dict[str, str]:
        """The text of each library's snippet."""
        texts = zip(LIBRARIES, (self.keras, self.torch, self.jax))
        return {library: text.strip().replace("\nX\n", f"\n{X}\n") for library, text in texts}

    def expected(self, library: str) -> str:
        """What prints the same with pooling_lib."""
        text = self.same if isinstance(self.same, str) else self.same[library]
        return f"import numpy as np\nfrom pooling_lib import *\n{X}\n{text}"


def plain(title, note, layer, function, flax, same):
    """A pool of 2-D maps whose calls differ in nothing but these words."""
    return Call(
        title,
        note,
        f"""
import numpy as np
from keras import layers

X
y = layers.{layer}(x[None, :, :, None])
print(np.array(y)[0, :, :, 0])
""",
        f"""
import numpy as np
import torch
from torch.nn import functional as F

X
y = F.{function}
print(y[0, 0].numpy())
""",
        f"""
import numpy as np
from flax import linen as nn

X
y = nn.{flax}
print(np.array(y)[0, :, :, 0])
""",
        same,
    )


CALLS = {
    "max_pool": plain(
        "A 2 × 2 maximum, windows side by side",
        "Keras and Flax want images, rows, columns, channels. PyTorch wants images, channels, rows, columns.",
        "MaxPooling2D(2)",
        "max_pool2d(torch.tensor(x)[None, None], 2)",
        "max_pool(x[None, :, :, None], (2, 2), strides=(2, 2))",
        "print(max_pool(x, 2))",
    ),
    "avg_pool": plain(
        "A 2 × 2 mean, windows side by side",
        "In Flax a stride that is not said is 1; in Keras and PyTorch it is the window.",
        "AveragePooling2D(2)",
        "avg_pool2d(torch.tensor(x)[None, None], 2)",
        "avg_pool(x[None, :, :, None], (2, 2), strides=(2, 2))",
        "print(avg_pool(x, 2))",
    ),
    "min_pool": Call(
        "A 2 × 2 minimum",
        "Negate, take the maximum, negate: none of the three has a pool for it.",
        """
import numpy as np
from keras import layers

X
y = -layers.MaxPooling2D(2)(-x[None, :, :, None])
print(np.array(y)[0, :, :, 0])
""",
        """
import numpy as np
import torch
from torch.nn import functional as F

X
y = -F.max_pool2d(-torch.tensor(x)[None, None], 2)
print(y[0, 0].numpy())
""",
        """
import numpy as np
from flax import linen as nn

X
y = -nn.max_pool(-x[None, :, :, None], (2, 2), strides=(2, 2))
print(np.array(y)[0, :, :, 0])
""",
        "print(min_pool(x, 2))",
    ),
    "max_3x3_2_same": Call(
        "A 3 × 3 maximum with stride 2, padding same",
        "Here *same* pads one row and column at the end, none before. PyTorch's `padding=1` pads both ends, so pad by "
        "hand, with −∞.",
        """
import numpy as np
from keras import layers

X
y = layers.MaxPooling2D(3, 2, "same")(x[None, :, :, None])
print(np.array(y)[0, :, :, 0])
""",
        """
import numpy as np
import torch
from torch.nn import functional as F

X
padded = F.pad(torch.tensor(x)[None, None], (0, 1, 0, 1), value=-torch.inf)
y = F.max_pool2d(padded, 3, 2)
print(y[0, 0].numpy())
""",
        """
import numpy as np
from flax import linen as nn

X
y = nn.max_pool(x[None, :, :, None], (3, 3), (2, 2), "SAME")
print(np.array(y)[0, :, :, 0])
""",
        'print(max_pool(x, 3, 2, "same"))',
    ),
    "max_3x3_2_padding_1": Call(
        "A 3 × 3 maximum with stride 2 and one element of padding on each side",
        "This is PyTorch's `MaxPool2d(3, 2, padding=1)`. Keras has no such padding: pad by hand, with −∞, then pool "
        "without padding.",
        """
import numpy as np
from keras import layers, ops

X
ends = [[0, 0], [1, 1], [1, 1], [0, 0]]
padded = ops.pad(x[None, :, :, None], ends, constant_values=-np.inf)
y = layers.MaxPooling2D(3, 2)(padded)
print(np.array(y)[0, :, :, 0])
""",
        """
import numpy as np
import torch
from torch.nn import functional as F

X
y = F.max_pool2d(torch.tensor(x)[None, None], 3, 2, padding=1)
print(y[0, 0].numpy())
""",
        """
import numpy as np
from flax import linen as nn

X
ends = ((1, 1), (1, 1))
y = nn.max_pool(x[None, :, :, None], (3, 3), (2, 2), ends)
print(np.array(y)[0, :, :, 0])
""",
        "print(max_pool(x, 3, 2, [(1, 1), (1, 1)]))",
    ),
    "avg_padding": Call(
        "A 3 × 3 mean with stride 2 and one element of padding on each side: counted, then not counted",
        "PyTorch and Flax count padding unless told otherwise. Keras never counts its own, but counts zeros that you "
        "put there.",
        """
import numpy as np
from keras import layers, ops

X
ends, pool = [[0, 0], [1, 1], [1, 1], [0, 0]], layers.AveragePooling2D(3, 2)
counted = pool(ops.pad(x[None, :, :, None], ends))
real = pool(ops.pad(np.ones_like(x)[None, :, :, None], ends))
for y in (counted, counted / real):
    print(np.array(y)[0, :, :, 0].round(2))
""",
        """
import numpy as np
import torch
from torch.nn import functional as F

X
images = torch.tensor(x)[None, None]
for count in (True, False):
    y = F.avg_pool2d(images, 3, 2, padding=1, count_include_pad=count)
    print(y[0, 0].numpy().round(2))
""",
        """
import numpy as np
from flax import linen as nn

X
images, ends = x[None, :, :, None], ((1, 1), (1, 1))
for count in (True, False):
    y = nn.avg_pool(images, (3, 3), (2, 2), ends, count_include_pad=count)
    print(np.array(y)[0, :, :, 0].round(2))
""",
        "for count in (True, False):\n    print(avg_pool(x, 3, 2, [(1, 1), (1, 1)], count_include_pad=count).round(2))",
    ),
    "ceil_mode": Call(
        "A 3 × 3 maximum with stride 2 that keeps the last rows: ceil mode",
        "Only PyTorch has the word. Elsewhere pad the end until the last window fits, with −∞.",
        """
import numpy as np
from keras import layers, ops

X
ends = [[0, 0], [0, 1], [0, 1], [0, 0]]
padded = ops.pad(x[None, :, :, None], ends, constant_values=-np.inf)
y = layers.MaxPooling2D(3, 2)(padded)
print(np.array(y)[0, :, :, 0])
""",
        """
import numpy as np
import torch
from torch.nn import functional as F

X
y = F.max_pool2d(torch.tensor(x)[None, None], 3, 2, ceil_mode=True)
print(y[0, 0].numpy())
""",
        """
import numpy as np
from flax import linen as nn

X
ends = ((0, 1), (0, 1))
y = nn.max_pool(x[None, :, :, None], (3, 3), (2, 2), ends)
print(np.array(y)[0, :, :, 0])
""",
        "print(max_pool(x, 3, 2, ceil_mode=True))",
    ),
    "global_max": Call(
        "The maximum of a whole map",
        "Of each channel by itself: rows and columns go, images and channels stay.",
        """
import numpy as np
from keras import layers

X
y = layers.GlobalMaxPooling2D()(x[None, :, :, None])
print(np.array(y))
""",
        """
import numpy as np
import torch

X
y = torch.tensor(x)[None, None].amax(dim=(2, 3))
print(y.numpy())
""",
        """
import numpy as np
from jax import numpy as jnp

X
y = jnp.max(x[None, :, :, None], axis=(1, 2))
print(np.array(y))
""",
        "print(global_max_pool(x[None, :, :, None]))",
    ),
    "global_avg": Call(
        "The mean of a whole map",
        "Of each channel by itself: rows and columns go, images and channels stay.",
        """
import numpy as np
from keras import layers

X
y = layers.GlobalAveragePooling2D()(x[None, :, :, None])
print(np.array(y))
""",
        """
import numpy as np
import torch

X
y = torch.tensor(x)[None, None].mean(dim=(2, 3))
print(y.numpy())
""",
        """
import numpy as np
from jax import numpy as jnp

X
y = jnp.mean(x[None, :, :, None], axis=(1, 2))
print(np.array(y))
""",
        "print(global_avg_pool(x[None, :, :, None]))",
    ),
    "adaptive_avg": Call(
        "Means of bins: 4 × 4 to 3 × 3, whatever the size",
        "The bins are PyTorch's, and overlap here. Flax has no such pool: write it.",
        """
import numpy as np
from keras import layers

X
y = layers.AdaptiveAveragePooling2D(3)(x[None, :, :, None])
print(np.array(y)[0, :, :, 0])
""",
        """
import numpy as np
import torch
from torch.nn import functional as F

X
y = F.adaptive_avg_pool2d(torch.tensor(x)[None, None], 3)
print(y[0, 0].numpy())
""",
        """
import numpy as np
from jax import numpy as jnp

X
n = len(x)
bins = [slice(n * i // 3, -(-n * (i + 1) // 3)) for i in range(3)]
y = [[jnp.mean(x[rows, columns]) for columns in bins] for rows in bins]
print(np.array(y))
""",
        "print(adaptive_avg_pool(x, 3))",
    ),
    "max_gradient": Call(
        "Who gets the gradient of a 2 × 2 maximum, and who of a tie",
        "Each output sends 1. The upper right window holds 3 twice: the first of them in row-major order gets it all.",
        """
import numpy as np
import tensorflow as tf
from keras import layers

X
images = tf.constant(x[None, :, :, None])
with tf.GradientTape() as tape:
    tape.watch(images)
    y = layers.MaxPooling2D(2)(images)
print(tape.gradient(y, images).numpy()[0, :, :, 0])
""",
        """
import numpy as np
import torch
from torch.nn import functional as F

X
images = torch.tensor(x)[None, None].requires_grad_()
F.max_pool2d(images, 2).sum().backward()
print(images.grad[0, 0].numpy())
""",
        """
import jax
import numpy as np
from flax import linen as nn

X
images = x[None, :, :, None]
summed = lambda z: nn.max_pool(z, (2, 2), strides=(2, 2)).sum()
print(np.array(jax.grad(summed)(images))[0, :, :, 0])
""",
        "y, winners = max_pool(x, 2, return_indices=True)\n"
        "print(max_pool_backward(np.ones_like(y), winners, x.shape, 2))",
    ),
    "global_max_gradient": Call(
        "Who gets the gradient of a global maximum with a tie",
        "The map is the upper right quarter, which holds 3 twice. Keras and JAX share what comes back; PyTorch's pool "
        "gives it to the first, and its `amax` would share it, too.",
        """
import numpy as np
import tensorflow as tf
from keras import layers

X
images = tf.constant(x[None, :2, 2:, None])
with tf.GradientTape() as tape:
    tape.watch(images)
    y = layers.GlobalMaxPooling2D()(images)
print(tape.gradient(y, images).numpy()[0, :, :, 0])
""",
        """
import numpy as np
import torch
from torch.nn import functional as F

X
images = torch.tensor(x)[None, None, :2, 2:].requires_grad_()
F.adaptive_max_pool2d(images, 1).sum().backward()
print(images.grad[0, 0].numpy())
""",
        """
import jax
import numpy as np

X
images = x[None, :2, 2:, None]
summed = lambda z: z.max(axis=(1, 2)).sum()
print(np.array(jax.grad(summed)(images))[0, :, :, 0])
""",
        {
            "Keras": "ties = x[:2, 2:] == 3\nprint(ties / np.float32(ties.sum()))",
            "PyTorch": "print(global_max_pool_backward(np.float32(1), x[:2, 2:]))",
            "JAX": "ties = x[:2, 2:] == 3\nprint(ties / np.float32(ties.sum()))",
        },
    ),
    "max_1d": Call(
        "A maximum along a line: 1-D",
        "One line of 16 numbers, with one channel.",
        """
import numpy as np
from keras import layers

X
y = layers.MaxPooling1D(2)(x.reshape(1, 16, 1))
print(np.array(y)[0, :, 0])
""",
        """
import numpy as np
import torch
from torch.nn import functional as F

X
y = F.max_pool1d(torch.tensor(x).reshape(1, 1, 16), 2)
print(y[0, 0].numpy())
""",
        """
import numpy as np
from flax import linen as nn

X
y = nn.max_pool(x.reshape(1, 16, 1), (2,), strides=(2,))
print(np.array(y)[0, :, 0])
""",
        "print(max_pool(x.ravel(), 2))",
    ),
    "max_3d": Call(
        "A maximum of cubes: 3-D",
        "Four slices of 2 × 2, with one channel.",
        """
import numpy as np
from keras import layers

X
y = layers.MaxPooling3D(2)(x.reshape(1, 4, 2, 2, 1))
print(np.array(y)[0, ..., 0])
""",
        """
import numpy as np
import torch
from torch.nn import functional as F

X
y = F.max_pool3d(torch.tensor(x).reshape(1, 1, 4, 2, 2), 2)
print(y[0, 0].numpy())
""",
        """
import numpy as np
from flax import linen as nn

X
y = nn.max_pool(x.reshape(1, 4, 2, 2, 1), (2, 2, 2), strides=(2, 2, 2))
print(np.array(y)[0, ..., 0])
""",
        "print(max_pool(x.reshape(4, 2, 2), 2, axes=(0, 1, 2)))",
    ),
}
