"""The weights of a trained network as a page carries them."""

from collections.abc import Sequence

import numpy as np


def halved(weights: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Weights rounded to float16, in float32."""
    return [np.asarray(one).astype("<f2").astype(np.float32) for one in weights]
