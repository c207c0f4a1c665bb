"""A pool as a step of a scikit-learn pipeline. The only module here that imports scikit-learn."""

import math
from collections.abc import Callable
from functools import partial
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

try:
    from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, TransformerMixin
    from sklearn.utils.validation import check_is_fitted, validate_data
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "pooling_lib.sklearn_transformer needs scikit-learn; run: pip install 'pooling-lib[book]'", name=error.name
    ) from None

from pooling_lib.geometry import Ints, Padding, ints, place
from pooling_lib.pooling import avg_pool, lp_pool, max_pool, min_pool, sum_pool

#: What `method` may be: a name, and the pool it stands for ('l2' is `lp_pool` with its default, p=2).
METHODS: dict[str, Callable[..., np.ndarray]] = {
    "max": max_pool,
    "min": min_pool,
    "avg": avg_pool,
    "sum": sum_pool,
    "l2": lp_pool,
}


class PoolingTransformer(ClassNamePrefixFeaturesOutMixin, TransformerMixin, BaseEstimator):
    """Pool every row of a table of flattened images, as a step in front of any estimator.

    Parameters
    ----------
    shape : tuple of int, optional
        What a row is when it is not flat: an image (H, W), an image with channels last (H, W, C) or a
        line (L,). None takes each row as a line of all its features: windows lie along it, and
        know of no rows and columns.
    window : int or one per spatial axis
        Elements in the window.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`.
    method : 'max', 'min', 'avg', 'sum' or 'l2'
        What happens under the window.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        As for `pooling_lib.max_pool`.

    Attributes
    ----------
    shape_ : tuple of int
        Shape of one row, as `fit` found it to be.
    output_shape_ : tuple of int
        Shape of one pooled row before it is flattened again.
    n_features_in_ : int
        Features of a row, the product of `shape_`.

    Raises
    ------
    TypeError, ValueError
        By `fit` and `transform`, not before, as scikit-learn wants it: if an argument is unknown, if `shape` does not
        hold as many elements as `X` has features, if no window fits, if `X` is sparse or holds NaN or infinity.

    Notes
    -----
    Nothing is learnt: `fit` checks and counts. float32 stays float32, all other numbers become float64.

    Source: L. Buitinck and others, *API design for machine learning software*, 2013, arXiv:1309.0238.

    Examples
    --------
    >>> X = np.array([[3, 1, 4, 1, 5, 9, 2, 6]])  # one image of 2 x 4
    >>> PoolingTransformer((2, 4), window=2).fit_transform(X)
    array([[9., 6.]])
    >>> PoolingTransformer(window=2, method="avg").fit_transform(X)
    array([[2. , 2.5, 7. , 4. ]])
    """

    def __init__(
        self,
        shape: tuple[int, ...] | None = None,
        window: Ints = 2,
        stride: Ints | None = None,
        method: str = "max",
        padding: Padding = "valid",
    ) -> None:
        self.shape = shape
        self.window = window
        self.stride = stride
        self.method = method
        self.padding = padding

    def fit(self, X: ArrayLike, y: object = None) -> Self:
        """Check the arguments against the features of `X`, shape (samples, features); `y` is not used."""
        features = validate_data(self, X, dtype=[np.float64, np.float32]).shape[1]
        if self.method not in list(METHODS):
            raise ValueError(f"method={self.method!r} is unknown; use one of {', '.join(map(repr, METHODS))}")
        shape = (features,) if self.shape is None else self._given()
        if math.prod(shape) != features:
            mend = "give the shape of one image before it was flattened"
            raise ValueError(
                f"shape={self.shape!r} holds {math.prod(shape)} elements, but X has n_features={features}; {mend}"
            )
        try:
            placed = place(shape[:2], self.window, self.stride, self.padding)
        except ValueError as error:
            raise ValueError(
                f"X with n_features={features} and shape={self.shape!r} cannot be pooled: {error}"
            ) from None
        self.shape_ = shape
        self.output_shape_ = (*(along.count for along in placed), *shape[2:])
        self._n_features_out = math.prod(self.output_shape_)
        # What is set later waits for the next fit, so that these shapes and names stay true.
        settings = dict(window=self.window, stride=self.stride, padding=self.padding, axes=(1, 2)[: len(shape)])
        self._pool = partial(METHODS[self.method], **settings)
        return self

    def transform(self, X: ArrayLike) -> np.ndarray:
        """Pool every row of `X`: an array (samples, features left), in row-major order of `output_shape_`."""
        check_is_fitted(self)
        rows = validate_data(self, X, reset=False, dtype=[np.float64, np.float32])
        images = rows.reshape(-1, *self.shape_)
        return self._pool(images).reshape(len(rows), -1)

    def _given(self) -> tuple[int, ...]:
        shape = np.asarray(self.shape).tolist()
        mend = "give (H, W), (H, W, C), (L,) or None"
        if not isinstance(shape, list) or not 1 <= len(shape) <= 3:
            raise ValueError(f"shape={self.shape!r} is no shape of an image; {mend}")
        return ints("shape", tuple(shape), len(shape), 1, mend)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags
