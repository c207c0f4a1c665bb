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


#: What pool_1d_3d prints: the pool of pooling_lib, and the shape in which a library hands it out.
PLACES = """for shape in ((16,), (4, 4), (4, 2, 2)):
    y = max_pool(x.reshape(shape), 2, axes=range(len(shape)))
    shape = y.shape
    print(({shape}), y.ravel())"""

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
    "lp_pool": Call(
        "The 2-norm of a 2 × 2 window",
        "Only PyTorch has it: a sum of squares under the root, not a mean. Four times the mean of the squares is their "
        "sum. With an odd power PyTorch takes no absolute value, and a window whose powers have a negative sum gives "
        "NaN: pool `x.abs()`.",
        """
import numpy as np
from keras import layers, ops

X
squares = x[None, :, :, None] ** 2
y = ops.sqrt(4 * layers.AveragePooling2D(2)(squares))
print(np.array(y)[0, :, :, 0].round(3))
""",
        """
import numpy as np
import torch
from torch.nn import functional as F

X
y = F.lp_pool2d(torch.tensor(x)[None, None], norm_type=2, kernel_size=2)
print(y[0, 0].numpy().round(3))
""",
        """
import numpy as np
from flax import linen as nn
from jax import numpy as jnp

X
squares = x[None, :, :, None] ** 2
y = jnp.sqrt(4 * nn.avg_pool(squares, (2, 2), strides=(2, 2)))
print(np.array(y)[0, :, :, 0].round(3))
""",
        "print(lp_pool(x, 2, p=2).round(3))",
    ),
    "power_mean": Call(
        "The power mean of a whole map, p = 3 (GeM)",
        "None of the three has it. Negative numbers are cut off first, at a small number above 0, where the root still "
        "has a slope.",
        """
import numpy as np
from keras import ops

X
p, positive = 3.0, ops.maximum(x[None, :, :, None], 1e-6)
y = ops.mean(positive**p, axis=(1, 2)) ** (1 / p)
print(np.array(y).round(3))
""",
        """
import numpy as np
import torch

X
p, positive = 3.0, torch.tensor(x)[None, None].clamp(min=1e-6)
y = (positive**p).mean(dim=(2, 3)) ** (1 / p)
print(y.numpy().round(3))
""",
        """
import numpy as np
from jax import numpy as jnp

X
p, positive = 3.0, jnp.maximum(x[None, :, :, None], 1e-6)
y = jnp.mean(positive**p, axis=(1, 2)) ** (1 / p)
print(np.array(y).round(3))
""",
        "y = power_mean_pool(np.maximum(x, 1e-6), 4, p=3.0)\nprint(y.round(3))",
    ),
    "soft_pool": Call(
        "A softmax-weighted mean of 2 × 2 windows (SoftPool)",
        "None of the three has it, but two means make it: of the numbers with their weights, and of the weights. For "
        "large numbers take the largest off first, or `exp` overflows.",
        """
import numpy as np
from keras import layers

X
images, mean = x[None, :, :, None], layers.AveragePooling2D(2)
weights = np.exp(images)
y = mean(images * weights) / mean(weights)
print(np.array(y)[0, :, :, 0].round(3))
""",
        """
import numpy as np
import torch
from torch.nn import functional as F

X
images = torch.tensor(x)[None, None]
weights = images.exp()
y = F.avg_pool2d(images * weights, 2) / F.avg_pool2d(weights, 2)
print(y[0, 0].numpy().round(3))
""",
        """
import numpy as np
from flax import linen as nn

X
images = x[None, :, :, None]
weights = np.exp(images)
mean = lambda z: nn.avg_pool(z, (2, 2), strides=(2, 2))
y = mean(images * weights) / mean(weights)
print(np.array(y)[0, :, :, 0].round(3))
""",
        "print(soft_pool(x, 2).round(3))",
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
    "pool_1d_3d": Call(
        "The same maximum of a line, an image and a volume",
        "One number for the window means all of its axes: 2, 2 × 2, 2 × 2 × 2. Keras and PyTorch have a pool for each "
        "number of axes, Flax one for all.",
        """
import numpy as np
from keras import layers

X
one, two, three = (16,), (4, 4), (4, 2, 2)
pools = layers.MaxPooling1D, layers.MaxPooling2D, layers.MaxPooling3D
for pool, shape in zip(pools, (one, two, three)):
    y = np.array(pool(2)(x.reshape(1, *shape, 1)))
    print(y.shape, y.ravel())
""",
        """
import numpy as np
import torch
from torch.nn import functional as F

X
one, two, three = (16,), (4, 4), (4, 2, 2)
pools = F.max_pool1d, F.max_pool2d, F.max_pool3d
for pool, shape in zip(pools, (one, two, three)):
    y = pool(torch.tensor(x).reshape(1, 1, *shape), 2)
    print(tuple(y.shape), y.numpy().ravel())
""",
        """
import numpy as np
from flax import linen as nn

X
for shape in ((16,), (4, 4), (4, 2, 2)):
    k = (2,) * len(shape)
    y = np.array(nn.max_pool(x.reshape(1, *shape, 1), k, strides=k))
    print(y.shape, y.ravel())
""",
        {
            "Keras": PLACES.format(shape="1, *shape, 1"),
            "PyTorch": PLACES.format(shape="1, 1, *shape"),
            "JAX": PLACES.format(shape="1, *shape, 1"),
        },
    ),
    "masked_mean": Call(
        "The mean of the real steps of sentences of different lengths",
        "Four sentences of up to four steps. In Keras the layer takes the mask; in the others divide by the number of "
        "real steps, never by the longest length. A sentence without a step gives NaN, or 0 where you see to it.",
        """
import numpy as np
from keras import layers

X
real = np.arange(4) < np.array([[4], [3], [2], [1]])
y = layers.GlobalAveragePooling1D()(x[..., None], mask=real)
print(np.array(y)[:, 0].round(3))
""",
        """
import numpy as np
import torch

X
real = torch.arange(4) < torch.tensor([[4], [3], [2], [1]])
y = (torch.tensor(x) * real).sum(dim=1) / real.sum(dim=1)
print(y.numpy().round(3))
""",
        """
import numpy as np
from jax import numpy as jnp

X
real = np.arange(4) < np.array([[4], [3], [2], [1]])
y = jnp.mean(x, axis=1, where=real)
print(np.array(y).round(3))
""",
        "real = np.arange(4) < np.array([[4], [3], [2], [1]])\nprint(masked_avg_pool(x, real)[0][:, 0].round(3))",
    ),
    "masked_max": Call(
        "The maximum of the real steps of sentences of different lengths",
        "Put −∞ where nothing is, not 0: the real steps of the second sentence are negative, and 0 would win there. "
        "Keras's `GlobalMaxPooling1D` takes no mask.",
        """
import numpy as np
from keras import layers, ops

X
real = np.arange(4) < np.array([[4], [2], [2], [1]])
hidden = ops.where(real, x, -np.inf)
y = layers.GlobalMaxPooling1D()(hidden[..., None])
print(np.array(y)[:, 0])
""",
        """
import numpy as np
import torch

X
real = torch.arange(4) < torch.tensor([[4], [2], [2], [1]])
y = torch.tensor(x).masked_fill(~real, -torch.inf).amax(dim=1)
print(y.numpy())
""",
        """
import numpy as np
from jax import numpy as jnp

X
real = np.arange(4) < np.array([[4], [2], [2], [1]])
y = jnp.max(x, axis=1, where=real, initial=-jnp.inf)
print(np.array(y))
""",
        "real = np.arange(4) < np.array([[4], [2], [2], [1]])\nprint(masked_max_pool(x, real)[0][:, 0])",
    ),
    "segment_mean": Call(
        "Means of sets of different sizes that lie one after the other: segments",
        "16 numbers in 4 sets of 5, 0, 8 and 3. An empty set has the sum 0 and the size 0: divide by 1 there.",
        """
import numpy as np
from keras import ops

X
of_set = np.repeat(np.arange(4), [5, 0, 8, 3])
add = lambda values: ops.segment_sum(values, of_set, num_segments=4)
y = add(x.ravel()) / ops.maximum(add(np.ones(16, np.float32)), 1)
print(np.array(y).round(3))
""",
        """
import numpy as np
import torch

X
sizes = torch.tensor([5, 0, 8, 3])
of_set = torch.arange(4).repeat_interleave(sizes)
sums = torch.zeros(4).index_add(0, of_set, torch.tensor(x).ravel())
print((sums / sizes.clamp(min=1)).numpy().round(3))
""",
        """
import jax
import numpy as np

X
of_set = np.repeat(np.arange(4), [5, 0, 8, 3])
add = lambda values: jax.ops.segment_sum(values, of_set, num_segments=4)
y = add(x.ravel()) / np.maximum(add(np.ones(16, np.float32)), 1)
print(np.array(y).round(3))
""",
        "parts = np.split(x.ravel(), np.cumsum([5, 0, 8]))\n"
        "print(np.float32([global_avg_pool(part) if part.size else 0 for part in parts]).round(3))",
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
