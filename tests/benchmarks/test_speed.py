"""benchmarks/speed.py: what could be wrong about its figures, on workloads that take no time, whatever the speed."""

import json
import sys

import numpy as np
import peers
import pytest
import speed
from peers import KINDS, PEERS, WORKLOADS, Peer, Work

BLOCKS = {"NumPy reshape", "scikit-image"}  # pool nothing else
# A workload, and who cannot do it
TINY = {
    "touching": (Work((2, 6, 8, 3), 2, 2), {"Keras"}),
    "a rest": (Work((2, 7, 6, 1), 2, 2), {"Keras", *BLOCKS}),
    "overlapping, padded at the end": (Work((2, 8, 8, 3), 3, 2, "same"), {"Keras", *BLOCKS}),
    "stride 1, padded all around": (Work((1, 12, 9, 1), 5, 1, "same"), {"Keras", *BLOCKS}),
    "padded unevenly": (Work((1, 10, 10, 2), 4, 3, "same"), {"Keras", "PyTorch", *BLOCKS}),
    "even windows at stride 1": (Work((1, 7, 6, 3), 4, 1, "same"), {"Keras", "PyTorch", *BLOCKS}),
    "one window": (Work((2, 4, 4, 5), 4, 4), {"Keras"}),
    "many channels": (Work((1, 4, 4, 200), 2, 2), {"Keras", "OpenCV"}),
    "bytes": (Work((1, 6, 6, 3), 2, 2, dtype="uint8"), {"Keras"}),
    "back": (Work((2, 6, 8, 3), 2, 2, backward=True), set(PEERS) - {"loops", "TensorFlow", "PyTorch", "JAX"}),
    "c": (WORKLOADS["c"], set()),
}
TOUCHING = TINY["touching"][0]
KIND = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def one_round(monkeypatch):
    monkeypatch.setitem(speed.SETTINGS, "fewest rounds", 1)
    monkeypatch.setitem(speed.SETTINGS, "shortest turn", 1e-9)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # a peer's own affair
@pytest.mark.parametrize("name", TINY)
@KIND
def test_every_peer_answers_as_ours_or_says_why_not(kind, name):
    work, cannot = TINY[name]
    if name == "bytes" and kind == "average":
        cannot = cannot | {"TensorFlow", "PyTorch", "JAX"}
    x, dy = peers.data(work)
    for peer in PEERS:
        ways, part = speed.enter(peer, kind, work, x, dy)  # compares, and ends the run if they differ
        if ways == "not installed":
            continue
        assert isinstance(ways, str) == (peer in cannot), f"{peer}: {ways}"
        assert isinstance(ways, str) or (part == work and {speed.family(way) for way in ways} == {peer})


@KIND
def test_a_peer_that_answers_differently_ends_the_run(kind, monkeypatch):
    monkeypatch.setitem(
        PEERS, "SciPy", Peer(lambda kind, work, x, dy: {"": lambda: np.zeros(work.output_shape)}, "numpy")
    )
    with pytest.raises(SystemExit, match="SciPy and pooling_lib differ"):
        speed.measure(kind, TOUCHING, ["SciPy"])


def test_a_missing_peer_is_named(monkeypatch, one_round):
    monkeypatch.setitem(sys.modules, "cv2", None)
    result = speed.measure("max", TOUCHING, ["OpenCV"], seconds=0)
    assert result["competitors"]["OpenCV"] == "not installed" == peers.ways("OpenCV", "max", TOUCHING, None, None)
    table = "\n".join(speed.workload_table("max", "tiny", TOUCHING, result))
    assert "| OpenCV | | | | | | not installed |" in table
    assert speed.ratio(result["competitors"], "OpenCV") == "not installed"


def test_backward_data_has_no_ties():
    x, _ = peers.data(TINY["back"][0])
    assert all(np.unique(image).size == image.size for image in x) and x.min() < 0 < x.max()


@pytest.mark.parametrize("elements", [1, 1000, 10**6, 10**12])
@pytest.mark.parametrize("name", WORKLOADS)
def test_a_part_lies_within_the_workload_and_reads_no_more_than_asked(name, elements):
    work = WORKLOADS[name]
    part = work.crop(elements)
    assert all(a <= b for a, b in zip(part.shape, work.shape)) and part.window == work.window
    if part != work:
        assert part.padding == "valid" and part.outputs * part.window**2 <= max(elements, part.window**2)


def test_the_time_of_a_part_is_scaled_by_the_outputs(monkeypatch):
    monkeypatch.setitem(speed.SETTINGS, "shortest part", 0)
    monkeypatch.setitem(speed.SETTINGS, "longest call", 0)
    monkeypatch.setattr(speed, "interleave", lambda calls, seconds: dict.fromkeys(calls, [4.0, 1.0, 2.0, 3.0, 5.0]))
    competitors = speed.measure("max", Work((4, 64, 64, 3), 2, 2), ["NumPy reshape"])["competitors"]
    assert competitors["ours"] == {"median": 3, "quartiles": [2, 4], "rounds": 5}
    theirs = competitors["NumPy reshape"]
    images, size, _, channels = theirs["part"]
    times = (4 * 64 * 64 * 3) / (images * size**2 * channels)
    assert times > 1 and theirs["median"] == 3 * times and theirs["quartiles"] == [2 * times, 4 * times]


def test_every_round_gives_each_one_turn_and_the_slow_stop_early(monkeypatch):
    turns = []
    monkeypatch.setattr(speed, "turn", lambda call, repeats=1: turns.append((call, repeats)) or call)
    seconds = {"ours": 1e-4, "near": 4e-3, "slow": 1.0}
    times = speed.interleave(seconds, seconds=1e9)
    assert {name: set(some) for name, some in times.items()} == {name: {one} for name, one in seconds.items()}
    assert {name: len(some) for name, some in times.items()} == {"ours": 41, "near": 41, "slow": 3}
    rounds = turns[6:]  # after two calls of each
    first = [{call for call, _ in rounds[start : start + 3]} for start in (0, 3, 6)]
    assert first == [set(seconds.values())] * 3 and dict(rounds) == {1e-4: 10, 4e-3: 1, 1.0: 1}


def test_ratios_take_the_fastest_way_of_a_peer_and_neither_ours_nor_the_limit():
    times = {
        "ours": 6.0,
        "ours: other": 1.0,
        "limit": 0.5,
        "PyTorch: NCHW": 3.0,
        "PyTorch: channels last": 2.0,
        "SciPy": 4.0,
    }
    competitors = {name: {"median": one} for name, one in times.items()} | {"JAX": "not installed"}
    assert [speed.ratio(competitors, peer) for peer in ("PyTorch", "SciPy", speed.FASTEST)] == [3, 1.5, 3]
    assert speed.ratio(competitors, "JAX") == "not installed"


def test_aims_are_met_up_to_their_ratio_and_open_without_one(monkeypatch):
    monkeypatch.setattr(speed, "AIMS", {("max", "a"): {"SciPy": 1.5, "OpenCV": 1.5}, ("average", "a"): {"SciPy": 1.4}})
    competitors = {"ours": {"median": 3.0}, "SciPy": {"median": 2.0}, "OpenCV": "not installed"}
    aims = list(speed.judged({kind: {"a": {"competitors": competitors}} for kind in KINDS}))
    assert [(aim["ratio"], aim["met"]) for aim in aims] == [(1.5, True), ("not installed", None), (1.5, False)]
    _, *rows = speed.aims_table(aims)
    assert rows == [
        "| a, max | SciPy | 1.5 | 1.5 | met |",
        "| a, max | OpenCV | not installed | 1.5 |  |",
        "| a, average | SciPy | 1.5 | 1.4 | missed |",
    ]


@pytest.mark.parametrize("name", ["touching", "overlapping, padded at the end", "padded unevenly"])
def test_the_error_is_in_units_of_the_mean_size(name):
    work, _ = TINY[name]
    x = np.full(work.shape, -4, np.float32)
    y = np.full(work.output_shape, -4, np.float32)
    assert speed.error(y, x, work) == 0
    y[0, -1, -1, 0] += 1
    assert speed.error(y, x, work) == 0.25


def test_the_peak_counts_the_output_and_what_came_before_it():
    assert 3_000_000 <= speed.peak(lambda: np.ones(2_000_000, np.uint8) + np.ones(1, np.uint8)) - 1_000_000 < 3_100_000


def test_seconds_are_written_in_a_unit_that_fits():
    assert [speed.span(one) for one in (3.1e-6, 0.00125, 2.5, 43210)] == ["3.1 µs", "1.25 ms", "2.5 s", "43,210 s"]


def test_aims_name_workloads_and_peers_that_exist():
    for (kind, name), aims in speed.AIMS.items():
        assert kind in KINDS and name in WORKLOADS and set(aims) <= {*PEERS, speed.FASTEST}


def test_the_result_file_is_whole():
    result = json.loads(speed.RESULT.read_text(encoding="utf-8"))
    assert {
        name: Work(**{**one, "shape": tuple(one["shape"])}) for name, one in result["workloads"].items()
    } == WORKLOADS
    for kind in KINDS:
        assert list(result["speed"][kind]) == list(WORKLOADS)
        for one in result["speed"][kind].values():
            assert {speed.family(name) for name in one["competitors"]} == {"ours", "limit", *PEERS}
        assert {grows: list(points) for grows, points in result["growth"][kind].items()} == {
            g: [*map(str, p)] for g, p in speed.GROWTH.items()
        }
    said = [((aim["kind"], aim["workload"]), aim["peer"], aim["at most"]) for aim in result["aims"]]
    assert said == [(key, peer, most) for key, aims in speed.AIMS.items() for peer, most in aims.items()]
    assert (
        result["settings"] == speed.SETTINGS
        and result["machine"]["processor"]
        and set(result["versions"]) <= set(PEERS)
    )
