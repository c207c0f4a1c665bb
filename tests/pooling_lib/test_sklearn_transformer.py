"""The pool as a step of a scikit-learn pipeline: scikit-learn's own checks, the pools, and what is refused."""

import pickle

import numpy as np
import pytest

pytest.importorskip("sklearn")

from sklearn.base import clone  # noqa: E402
from sklearn.exceptions import NotFittedError  # noqa: E402
from sklearn.model_selection import GridSearchCV, cross_val_score  # noqa: E402
from sklearn.neighbors import KNeighborsClassifier  # noqa: E402
from sklearn.pipeline import Pipeline, make_pipeline  # noqa: E402
from sklearn.utils.estimator_checks import check_estimator  # noqa: E402

from pooling_lib import avg_pool, lp_pool, max_pool, min_pool, sum_pool  # noqa: E402
from pooling_lib.sklearn_transformer import PoolingTransformer  # noqa: E402

POOLS = {"max": max_pool, "min": min_pool, "avg": avg_pool, "sum": sum_pool, "l2": lp_pool}
RNG = np.random.default_rng(3)
X = RNG.integers(-9, 10, (7, 36)).astype(float)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "settings", [{}, {"method": "l2"}, {"window": 1}, {"window": 3, "stride": 1, "method": "avg", "padding": "same"}]
)
def test_scikit_learn_finds_nothing_wrong(settings):
    checks = check_estimator(PoolingTransformer(**settings), on_fail=None, on_skip=None)
    failed = {check["check_name"]: check["exception"] for check in checks if check["status"] == "failed"}
    assert not failed, failed
    assert sum(check["status"] == "passed" for check in checks) > 30


@pytest.mark.parametrize("method", POOLS)
@pytest.mark.parametrize(
    "shape, settings",
    [
        ((6, 6), dict(window=2)),
        ((6, 6), dict(window=3, stride=1)),
        ((4, 9), dict(window=(2, 3), stride=(1, 2), padding="same")),
        ((4, 9), dict(window=2, padding=[(1, 0), (0, 1)])),
        ((3, 4, 3), dict(window=2, stride=1)),
        ((36,), dict(window=5, stride=2)),
        (None, dict(window=4)),
        ([6, 6], dict(window=np.int64(2))),
    ],
)
def test_rows_are_pooled_as_the_library_pools_their_images(method, shape, settings):
    whole = (36,) if shape is None else tuple(shape)
    images = X.reshape(-1, *whole)
    expected = POOLS[method](images, **settings, axes=(1, 2)[: len(whole)])
    step = PoolingTransformer(shape, method=method, **settings)
    found = step.fit_transform(X)
    np.testing.assert_array_equal(found, expected.reshape(len(X), -1))
    assert (step.shape_, step.output_shape_) == (whole, expected.shape[1:])
    assert len(step.get_feature_names_out()) == found.shape[1] and step.n_features_in_ == 36


@pytest.mark.parametrize(
    "dtype, kept",
    [(np.float32, np.float32), (np.float64, np.float64), (np.uint8, np.float64), (np.float16, np.float64)],
)
def test_float32_stays_and_other_numbers_become_float64(dtype, kept):
    assert PoolingTransformer((6, 6)).fit_transform(abs(X).astype(dtype)).dtype == kept


def test_nothing_of_the_table_is_changed():
    before = X.copy()
    PoolingTransformer((6, 6), method="avg").fit_transform(X)
    np.testing.assert_array_equal(X, before)


def test_it_is_a_step_like_any_other():
    rows = np.concatenate([X, X + 30])
    y = np.repeat([0, 1], 7)
    model = make_pipeline(PoolingTransformer((6, 6), window=2), KNeighborsClassifier(1))
    assert cross_val_score(model, rows, y, cv=3).mean() == 1
    search = GridSearchCV(
        Pipeline([("pool", PoolingTransformer((6, 6))), ("knn", KNeighborsClassifier(1))]),
        {"pool__window": [1, 2, 3], "pool__method": ["max", "avg"]},
        cv=3,
    )
    assert (
        search.fit(rows, y).best_estimator_["knn"].n_features_in_
        == search.best_estimator_["pool"].transform(rows).shape[1]
    )

    step = PoolingTransformer((6, 6), window=3, method="avg").fit(X)
    again = pickle.loads(pickle.dumps(step))
    np.testing.assert_array_equal(again.transform(X), step.transform(X))
    with pytest.raises(NotFittedError):
        clone(step).transform(X)
    assert clone(step).get_params() == step.get_params()


@pytest.mark.parametrize(
    "settings, error, words",
    [
        (dict(shape=(8, 8)), ValueError, ("shape=(8, 8)", "n_features=36", "give the shape")),
        (dict(shape=36), ValueError, ("shape", "36", "give (H, W)")),
        (dict(shape=(2, 2, 3, 3)), ValueError, ("shape", "(2, 2, 3, 3)", "give (H, W)")),
        (dict(shape=(0, 36)), ValueError, ("shape", "(0, 36)", "give (H, W)")),
        (dict(shape=(6, 6.0)), TypeError, ("shape", "6.0", "int")),
        (dict(method="mean"), ValueError, ("method", "'mean'", "use one of")),
        (dict(method=["max"]), ValueError, ("method", "['max']", "use one of")),
        (dict(shape=(6, 6), window=7), ValueError, ("n_features=36", "window=7", "use a smaller window")),
        (dict(shape=(6, 6), window=0), ValueError, ("window", "0", "a window of 1")),
        (dict(shape=(6, 6), window="2"), TypeError, ("window", "'2'", "int")),
        (dict(shape=(6, 6), stride=(1, 2, 3)), ValueError, ("stride", "(1, 2, 3)", "one for each axis")),
        (dict(shape=(6, 6), padding="full"), ValueError, ("padding", "'full'", "valid")),
    ],
)
def test_fit_says_what_is_wrong_and_what_to_do(refuses, settings, error, words):
    step = PoolingTransformer(**settings)  # scikit-learn wants nothing refused here
    refuses(error, lambda: step.fit(X), *words)


def test_rows_of_another_width_are_refused(refuses):
    step = PoolingTransformer((6, 6)).fit(X)
    refuses(ValueError, lambda: step.transform(np.hstack([X, X])), "72 features", "PoolingTransformer", "36 features")


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_nan_and_infinity_are_refused(bad):
    table = X.copy()
    table[1, 2] = bad
    for call in (PoolingTransformer((6, 6)).fit, PoolingTransformer((6, 6)).fit(X).transform):
        with pytest.raises(ValueError, match="contains"):
            call(table)


def test_what_is_set_after_a_fit_waits_for_the_next():
    X = np.random.default_rng(3).normal(size=(5, 16))
    step = PoolingTransformer((4, 4)).fit(X)
    pooled = step.transform(X)
    step.set_params(window=4, method="avg")
    np.testing.assert_array_equal(step.transform(X), pooled)
    assert step.fit_transform(X).shape == (5, 1)


def test_a_shape_may_be_an_array():
    X = np.random.default_rng(4).normal(size=(5, 16))
    np.testing.assert_array_equal(
        PoolingTransformer(np.array([4, 4])).fit_transform(X), PoolingTransformer((4, 4)).fit_transform(X)
    )
