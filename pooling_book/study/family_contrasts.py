"""What the experiment with the family of pools compares; fixed before it was run, and judged by `contrasts.judge`.

Its blocks are those of chapter 07 of the same names: *parts* (3,000 images, normalised, global) and *few* (300 images,
plain, flatten). In both a seed draws the images, so that pools are compared in pairs.
"""

import itertools

from pooling_book.study.contrasts import Contrast

#: The script in experiments/ that trained the networks.
FAMILY_EXPERIMENT = "the_family"
#: The pools of each block, as `family.FAMILY` names them.
FAMILY_POOLS = {
    "parts": (
        "max", "average", "power 3", "GeM", "softmax", "softmax, learnt", "mixed", "gated", "median", "rank",
        "stochastic", "LIP", "max-blur",
    ),
    "few": ("max", "average", "stochastic", "by activation", "max, dropout 0.25", "max, dropout 0.5"),
}  # fmt: skip


def _on_both(claim, block, pools, *others):
    return [
        Contrast(claim, block, data, pool, against)
        for pool in pools for against in others for data in ("digits", "clothes")
    ]  # fmt: skip


#: Judged together by Holm's method: 30.
FAMILY_PRIMARY = [
    *_on_both("better than the maximum", "parts", FAMILY_POOLS["parts"][2:-1], "max"),
    *_on_both(
        "its draws help where images are few", "few", ["stochastic"], *FAMILY_POOLS["few"][:2], *FAMILY_POOLS["few"][3:]
    ),
]
#: Judged together as well, by themselves: 22.
FAMILY_SECONDARY = [
    *_on_both("better than the maximum", "parts", ["average", "max-blur"], "max"),
    *_on_both("better than the average", "parts", ["GeM", "mixed", "LIP"], "average"),
    *_on_both("a learnt exponent helps", "parts", ["GeM"], "power 3"),
    *_on_both("a learnt temperature helps", "parts", ["softmax, learnt"], "softmax"),
    *_on_both("the window itself helps to decide", "parts", ["gated"], "mixed"),
    *_on_both("better than the maximum where images are few", "few", FAMILY_POOLS["few"][3:], "max"),
]
#: All pairs of a block: exploratory, that is, to look at and not to conclude from.
FAMILY_PAIRS = [
    pair
    for block, pools in FAMILY_POOLS.items()
    for one, other in itertools.combinations(pools, 2)
    for pair in _on_both("all pairs, exploratory", block, [other], one)
]
