"""How a file of results is written: JSON with a line for each entry, so that git shows which have changed."""

import json
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def write_lines(path, found, depth):
    path.write_text(lines(found, depth) + "\n", encoding="utf-8")


def lines(value, depth, indent=""):
    """JSON whose objects, and lists of objects, are opened to a depth; the rest stands in one line.

    >>> print(lines({"about": {"seeds": 3}, "runs": [{"seed": 0}, {"seed": 1}]}, depth=2))
    {
     "about": {
      "seeds": 3
     },
     "runs": [
      {"seed": 0},
      {"seed": 1}
     ]
    }
    """
    objects = isinstance(value, dict) or isinstance(value, list) and all(isinstance(part, dict) for part in value)
    if not depth or not objects:
        return json.dumps(value, ensure_ascii=False)
    within = indent + " "
    if isinstance(value, dict):
        entries = [
            f"{json.dumps(key, ensure_ascii=False)}: {lines(part, depth - 1, within)}" for key, part in value.items()
        ]
    else:
        entries = [lines(part, depth - 1, within) for part in value]
    first, last = "{}" if isinstance(value, dict) else "[]"
    return f"{first}\n{within}" + f",\n{within}".join(entries) + f"\n{indent}{last}"
