"""The tables of appendix/libraries.md, made of what every_library.py found; what is not run names its documentation."""

import re

DOCUMENTED = {
    "ONNX": "https://onnx.ai/onnx/operators/onnx__MaxPool.html",
    "OpenCV": "https://docs.opencv.org/4.x/d4/d86/group__imgproc__filter.html",
}


def case(found, library, size=6, **wanted):
    """A library's answer to the one case with these settings; what is not said is a plain pool with stride 2."""
    wanted = {
        "kind": "max",
        "window": 3,
        "stride": 2,
        "padding": "valid",
        "ceil": False,
        "divisor": None,
        "size": size,
    } | wanted
    (one,) = [case for case in found["cases"] if all(case[key] == value for key, value in wanted.items())]
    return one["answers"][library]


def agrees(answer):
    return "output" in answer and "why" not in answer


def code(text):
    return f"`{text}`"


def named(library, words, function):
    """A cell; of OpenCV, which has a function for each of its answers, with the one that was asked."""
    return f"{code(function)}: {words}" if library == "OpenCV" else words


def defaults(found):
    """Library, function, names of window, stride and padding, and what they are if left out."""
    names = {
        "pooling_lib": ("max_pool", "window", "stride", "padding"),
        "TensorFlow, `max_pool2d`": ("tf.nn.max_pool2d", "ksize", "strides", "padding"),
        "TensorFlow, `tf.nn.pool`": ("tf.nn.pool", "window_shape", "strides", "padding"),
        "Keras, maximum": ("MaxPooling2D", "pool_size", "strides", "padding"),
        "Keras, average": ("AveragePooling2D", "pool_size", "strides", "padding"),
        "PyTorch": ("torch.nn.MaxPool2d", "kernel_size", "stride", "padding"),
        "JAX": ("reduce_window", "window_dimensions", "window_strides", "padding"),
        "Flax": ("nnx.max_pool", "window_shape", "strides", "padding"),
        "scikit-image": ("block_reduce", "block_size", None, "cval"),
        "SciPy ndimage, maximum": ("ndimage.maximum_filter", "size", None, "mode"),
        "SciPy ndimage, mean": ("ndimage.uniform_filter", "size", None, "mode"),
        "SciPy signal, maximum": ("signal.order_filter", "domain", None, None),
        "SciPy signal, mean": ("signal.convolve2d", "in2", None, "mode"),
    }
    for title, (function, *arguments) in names.items():
        library = title.split(",")[0]
        known = found["questions"]["defaults"][library][function]
        step = "required" if "strides" in known and known["strides"] == "required" else strides(found, library)
        quoted = {name: code(value) if value.startswith("'") else value for name, value in known.items()}
        words = [f"{code(name)}: {quoted[name]}" if name else "zeros" for name in arguments]
        words[1] = f"{code(arguments[1])}: {step}" if arguments[1] else step
        yield [title, *(word.replace(": required", ", required") for word in words)]
    link = lambda library: f"[documented]({DOCUMENTED[library]})"
    yield ["ONNX", "`kernel_shape`, required", f"`strides`: {strides(found, 'ONNX')}", f"`pads`: 0, {link('ONNX')}"]
    yield [
        "OpenCV",
        "`kernel`, `ksize`",
        strides(found, "OpenCV"),
        f"`blur`: mirrored, `dilate`: nothing, {link('OpenCV')}",
    ]


def strides(found, library):
    """What the stride is if it is left to the library, by the size that comes out of 6 x 6 and a window of 3."""
    outputs = len(case(found, library, stride=None)["output"])
    return {2: "the window", 4: "1", 6: "1, slice afterwards"}[outputs]


def padding(found):
    """Library, what *same* gives, padding by hand, and how much of it a window of 3 may have."""
    for library in order(found):
        same = [case(found, library, size=size, padding="same") for size in (6, 5)]
        by_name = (
            "TensorFlow’s rule"
            if all(map(agrees, same))
            else f"{code(same[0]['error'])}"
            if "error" in same[0]
            else "another"
        )
        one = case(found, library, padding=1)
        mean = case(found, library, kind="avg", padding=1)
        padded_first = "np.pad" in one.get("call", "") or "np.pad" in mean.get("call", "")
        by_hand = (
            f"{code(one['error'])}"
            if "error" in one and "no stride" not in one["why"]
            else "`np.pad` first"
            if padded_first
            else f"maximum only, else {code(mean['error'])}"
            if "error" in mean
            else "yes"
        )
        most = found["questions"]["padding"].get(library)
        yield [library, named(library, by_name, "dilate"), by_hand, limit(most) if most else "—"]


def limit(most):
    """In words: what 1, 2, 3 and 4 elements of padding gave for a window of 3 on fives."""
    fine = most.count("5")
    beyond = most[fine]
    return f"up to {fine}, then {beyond.replace('-inf', '−∞') if beyond in ('-inf', '0') else code(beyond)}"


def divisor(found):
    """Library, what a mean divides by at a border if nothing is said, and whether the other divisor can be had."""
    by_hand = {"NumPy", "JAX"}  # no mean over windows of their own
    for library in order(found):
        plain = case(found, library, kind="avg", padding="same", size=5, window=2 if library == "scikit-image" else 3)
        if "output" not in plain:
            plain = case(found, library, kind="avg", padding=1)
        sentence = plain.get("why", "")
        left = (
            "as you write it"
            if library in by_hand
            else "mirrored elements count"
            if "mirrored" in sentence
            else "whole window"
            if sentence
            else "real elements"
        )
        real, whole = (case(found, library, kind="avg", padding=1, divisor=d) for d in ("real", "whole"))
        both = agrees(real) and agrees(whole)
        yield [
            library,
            named(library, left, "blur"),
            "by an argument" if both and "count_include_pad" in whole["call"] else "by hand" if both else "no",
        ]


def ceil(found):
    """Library, and how the size of a maximum and of a mean is rounded up."""
    for library in order(found):
        answers = [case(found, library, kind=kind, window=2, size=5, ceil=True) for kind in ("max", "avg")]
        functions = ("dilate", "blur")
        yield [library, *(named(library, rounding(one), name) for one, name in zip(answers, functions))]


def rounding(answer):
    if "error" in answer:
        return f"{code(answer['error'])}: {lower(answer['why'])}"
    if "block_reduce" in answer["call"]:
        return "always, with `cval=-np.inf`" if agrees(answer) else f"always: {lower(answer['why'])}"
    return (
        "by an argument"
        if "ceil_mode" in answer["call"]
        else "by hand"
        if agrees(answer)
        else f"by hand: {lower(answer['why'])}"
    )


def lower(sentence):
    return sentence[0].lower() + sentence[1:].removesuffix(".")


def ties(found):
    """Library, whose index it gives of the two windows, and who gets the gradient."""
    for library, one in found["questions"]["ties"].items():
        if not one:
            continue
        index = ", ".join(map(str, one["index"])) if "index" in one else "—"
        gradient = " and ".join(" ".join(map(str, g)) for g in one["gradient"]) if "gradient" in one else "—"
        yield [library, index, gradient]


def both(library, resize, blur):
    """A cell about means; of OpenCV with both of its functions."""
    return f"{named(library, resize, 'resize')}; {named(library, blur, 'blur')}" if library == "OpenCV" else resize


def specials(found):
    """Library, the maxima of four windows of nine, and how many of four means one NaN spoils."""
    sign = lambda text: {"nan": "NaN", "-inf": "−∞", "-3.403e+38": "−3.4e38"}.get(text, text)
    for library, one in found["questions"]["specials"].items():
        yield [
            library,
            *(sign(one[f"max, {title}"]) for title in ("NaN first", "NaN last", "all NaN", "all -inf")),
            both(library, str(one["means spoilt"]), one.get("means spoilt, blur")),
        ]


def integers(found):
    """Library, what becomes of a maximum of int32, and of the means of int32 and uint8."""
    words = lambda one: code(one["error"]) if "error" in one else f"{one['value']}, {one['dtype']}"
    for library, one in found["questions"]["integers"].items():
        blur = {key: words(one[f"{key}, blur"]) for key in ("int32 avg", "uint8 avg") if f"{key}, blur" in one}
        means = [both(library, words(one[key]), blur.get(key)) for key in ("int32 avg", "uint8 avg")]
        yield [library, named(library, words(one["int32 max"]), "dilate"), *means]


def axes(found):
    """Library, and the shapes that come out of three shapes."""
    words = lambda one: code(one) if isinstance(one, str) else " × ".join(map(str, one))
    for library, shapes in found["questions"]["axes"].items():
        yield [library, *map(words, shapes)]


TABLES = {
    "defaults": (["Library", "Window", "Stride", "Padding"], defaults),
    "padding": (["Library", "*same*", "By hand", "Around a window of 3"], padding),
    "divisor": (["Library", "Left alone", "The other divisor"], divisor),
    "ceil": (["Library", "Maximum", "Mean"], ceil),
    "ties": (["Library", "Index", "Gradient"], ties),
    "specials": (["Library", "NaN first", "NaN last", "all NaN", "all −∞", "means spoilt"], specials),
    "integers": (["Library", "int32, maximum", "int32, mean", "uint8, mean"], integers),
    "axes": (["Library", "4 × 6", "4 × 6 × 8", "2 × 4 × 6 × 8"], axes),
}


def order(found):
    """The libraries, ours first."""
    return ["pooling_lib", *found["about"]["versions"]]


def table(name, found, tables=TABLES):
    """A table as Markdown."""
    head, rows = tables[name]
    line = lambda cells: f"| {' | '.join(cells)} |"
    return "\n".join([line(head), line(["---"] * len(head)), *map(line, rows(found))])


def versions(found):
    """One sentence: what was asked, and on what."""
    names = {}
    for library, version in found["about"]["versions"].items():
        names[library.split()[0] if library.startswith("SciPy") else library] = version
    listed = ", ".join(f"{name} {version}" for name, version in names.items())
    return f"Versions: {listed}, on {found['about']['processor']}."


def page(text, found, tables=TABLES, script="every_library"):
    """The page with every table of a script, between its two comments, written anew."""
    for name in [*tables, "versions"]:
        new = versions(found) if name == "versions" else table(name, found, tables)
        text, count = re.subn(
            rf"(% {name}: written by experiments/{script}.py\n\n).*?(\n\n% end)",
            lambda match, new=new: match[1] + new + match[2],
            text,
            flags=re.S,
        )
        if count != 1:
            raise SystemExit(f"the page has {count} places for {name}, not one")
    return text
