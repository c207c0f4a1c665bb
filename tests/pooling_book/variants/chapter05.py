"""Right and wrong answers to the exercises of chapter 05."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from pooling_lib import avg_pool, avg_pool_backward, max_pool, max_pool_backward

# ---- 1: route it by hand ----

BY_HAND = (
    [
        "0 0 0 1 0 7 0 -3 0",
        "0, 0, 0, 1, 0, 7, 0, -3, 0",
        "[[0, 0, 0], [1, 0, 7], [0, -3, 0]]",
        "(0; 0; 0; 1; 0; 7; 0; -3; 0)",
        "0 0 0 1 0 7 0 −3 0",
        "0 0 0 1 0 7 0 –3 0",
        "0.0 0.0 0.0 1.0 0.0 7.0 0.0 -3.0 0.0",
    ],
    [
        "0 0 0 1 0 2 0 2 0",
        "0 0 0 1 0 7 0 2 0",
        "0 0 0 1 0 4.5 0 -0.5 0",
        "0 0 0 1 0 5 0 -3 0",
        "0 0 0 1 0 2 0 -3 0",
        "0 0 0 1 0 7 0 3 0",
        "0 0 0 1 0 2 0 1 0",
        "0 1 0 0 0 -3 0 7 0",
        "0 0 0 7 0 8 0 8 0",
        "1 2 -3 5",
        "1 7 -3",
        "7 8 8 8",
        "0 0 0 1 0 7 0 -3",
        "0 0 0 1 0 7 0 -3 0 0",
        "0.25 0.75 0.5 -0.5 1.25 1.75 -0.75 0.5 1.25",
    ],
)

# ---- 2: three pixels under an average ----

OVERLAP = (
    [
        "1/9 2/9 4/9",
        "1/9, 2/9, 4/9",
        "[1/9, 2/9, 4/9]",
        "0.111111 0.222222 0.444444",
        "0,111111; 0,222222; 0,444444",
        "3/27 6/27 12/27",
        "1 / 9; 2 / 9; 4 / 9",
        [1 / 9, 2 / 9, 4 / 9],
        np.float32([1 / 9, 2 / 9, 4 / 9]),
    ],
    [
        "4/9 2/9 1/9",
        "1 2 4",
        "1/9 1/9 1/9",
        "1/9 2/9 2/9",
        "1/9 1/9 2/9",
        "1/3 2/3 4/3",
        "1 1 1",
        "1 1/2 1/4",
        "0.11 0.22 0.44",
        "1/9 2/9 3/9",
        "1/9 4/9",
        "1/9 2/9",
        "4/9 4/9 4/9",
        "2/9 4/9 8/9",
    ],
)

# ---- 3: an average, backward ----


def by_adding(dy, shape, k, S, p, start=0.0, dtype=float, divisor=None, cut=True, step=None, add=True):
    """Loops over the outputs on a padded image, with each part as it may go wrong."""
    padded = np.full((shape[0] + 2 * p, shape[1] + 2 * p), start, dtype)
    step = step or S
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            here = np.s_[i * step : i * step + k, j * step : j * step + k]
            share = np.asarray(dy[i, j] / (divisor or k * k)).astype(dtype)
            padded[here] = (padded[here] if add else 0) + share
    if not cut:
        return padded
    return padded[p : p + shape[0], p : p + shape[1]]


def in_float32(*given):
    return by_adding(*given, dtype=np.float32)


def by_library(dy, shape, k, S, p):
    return avg_pool_backward(dy, shape, k, S, [(p, p)] * 2, count_include_pad=True)


def by_asking_each_element(dy, shape, k, S, p):
    """The chain rule as it is written: for each element the windows that read it."""
    dx = np.zeros(shape)
    for row, column in np.ndindex(shape):
        for i, j in np.ndindex(dy.shape):
            inside = 0 <= row + p - i * S < k and 0 <= column + p - j * S < k
            dx[row, column] += dy[i, j] / k**2 * inside
    return dx


def by_places_in_the_window(dy, shape, k, S, p):
    padded = np.zeros((shape[0] + 2 * p, shape[1] + 2 * p))
    rows, columns = dy.shape
    for a, b in np.ndindex(k, k):
        padded[a : a + rows * S : S, b : b + columns * S : S] += dy / k**2
    return padded[p : p + shape[0], p : p + shape[1]]


def by_the_transpose(dy, shape, k, S, p):
    dots = np.eye(shape[0] * shape[1]).reshape(-1, *shape)
    P = np.stack([avg_pool(dot, k, S, [(p, p)] * 2, count_include_pad=True).ravel() for dot in dots], axis=1)
    return (P.T @ dy.ravel()).reshape(shape)


def by_places_in_float32(dy, shape, k, S, p):
    """As a GradientTape has it: other sums, in seven digits, so that a true 0 comes out as 1e-8."""
    padded = np.zeros((shape[0] + 2 * p, shape[1] + 2 * p), np.float32)
    share = dy.astype(np.float32) * np.float32(1 / k**2)
    for a, b in reversed(list(np.ndindex(k, k))):
        padded[a : a + dy.shape[0] * S : S, b : b + dy.shape[1] * S : S] += share
    return padded[p : p + shape[0], p : p + shape[1]]


def in_lists(*given):
    return by_adding(*given).tolist()


AVERAGE = (
    [
        by_adding,
        in_float32,
        by_library,
        by_asking_each_element,
        by_places_in_the_window,
        by_the_transpose,
        by_places_in_float32,
        in_lists,
    ],
    [
        lambda dy, shape, k, S, p: by_adding(dy, shape, k, S, p, add=False),
        lambda dy, shape, k, S, p: by_adding(dy, shape, k, S, p, divisor=k),
        lambda dy, shape, k, S, p: by_adding(dy, shape, k, S, p, divisor=1),
        lambda dy, shape, k, S, p: by_adding(dy, shape, k, S, p, divisor=S * S),
        lambda dy, shape, k, S, p: by_adding(dy, shape, k, S, p, step=1),
        lambda dy, shape, k, S, p: by_adding(dy, shape, k, S, p, step=k),
        lambda dy, shape, k, S, p: by_adding(dy, shape, k, S, p, cut=False),
        lambda dy, shape, k, S, p: by_adding(dy, shape, k, S, p, cut=False)[: shape[0], : shape[1]],
        lambda dy, shape, k, S, p: by_adding(dy, shape, k, S, p, dtype=int),
        lambda dy, shape, k, S, p: by_adding(dy, shape, k, S, p, start=1.0),
        lambda dy, shape, k, S, p: by_adding(dy, shape, k, S, p).T,
        lambda dy, shape, k, S, p: by_adding(dy, shape, k, S, p).round(1),
        lambda dy, shape, k, S, p: by_adding(dy[::-1, ::-1], shape, k, S, p),
        lambda dy, shape, k, S, p: -by_adding(dy, shape, k, S, p),
        lambda dy, shape, k, S, p: by_adding(np.ones(dy.shape), shape, k, S, p),
        lambda dy, shape, k, S, p: avg_pool_backward(dy, shape, k, S, [(p, p)] * 2),
    ],
)

# ---- 4: a fair maximum, backward ----


def routed(dy, x, k, S, share, step=None, dtype=float, add=True):
    """Loops over the outputs; `share(window)` says what each element of a window gets of 1."""
    dx = np.zeros(x.shape, dtype)
    step = step or S
    for i, j in np.ndindex(dy.shape):
        here = np.s_[i * step : i * step + k, j * step : j * step + k]
        got = (dy[i, j] * share(x[here])).astype(dtype)
        dx[here] = np.where(got != 0, (dx[here] if add else 0) + got, dx[here])
    return dx


def equal(window):
    tied = window == window.max()
    return tied / tied.sum()


def near(within):
    def share(window):
        tied = window >= window.max() - within
        return tied / tied.sum()

    return share


def first(window):
    return (np.arange(window.size) == window.argmax()).reshape(window.shape) * 1.0


def last(window):
    return first(window[::-1, ::-1])[::-1, ::-1]


def fair(dy, x, k, S):
    return routed(dy, x, k, S, equal)


def fair_in_float32(dy, x, k, S):
    return routed(dy, x.astype(np.float32), k, S, equal, dtype=np.float32)


def fair_in_lists(dy, x, k, S):
    return fair(dy, x, k, S).tolist()


def by_close(dy, x, k, S):
    """Equal to within rounding, as floats are compared by many."""
    return routed(dy, x, k, S, lambda window: (tied := np.isclose(window, window.max())) / tied.sum())


def by_places(dy, x, k, S):
    """Without loops over outputs: count the tied, then pay place by place."""
    windows = sliding_window_view(x, (k, k))[::S, ::S]
    tied = windows == windows.max(axis=(2, 3), keepdims=True)
    share = dy[:, :, None, None] * tied / tied.sum(axis=(2, 3), keepdims=True)
    dx = np.zeros(x.shape)
    for i, j, a, b in np.ndindex(share.shape):
        dx[i * S + a, j * S + b] += share[i, j, a, b]
    return dx


FAIR = (
    [fair, fair_in_float32, fair_in_lists, by_close, by_places],
    [
        lambda dy, x, k, S: routed(dy, x, k, S, near(0.5)),
        lambda dy, x, k, S: routed(dy, x, k, S, near(0.1)),
        lambda dy, x, k, S: routed(dy, x, k, S, near(0.01)),
        lambda dy, x, k, S: routed(dy, x, k, S, near(0.001)),
        lambda dy, x, k, S: fair(dy, x.round(2), k, S),
        lambda dy, x, k, S: fair(dy, x.astype(int), k, S),
        lambda dy, x, k, S: routed(dy, x, k, S, first),
        lambda dy, x, k, S: routed(dy, x, k, S, last),
        lambda dy, x, k, S: routed(dy, x, k, S, lambda window: 1.0 * (window == window.max())),
        lambda dy, x, k, S: routed(dy, x, k, S, lambda window: np.full(window.shape, 1 / window.size)),
        lambda dy, x, k, S: routed(dy, x, k, S, lambda window: equal(-window)),
        lambda dy, x, k, S: routed(dy, x, k, S, lambda window: equal(np.maximum(window, 0)) * (window.max() > 0)),
        lambda dy, x, k, S: routed(dy, x, k, S, lambda window: equal(abs(window))),
        lambda dy, x, k, S: routed(dy, x, k, S, equal, add=False),
        lambda dy, x, k, S: routed(dy, x, k, S, equal, step=1),
        lambda dy, x, k, S: routed(dy, x, k, S, equal, dtype=int),
        lambda dy, x, k, S: fair(np.ones(dy.shape), x, k, S),
        lambda dy, x, k, S: fair(max_pool(x, k, S), x, k, S),
        lambda dy, x, k, S: max_pool_backward(dy, max_pool(x, k, S, return_indices=True)[1], x.shape, k, S),
    ],
)

# ---- 5: how far may you nudge? ----


def by_sorting_windows(x, k, S):
    windows = np.sort(sliding_window_view(x, (k, k))[::S, ::S].reshape(-1, k * k), axis=1)
    return (windows[:, -1] - windows[:, -2]).min()


def by_partition(x, k, S):
    windows = sliding_window_view(x, (k, k))[::S, ::S].reshape(-1, k * k)
    two = np.partition(windows, -2, axis=1)[:, -2:]
    return float((two[:, 1] - two[:, 0]).min())


def by_taking_the_winner_out(x, k, S):
    least = np.inf
    for i in range(0, x.shape[0] - k + 1, S):
        for j in range(0, x.shape[1] - k + 1, S):
            others = x[i : i + k, j : j + k].ravel().tolist()
            winner = max(others)
            others.remove(winner)
            least = min(least, winner - max(others))
    return least


def by_running_two(x, k, S):
    leads = []
    for i in range((x.shape[0] - k) // S + 1):
        for j in range((x.shape[1] - k) // S + 1):
            most, second = -np.inf, -np.inf
            for element in x[i * S : i * S + k, j * S : j * S + k].flat:
                if element > most:
                    most, second = element, most
                elif element > second:
                    second = element
            leads.append(most - second)
    return np.min(leads)


def by_pooling_twice(x, k, S):
    """Take each winner out of its own window, and look for the largest of the rest."""
    windows = sliding_window_view(x.astype(np.float32), (k, k))[::S, ::S].reshape(-1, k * k).copy()
    winners = windows.max(axis=1)
    windows[np.arange(len(windows)), windows.argmax(axis=1)] = -np.inf
    return (winners - windows.max(axis=1)).min()


def lead_by(x, k, S, of=lambda ordered: ordered[-1] - ordered[-2], over=min, beyond=0):
    leads = [
        of(np.sort(x[i : i + k, j : j + k], axis=None))
        for i in range(0, x.shape[0] - k + 1 + beyond, S)
        for j in range(0, x.shape[1] - k + 1 + beyond, S)
    ]
    return over(leads)


def to_the_next_value(ordered):
    values = np.unique(ordered)
    return values[-1] - values[-2] if values.size > 1 else np.inf


LEAD = (
    [by_sorting_windows, by_partition, by_taking_the_winner_out, by_running_two, by_pooling_twice],
    [
        lambda x, k, S: lead_by(x, k, S, over=max),
        lambda x, k, S: lead_by(x, k, S, over=np.mean),
        lambda x, k, S: lead_by(x, k, S, over=np.median),
        lambda x, k, S: lead_by(x, k, S, over=lambda leads: leads[0]),
        lambda x, k, S: lead_by(x, k, S, over=lambda leads: leads[-1]),
        lambda x, k, S: lead_by(x, k, S, over=np.array),
        lambda x, k, S: lead_by(x, k, S) / 2,
        lambda x, k, S: -lead_by(x, k, S),
        lambda x, k, S: lead_by(x, k, S, of=to_the_next_value),
        lambda x, k, S: lead_by(x, k, S, of=lambda ordered: ordered[-1] - ordered[0]),
        lambda x, k, S: lead_by(x, k, S, of=lambda ordered: np.diff(ordered).min()),
        lambda x, k, S: lead_by(x, k, S, of=lambda ordered: ordered[1] - ordered[0]),
        lambda x, k, S: lead_by(abs(x), k, S),
        lambda x, k, S: lead_by(np.maximum(x, 0), k, S),
        lambda x, k, S: lead_by(x, k, 1),
        lambda x, k, S: lead_by(x, k, k),
        lambda x, k, S: lead_by(x, k, S, beyond=-1) if x.shape[0] > k else 0,
        lambda x, k, S: int(lead_by(x, k, S)),
        lambda x, k, S: np.diff(np.sort(x, axis=None))[-1],
        lambda x, k, S: np.diff(np.sort(x, axis=None)).min(),
    ],
)

# ---- 6: the matrix of a maximum ----


def rows_of(x, k, S, row=lambda window: np.arange(len(window)) == window.argmax(), step=None):
    starts = range(0, len(x) - k + 1, step or S)
    M = np.zeros((len(starts), len(x)))
    for i, start in enumerate(starts):
        M[i, start : start + k] = row(x[start : start + k])
    return M


def by_the_switches(x, k, S):
    y, where = max_pool(x, k, S, return_indices=True)
    M = np.zeros((y.size, x.size), int)
    M[np.arange(y.size), where] = 1
    return M


def of_truth_values(x, k, S):
    return rows_of(x, k, S) == 1


def by_rows_of_the_identity(x, k, S):
    return np.eye(len(x), dtype=np.float32)[max_pool(x, k, S, return_indices=True)[1]]


def of_lists(x, k, S):
    return rows_of(x, k, S).tolist()


def by_backward_passes(x, k, S):
    y, where = max_pool(x, k, S, return_indices=True)
    return np.stack([max_pool_backward(unit, where, x.shape, k, S) for unit in np.eye(y.size)])


def tied_share(window):
    tied = window == window.max()
    return tied / tied.sum()


def last_of(window):
    return np.arange(len(window)) == len(window) - 1 - window[::-1].argmax()


MATRIX = (
    [rows_of, by_the_switches, of_truth_values, by_rows_of_the_identity, of_lists, by_backward_passes],
    [
        lambda x, k, S: rows_of(x, k, S).T,
        lambda x, k, S: rows_of(x, k, S) * x,
        lambda x, k, S: rows_of(x, k, S, row=last_of),
        lambda x, k, S: rows_of(x, k, S, row=tied_share),
        lambda x, k, S: rows_of(x, k, S, row=lambda window: window == window.max()),
        lambda x, k, S: rows_of(x, k, S, row=lambda window: np.full(k, 1 / k)),
        lambda x, k, S: rows_of(x, k, S, row=lambda window: np.ones(k)),
        lambda x, k, S: rows_of(-x, k, S),
        lambda x, k, S: rows_of(abs(x), k, S),
        lambda x, k, S: rows_of(x, k, S, step=1),
        lambda x, k, S: rows_of(x, k, S, step=k),
        lambda x, k, S: np.eye(len(x))[[int(x[i : i + k].argmax()) for i in range(0, len(x) - k + 1, S)]],
        lambda x, k, S: np.eye(k)[[int(x[i : i + k].argmax()) for i in range(0, len(x) - k + 1, S)]],
        lambda x, k, S: max_pool(x, k, S, return_indices=True)[1],
        lambda x, k, S: max_pool(x, k, S),
        lambda x, k, S: rows_of(x, k, S)[:-1],
        lambda x, k, S: rows_of(x, k, S)[:, ::-1],
    ],
)

VARIANTS = {1: BY_HAND, 2: OVERLAP, 3: AVERAGE, 4: FAIR, 5: LEAD, 6: MATRIX}
