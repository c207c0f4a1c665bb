"""Tests of the window arithmetic: every small case against a walk over a labelled axis, and the refusals."""

import itertools

import numpy as np
import pytest

from pooling_lib.geometry import Windows, extent, output_size, place, windows

PAIRS = list(itertools.product(range(3), repeat=2))
SMALL = list(itertools.product(range(1, 10), range(1, 5), range(1, 4)))  # size, stride, dilation
EVERY_WINDOW = pytest.mark.parametrize("window", range(1, 5))


def walk(size, window, stride, dilation, before, after, ceil_mode):
    """Each window as (start, its cells): real cells hold their position, cells of padding hold None.

    A slice of a list ends where the list ends, so that overhang is not even there.
    """
    cells = [None] * before + list(range(size)) + [None] * after
    span = dilation * (window - 1) + 1
    found = []
    for first in range(0, len(cells), stride):
        fits = first + span <= len(cells)
        # ceil_mode adds a window after the last that fits, unless that one ended exactly at the end.
        hangs_over = ceil_mode and first - stride + span < len(cells)
        starts_in_end_padding = ceil_mode and first >= before + size
        if (fits or hangs_over) and not starts_in_end_padding:
            found.append((first - before, cells[first : first + span : dilation]))
    return found


def real(cells):
    return [cell for cell in cells if cell is not None]


@pytest.mark.parametrize("ceil_mode", [False, True])
@EVERY_WINDOW
def test_windows_are_those_of_a_walk_along_the_axis(window, ceil_mode):
    for size, stride, dilation in SMALL:
        for padding in PAIRS:
            case = size, window, stride, padding, dilation, ceil_mode
            walked = walk(size, window, stride, dilation, *padding, ceil_mode)
            if not walked or not all(real(cells) for _, cells in walked):
                with pytest.raises(ValueError):
                    windows(*case)
                continue
            placed = windows(*case)
            gaps = dilation if window > 1 else 1
            assert placed == Windows(size, window, stride, gaps, *padding, len(walked)), case
            assert output_size(*case) == len(walked), case
            for output, (start, cells) in enumerate(walked):
                assert placed.start(output) == start, case
                assert list(placed.covered(output)) == real(cells), case
                assert len(placed.covered(output, padding=True)) == len(cells), case
                assert [p if 0 <= p < size else None for p in placed.covered(output, padding=True)] == cells, case


@pytest.mark.parametrize("kind", ["floor", "ceil", "same"])
@EVERY_WINDOW
def test_taps_and_covered_tell_the_same(window, kind):
    for size, stride, dilation in SMALL:
        for padding in ["same"] if kind == "same" else PAIRS:
            try:
                placed = windows(size, window, stride, padding, dilation, kind == "ceil")
            except ValueError:
                continue  # which ones are refused is the test above
            fed = [[] for _ in range(placed.count)]
            for outputs, inputs in placed.taps():
                sources, targets = range(size)[inputs], range(placed.count)[outputs]
                assert len(sources) == len(targets) > 0
                assert inputs.start >= 0 and inputs.stop <= size and outputs.start >= 0 and outputs.stop <= placed.count
                for target, source in zip(targets, sources):
                    fed[target].append(source)
            assert fed == [list(placed.covered(output)) for output in range(placed.count)]


@EVERY_WINDOW
def test_output_size_is_the_textbook_formula(window):
    for size, stride, dilation in SMALL:
        for before, after in PAIRS:
            try:
                count = output_size(size, window, stride, (before, after), dilation)
            except ValueError:
                continue
            assert count == (size + before + after - dilation * (window - 1) - 1) // stride + 1


@EVERY_WINDOW
def test_same_is_tensorflows_formula_and_the_odd_row_goes_to_the_end(window):
    for size, stride, dilation in SMALL:
        span = dilation * (window - 1) + 1
        # As documented under tf.nn, "Notes on padding".
        total = max(span - stride, 0) if size % stride == 0 else max(span - size % stride, 0)
        before, after = total // 2, total - total // 2
        walked = walk(size, window, stride, dilation, before, after, False)
        if not all(real(cells) for _, cells in walked):  # a gap of the dilation straddles the whole axis
            with pytest.raises(ValueError):
                windows(size, window, stride, "same", dilation)
            continue
        placed = windows(size, window, stride, "same", dilation)
        assert (placed.count, placed.before, placed.after) == (-(-size // stride), before, after)
        assert len(walked) == placed.count


@pytest.mark.parametrize(
    "case, expected",
    [
        pytest.param(dict(size=55, window=3, stride=2), 27, id="AlexNet's first pool"),
        pytest.param(dict(size=112, window=3, stride=2, padding=(1, 1)), 56, id="ResNet's only max pool"),
        pytest.param(dict(size=112, window=3, stride=2), 55, id="the same without padding"),
        pytest.param(dict(size=112, window=3, stride=2, ceil_mode=True), 56, id="GoogLeNet in Caffe"),
        pytest.param(dict(size=25, window=2), 12, id="the last row is dropped"),
        pytest.param(dict(size=25, window=2, ceil_mode=True), 13, id="the last row is kept"),
        pytest.param(dict(size=29, window=2, padding="same"), 15, id="same rounds up"),
        pytest.param(dict(size=5, window=2, padding=(0, 1)), 3, id="padding at the end only"),
        pytest.param(
            dict(size=3, window=2, padding=(1, 1), ceil_mode=True), 2, id="a third would start in the padding"
        ),
        pytest.param(dict(size=5, window=7, stride=7, ceil_mode=True), 1, id="the first window may hang over too"),
    ],
)
def test_known_sizes(case, expected):
    assert output_size(**case) == expected


def test_a_window_made_of_padding_only_is_refused_wherever_it_lies(refuses):
    for padding, output in [((2, 0), "window 0"), ((0, 2), "window 2")]:
        refuses(ValueError, lambda: windows(4, 2, 2, padding), f"padding={padding}", output, "use less padding")


def test_a_dilation_that_straddles_a_small_axis_is_refused():
    with pytest.raises(ValueError, match="without a single real element"):
        windows(1, 2, 1, (1, 1), dilation=2)  # elements at -1 and 1
    assert list(windows(1, 3, 1, (2, 2), dilation=2).covered(0)) == [0]  # elements at -2, 0 and 2


def test_stride_defaults_to_the_window():
    assert windows(9, 3) == windows(9, 3, 3)
    assert place((9, 8), (3, 2)) == place((9, 8), (3, 2), (3, 2))


def test_place_is_windows_once_per_axis():
    placed = place((7, 6, 5), (3, 2, 1), (1, 2, 3), [(1, 0), (0, 1), (0, 0)], (2, 1, 1), True)
    assert placed == (
        windows(7, 3, 1, (1, 0), 2, True),
        windows(6, 2, 2, (0, 1), 1, True),
        windows(5, 1, 3, (0, 0), 1, True),
    )
    assert place((7, 6), 2, 1, "same", 2) == (windows(7, 2, 1, "same", 2), windows(6, 2, 1, "same", 2))


def test_numpy_integers_and_lists_are_as_good_as_ints_and_tuples():
    plain = place((7, 6), (3, 2), (1, 2), [(1, 0), (0, 1)], (1, 2))
    three, two, one, none = np.int64(3), np.uint8(2), np.int8(1), np.intp(0)
    assert place([np.int32(7), 6], [three, two], [one, two], [[one, none], (none, one)], [one, two]) == plain
    assert all(type(number) is int for w in place([np.int32(7), 6], [three, two]) for number in vars(w).values())


def test_huge_numbers_are_plain_integers():
    huge = 10**30
    assert windows(4, 1, stride=huge).count == windows(4, 1, dilation=huge).count - 3 == 1
    assert list(windows(4, 1, stride=huge).taps()) == [(slice(0, 1, 1), slice(0, 1, huge))]


def test_extent_counts_the_gaps():
    assert [extent(1, 5), extent(3), extent(3, 2), extent(2, 4)] == [1, 3, 5, 5]


REFUSED = {
    "a window of 0": (ValueError, dict(window=0), "window=0", "at least 1"),
    "a negative window": (ValueError, dict(window=(2, -1)), "window=(2, -1)", "at least 1"),
    "a stride of 0": (ValueError, dict(stride=0), "stride=0", "at least 1"),
    "a dilation of 0": (ValueError, dict(dilation=(0, 1)), "dilation=(0, 1)", "at least 1"),
    "an empty axis": (ValueError, dict(shape=(4, 0)), "size=(4, 0)", "at least 1"),
    "negative padding": (ValueError, dict(padding=[(0, 0), (-1, 0)]), "padding=[(0, 0), (-1, 0)]", "slice the input"),
    "a window that fits nowhere": (ValueError, dict(window=(2, 5)), "window=5", "smaller window or more padding"),
    "a dilated window that fits nowhere": (
        ValueError,
        dict(dilation=9),
        "dilation=9",
        "smaller window or more padding",
    ),
    "too few windows": (ValueError, dict(window=(2,)), "window=(2,)", "one for each axis"),
    "too many strides": (ValueError, dict(stride=[1, 1, 1]), "stride=[1, 1, 1]", "one for each axis"),
    "too few pairs": (ValueError, dict(padding=[(1, 1)]), "padding=[(1, 1)]", "write [(1, 1), (1, 1)]"),
    "too many pairs": (ValueError, dict(padding=[(1, 1)] * 3), "padding=[(1, 1), ", "write [(1, 1), (1, 1)]"),
    "padding that is not pairs": (ValueError, dict(padding=(1, 1)), "padding=(1, 1)", "write [(1, 1), (1, 1)]"),
    "padding as a number": (ValueError, dict(padding=1), "padding=1", "write [(1, 1), (1, 1)]"),
    "padding as triples": (ValueError, dict(padding=[(1, 1, 1)] * 2), "padding=[(1, 1, 1)", "write [(1, 1), (1, 1)]"),
    "an unknown padding": (ValueError, dict(padding="SAME"), "padding='SAME'", "use 'valid', 'same'"),
    "an empty word for padding": (ValueError, dict(padding=""), "padding=''", "use 'valid', 'same'"),
    "ceil_mode with same": (ValueError, dict(padding="same", ceil_mode=True), "padding='same'", "drop one"),
    "True as a window": (TypeError, dict(window=True), "window=True", "must be an int"),
    "NumPy's True as a window": (TypeError, dict(window=np.True_), "True", "must be an int"),
    "a whole float as a window": (TypeError, dict(window=2.0), "window=2.0", "must be an int"),
    "a whole float as a stride": (TypeError, dict(stride=(1, 2.0)), "stride=(1, 2.0)", "must be an int"),
    "a string as a dilation": (TypeError, dict(dilation="2"), "dilation='2'", "must be an int"),
    "no window at all": (TypeError, dict(window=None), "window=None", "must be an int"),
    "a whole float in the padding": (
        TypeError,
        dict(padding=[(1.0, 0), (0, 0)]),
        "padding=[(1.0, 0), (0, 0)]",
        "must be an int",
    ),
    "True in the padding": (
        TypeError,
        dict(padding=[(True, 0), (0, 0)]),
        "padding=[(True, 0), (0, 0)]",
        "must be an int",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(name, refuses):
    error, arguments, value, mend = REFUSED[name]
    refuses(error, lambda: place(**{"shape": (4, 4), "window": 2} | arguments), value.split("=")[0], value, mend)


@EVERY_WINDOW
@pytest.mark.parametrize("padding", PAIRS)
def test_a_part_reads_what_its_windows_read_and_ends_where_the_last_of_them_does(window, padding):
    for size, stride, dilation in SMALL:
        try:
            whole = windows(size, window, stride, padding, dilation)
        except ValueError:
            continue
        for begin, end in itertools.combinations(range(whole.count + 1), 2):
            elements, part = whole.part(begin, end)
            assert part.count == end - begin and part.size == elements.stop - elements.start
            for output in range(part.count):
                assert [elements.start + at for at in part.covered(output)] == list(whole.covered(begin + output))
            assert part.start(0) == -part.before
            assert part.start(part.count - 1) + extent(window, dilation) == part.size + part.after
