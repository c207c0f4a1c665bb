"""How fast pooling_lib is: every workload of peers.py, beside its peers, on one thread.

    python benchmarks/speed.py [--only WORKLOAD ...]

Prints its tables and writes all figures to speed.json beside this file. With --only it measures these workloads and
writes nothing.

How the comparison is kept fair: every answer is first compared with ours, and the run stops where one differs. Then
come rounds: in each, every competitor has one turn, in shuffled order, so that whatever else the machine does falls on
all. A turn repeats a call until it fills a millisecond. A turn that takes 50 times ours is given three times only. A
call that would take longer than a second is made on a part of the workload, which the table names, and its time scaled
by the outputs. Figures are medians over the rounds, with quartiles. Each call makes a fresh output, contiguous in its
own layout.
"""

import argparse
import datetime
import gc
import json
import math
import os
import platform
import random
import sys
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import numpy as np
import peers
from peers import KINDS, PEERS, WORKLOADS, Work

RESULT = Path(__file__).with_name("speed.json")
SETTINGS = {
    "threads": 1,
    "seed": 0,
    "most rounds": 41,
    "fewest rounds": 3,  # which is also what the slow get
    "seconds a workload": 8,
    "seconds a growth point": 0.7,
    "shortest turn": 1e-3,  # s
    "slow": 50,  # turns of ours
    "longest call": 1.0,  # s, and else a part of the workload
    "shortest part": 0.05,  # s: a part must say something about the whole
}
CLOSE = 1e-4  # how far averages may differ between libraries; OpenCV rounds those of uint8

FASTEST = "the fastest peer"
#: At most how many times the peer's time ours may take.
AIMS = {
    ("max", "a"): {"TensorFlow": 1.25},
    ("max", "b"): {"TensorFlow": 1.25},
    ("max", "c"): {FASTEST: 1.0},
    ("max", "d"): {"TensorFlow": 2.9},
    ("max", "e"): {"TensorFlow": 0.5},
    ("max", "f"): {"OpenCV": 1.1, "TensorFlow": 0.05},
    ("max", "g"): {"OpenCV": 0.75},
    ("max", "h"): {"OpenCV": 0.35},
    ("max", "bwd a"): {"TensorFlow": 0.15, "PyTorch": 0.6},
    ("average", "a"): {"TensorFlow": 1.5},
    ("average", "e"): {"TensorFlow": 0.6},
    ("average", "i"): {"TensorFlow": 0.9},
}
MEMORY = 1.0  # at most how many times 2 x (input + output) may be held at once
ERROR = 1e-6  # at most how far an average may lie from the exact one, in units of its window's mean |x|

GROWTH = {
    "window": {k: Work((1, 1024, 1024, 3), k, 1, "same") for k in (2, 3, 7, 15, 31, 63, 127)},
    "side": {n: Work((1, n, n, 3), 2, 2) for n in (32, 128, 512, 1024, 2048, 4096)},
    "channels": {c: Work((1, 256, 256, c), 2, 2) for c in (1, 3, 8, 32, 64, 128)},
    "batch": {n: Work((n, 56, 56, 64), 2, 2) for n in (1, 4, 16, 64)},
}
GROWTH_PEERS = "TensorFlow", "OpenCV"


# Measuring


def measure(kind, work, names=PEERS, seconds=SETTINGS["seconds a workload"]):
    """One workload: times of all competitors, or why there are none; memory and, of averages, the error of ours."""
    x, dy = peers.data(work, SETTINGS["seed"])
    ours = peers.ours(kind, work, x, dy)
    expected = ours["ours"]()
    answers = {name: compared(name, kind, work, call(), expected) for name, call in ours.items()}
    averages = kind == "average" and not work.backward
    errors = {name: error(y, x, work) for name, y in answers.items()} if averages else {}
    # Backward, the gradient is read; and the places of the maxima, int64
    given = x.nbytes if dy is None else dy.nbytes + (8 * dy.size if kind == "max" else 0)
    memory = (given + peak(ours["ours"])) / (2 * (given + expected.nbytes))

    calls, parts, silent = ours | {"limit": copy(given + expected.nbytes)}, {}, {}
    for name in names:
        ways, part = enter(name, kind, work, x, dy)
        if isinstance(ways, str):
            silent[name] = ways
        else:
            calls |= ways
            parts |= dict.fromkeys(ways, part)
    competitors = {
        name: summary(times, work, parts.get(name, work)) for name, times in interleave(calls, seconds).items()
    }
    return {"competitors": competitors | silent, "memory": memory, "errors": errors}


def summary(times, work, part):
    low, middle, high = (np.quantile(times, [0.25, 0.5, 0.75]) * work.outputs / part.outputs).tolist()
    whole = {"median": middle, "quartiles": [low, high], "rounds": len(times)}
    return whole if part == work else whole | {"part": part.shape}


def enter(name, kind, work, x, dy):
    """A peer's ways, compared with ours, through the work or, where a call would take too long, a part of it."""
    elements, part = 20_000, None
    while part != work:
        part = work.crop(elements)
        some = peers.cut(x, part.shape), peers.cut(dy, part.output_shape)
        ways = peers.ways(name, kind, part, *some)
        if isinstance(ways, str):
            return ways, None
        expected = peers.ours(kind, part, *some)["ours"]()
        for way, call in ways.items():
            compared(way, kind, part, call(), expected)
        slowest = max(turn(call) for call in ways.values())
        if slowest > SETTINGS["shortest part"] and slowest * work.outputs / part.outputs > SETTINGS["longest call"]:
            break
        elements *= 8
    return ways, part


def compared(name, kind, work, answer, expected):
    """The answer as an array, if it equals ours; otherwise the run ends."""
    answer = peers.as_array(answer, expected.shape)
    if kind == "max":
        same = np.array_equal(answer, expected)
    else:
        same = np.all(np.abs(answer - expected) <= CLOSE + 0.5 * (answer.dtype == np.uint8))
    if not same:
        sys.exit(f"{name} and pooling_lib differ: {kind} of {work}")
    return answer


def error(y, x, work):
    """Largest distance of averages from those in float64, in units of the mean |x| of each window."""

    def sums(image):  # running sums: exact enough in float64
        for axis, along in enumerate(work.windows):
            total = np.concatenate([np.zeros_like(image.take([0], axis)), image.cumsum(axis)], axis)
            ends = [(along.covered(output).start, along.covered(output).stop) for output in range(along.count)]
            first, last = np.array(ends).T
            image = total.take(last, axis) - total.take(first, axis)
        return image

    images = zip(y.astype(np.float64), x.astype(np.float64))
    return max(float(np.max(np.abs(mean * work.counts - sums(image)) / sums(np.abs(image)))) for mean, image in images)


def copy(moved):
    """The limit: reads and writes, together, as many bytes as the work must move."""
    source, target = np.ones(moved // 2, np.uint8), np.zeros(moved // 2, np.uint8)
    return lambda: np.copyto(target, source)


def peak(call):
    """Bytes that a call holds at its peak, its output among them: in a new thread, which has no scratch memory yet."""

    def measured():
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        call()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most - before

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(measured).result()


def turn(call, repeats=1):
    """Seconds a call."""
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return (time.perf_counter() - start) / repeats


def interleave(calls, seconds):
    """Seconds a call, one from each round: {name: [...]}."""
    once = {name: min(turn(call), turn(call)) for name, call in calls.items()}
    repeats = {name: math.ceil(SETTINGS["shortest turn"] / max(one, 1e-7)) for name, one in once.items()}
    slow = {name for name in calls if once[name] * repeats[name] > SETTINGS["slow"] * once["ours"] * repeats["ours"]}
    order, shuffle = list(calls), random.Random(SETTINGS["seed"]).shuffle
    times = {name: [] for name in calls}
    end = time.perf_counter() + seconds
    gc.disable()  # as timeit does
    for number in range(SETTINGS["most rounds"]):
        enough = number >= SETTINGS["fewest rounds"]
        if enough and time.perf_counter() > end:
            break
        shuffle(order)
        for name in order:
            if not (enough and name in slow):
                times[name].append(turn(calls[name], repeats[name]))
    gc.enable()
    return times


# Reporting


def ratio(competitors, peer):
    """Ours over the peer's fastest way, or in a few words why there is none."""
    times = {name: one["median"] for name, one in competitors.items() if isinstance(one, dict)}
    theirs = [
        name for name in times if (family(name) not in ("ours", "limit") if peer == FASTEST else family(name) == peer)
    ]
    return times["ours"] / min(times[name] for name in theirs) if theirs else competitors.get(peer, "not measured")


def family(name):
    return name.split(":")[0]


def judged(speed):
    """Every aim, with its ratio and whether it is met (None without a ratio)."""
    for (kind, name), aims in AIMS.items():
        for peer, most in aims.items():
            if name in speed[kind]:
                got = ratio(speed[kind][name]["competitors"], peer)
                met = None if isinstance(got, str) else got <= most
                yield {"kind": kind, "workload": name, "peer": peer, "at most": most, "ratio": got, "met": met}


def workload_table(kind, name, work, result):
    competitors = result["competitors"]
    ours, limit = (competitors[name]["median"] for name in ("ours", "limit"))
    way = "back through " if work.backward else ""
    size = "x".join(map(str, work.shape))
    windows = f"{way}{work.window}x{work.window} windows, stride {work.stride}, {work.padding}"
    yield f"\n{name}, {kind}: {windows}, of {size} {work.dtype}\n"
    yield "| competitor | median | quartiles | x ours | x limit | rounds | |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | --- |"
    for who, one in competitors.items():
        if isinstance(one, str):
            yield f"| {who} | | | | | | {one} |"
            continue
        middle, (low, high) = one["median"], one["quartiles"]
        note = f"scaled, from {'x'.join(map(str, one['part']))}" if "part" in one else ""
        spans = f"{span(middle)} | {span(low)} to {span(high)}"
        yield f"| {who} | {spans} | {middle / ours:.3g} | {middle / limit:.3g} | {one['rounds']} | {note} |"
    held = f"{result['memory']:.2f} of 2 x (input + output), at most {MEMORY}"
    yield f"\nMemory of ours: {held}: {verdict(result['memory'] <= MEMORY)}"
    for who, one in result["errors"].items():
        yield f"Error of {who}: {one:.1e} of mean |x|, at most {ERROR}: {verdict(one <= ERROR)}"


def growth_table(kind, grows, points):
    yield (
        f"\nGrowth with {grows}, {kind}\n\n| {grows} | ours | "
        + " | ".join(GROWTH_PEERS)
        + " |\n| --- |"
        + " ---: |" * (1 + len(GROWTH_PEERS))
    )
    for value, competitors in points.items():
        found = [
            next(one for name, one in competitors.items() if family(name) == who) for who in ("ours", *GROWTH_PEERS)
        ]
        cells = [one if isinstance(one, str) else span(one["median"]) + " (scaled)" * ("part" in one) for one in found]
        yield f"| {value} | {' | '.join(cells)} |"


def aims_table(aims):
    yield "\nAims: ours / peer\n\n| workload | peer | ratio | at most | |\n| --- | --- | ---: | ---: | --- |"
    for aim in aims:
        got = aim["ratio"] if isinstance(aim["ratio"], str) else f"{aim['ratio']:.3g}"
        yield f"| {aim['workload']}, {aim['kind']} | {aim['peer']} | {got} | {aim['at most']} | {verdict(aim['met'])} |"


def span(seconds):
    unit, size = next(((unit, size) for unit, size in (("s", 1), ("ms", 1e-3)) if seconds >= size), ("µs", 1e-6))
    return f"{seconds / size:.3g} {unit}" if seconds < 1000 else f"{seconds:,.0f} s"


def verdict(met):
    return {True: "met", False: "missed", None: ""}[met]


def machine():
    def read(path):
        return Path(path).read_text() if Path(path).exists() else ""

    processor = [
        line.split(":")[1].strip() for line in read("/proc/cpuinfo").splitlines() if line.startswith("model name")
    ]
    caches = sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else None
    return {
        "processor": processor[0] if processor else platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "caches": [" ".join(read(cache / name).strip() for name in ("level", "type", "size")) for cache in caches],
        "memory": f"{memory / 2**30:.0f} GiB" if memory else "unknown",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "Python": platform.python_version(),
        "NumPy": np.__version__,
    }


def versions():
    return {
        name: getattr(peers.find(peer.module), "__version__", "not installed")
        for name, peer in PEERS.items()
        if peer.module != "numpy"
    }


def main(only):
    peers.one_thread()
    about = {
        "date": datetime.date.today().isoformat(),
        "machine": machine(),
        "versions": versions(),
        "settings": SETTINGS,
    }
    print(json.dumps(about, indent=1, ensure_ascii=False), flush=True)
    speed, growth = {kind: {} for kind in KINDS}, {kind: {} for kind in KINDS}
    for name, kind in ((name, kind) for name in only or WORKLOADS for kind in KINDS):
        speed[kind][name] = measure(kind, WORKLOADS[name])
        print(*workload_table(kind, name, WORKLOADS[name], speed[kind][name]), sep="\n", flush=True)
    for grows, kind in () if only else ((grows, kind) for grows in GROWTH for kind in KINDS):
        seconds = SETTINGS["seconds a growth point"]
        points = {
            value: measure(kind, work, GROWTH_PEERS, seconds)["competitors"] for value, work in GROWTH[grows].items()
        }
        growth[kind][grows] = points
        print(*growth_table(kind, grows, points), sep="\n", flush=True)
    aims = list(judged(speed))
    print(*aims_table(aims), sep="\n")
    if not only:
        workloads = {name: asdict(work) for name, work in WORKLOADS.items()}
        figures = json.dumps(about | {"workloads": workloads, "aims": aims, "speed": speed, "growth": growth})
        figures = json.loads(figures, parse_float=lambda text: float(f"{float(text):.4g}"))  # the rest is noise
        RESULT.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--only", nargs="+", choices=WORKLOADS, metavar="WORKLOAD", help=f"of {', '.join(WORKLOADS)}; writes nothing"
    )
    main(parser.parse_args().only)
