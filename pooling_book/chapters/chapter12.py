"""Chapter 12: its quiz, its exercises and their known mistakes."""

import numpy as np

from pooling_book.exercise import (
    AnswerExercise,
    Exercises,
    FunctionExercise,
    OpenExercise,
)
from pooling_book.exercise.mistakes import Mistake, shuffled
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-12",
    [
        question(
            "A scan is an array of 64 × 64 × 30 voxels, with no channels. What does `max_pool(scan, 2)` return?",
            wrong(
                "(32, 32, 15)",
                "That takes all three axes for space. Which axes does an array of rank 3 pool by itself?",
            ),
            right(
                "(32, 32, 30): the last axis was taken for channels",
                "Rank 3 is read as rows, columns, channels. Say `axes=(0, 1, 2)`.",
            ),
            wrong(
                "An error: three axes need a window of three numbers",
                "One number is the window for every axis that is pooled. Nothing complains.",
            ),
            wrong(
                "(64, 32, 15): the first axis was taken for the batch",
                "A batch needs channels, too: that would be rank 4.",
            ),
        ),
        question(
            "A batch holds sentences of 4 and of 12 words, padded with zeros to 12. A mean is taken over all 12 "
            "places. By what is the shorter sentence's vector multiplied, against the mean that was meant?",
            wrong("1/12", "That is the weight of one word in it."),
            right("1/3", "n / T = 4/12."),
            wrong(
                "3",
                "It would be 3 the other way round: from the wrong mean to the right one.",
            ),
            wrong(
                "1: zeros add nothing",
                "To the sum they add nothing. The divisor counts them.",
            ),
        ),
        question(
            "After a ReLU no feature is negative. A max pool over time then runs over real tokens and zero padding, "
            "without a mask. What is wrong with its answers?",
            wrong(
                "They are too small, as with a mean",
                "A maximum has no divisor. Can a zero win against numbers that are at least 0?",
            ),
            wrong(
                "They are 0 wherever a sentence is shorter than the longest",
                "A zero wins only if no real token is above it, and then the answer is 0 anyway.",
            ),
            right(
                "Nothing: max(0, ·) of numbers that are at least 0 is the maximum",
                "Here the floor of 0 is harmless. A normalisation between the ReLU and the pool would end that.",
            ),
            wrong(
                "They depend on the longest sentence in the batch",
                "More zeros change nothing: one is as good as many.",
            ),
        ),
        question(
            "A sensor reports a set of particles, 5 to 500 of them, and you want the total energy. "
            "The energy of a particle follows from its features. Which pool?",
            right(
                "Sum",
                "The total is a sum of what each particle has, and stays right for more particles than in training.",
            ),
            wrong(
                "Mean", "The mean energy says nothing of how many there are."
            ),
            wrong("Maximum", "That is the strongest particle."),
            wrong(
                "Attention, which can learn to be any of them",
                "Its weights sum to 1: it is a weighted mean, and cannot count.",
            ),
        ),
        question(
            'A colleague: "Attention put 80 % of the weight on the word *superb*. The bag is read as praise '
            'because of it." What is missing?',
            wrong(
                "Nothing: a weight of 80 % is a reason",
                "A weight says how much of a token's vector enters.",
            ),
            wrong(
                "What the other heads say: attention is often computed several times side by side, each a *head*",
                "There may be others. But even with one, a weight is only half of what enters the answer.",
            ),
            right(
                "What the vector of *superb* adds to the verdict: its weight times its value",
                "A large weight on a vector that is hardly read changes little. Leave the word out and look.",
            ),
            wrong(
                "The length of the sentence", "Weights sum to 1 at any length."
            ),
        ),
        question(
            "Three tokens have the values 3, 3 and 5. The first two are merged to their mean. Then that mean and "
            "the third token are merged, by a plain mean again. No sizes are kept. Which share of the result has the "
            "third token?",
            wrong("1/3, as it should be", "It would be, with sizes: 2 and 1."),
            right(
                "1/2: a mean of a mean counts the pair as one",
                "With sizes the shares are 2/3 and 1/3.",
            ),
            wrong("5/11", "The values have no part in the shares."),
            wrong("2/3", "That is the pair's share, if sizes are kept."),
        ),
    ],
)


# ---- 1: padding that counts ----

filled = AnswerExercise(
    "Padding that counts",
    "A recording has three frames with one number each: −3, −1 and −8. In a batch it is padded with zeros to a "
    "length of 5. Type four numbers: the mean of the real frames, the mean over everything, "
    "the maximum of the real frames, the maximum over everything.",
    answer=[-4, -2.4, -1, 0],
    by_place=True,
    foreseen=[
        (
            [-4, -4, -1, -1],
            "You left the padding out everywhere. What do the zeros do to the second and the fourth?",
        ),
        (
            [-2.4, -4, 0, -1],
            "The right four numbers, in another order: real frames first.",
        ),
        (
            [-4, -2.4, -1, -1],
            "Look at the last: is any of the five numbers above the largest real one?",
        ),
        (
            [-4, -2.4, -8, 0],
            "The third is the *largest* of three negative numbers.",
        ),
        (
            [-4, -2.4, -8, -8],
            "These are minima. The largest of negative numbers is the one nearest to zero.",
        ),
        ([-12, -12, -1, 0], "The first two are sums."),
        (
            [-4, -3, -1, 0],
            "The divisor of the second is the length of the whole array.",
        ),
    ],
    hints=[
        "The sum is the same with and without the zeros. The divisor is not.",
        "Three real frames in five places: the second mean is 3/5 of the first.",
    ],
    solution=(
        "The sum is −12. Divided by the three real frames it is −4, by all five places −2.4, which is 3/5 of "
        "−4. The largest real number is −1. Over everything a zero wins."
    ),
)


# ---- 2: the same mean and the same maximum ----

alike = AnswerExercise(
    "Three that look like two",
    "The set 3, 9 and the set 1, a, b have the same mean and the same maximum. Type a and b, the smaller one first. "
    "Then type the sums of both sets, first that of 3, 9.",
    answer=[8, 9, 12, 18],
    by_place=True,
    foreseen=[
        (
            [2, 9, 12, 12],
            "Now the sums agree. Three numbers with a mean of 6 have another sum than two.",
        ),
        ([9, 8, 12, 18], "The right numbers. The smaller one comes first."),
        ([8, 9, 18, 12], "The right numbers. The sum of 3 and 9 comes first."),
        ([5, 9, 12, 15], "The maximum agrees. What is the mean of 1, 5 and 9?"),
        ([7, 10, 12, 18], "The mean agrees. The maximum has to be 9."),
        ([8.5, 8.5, 12, 18], "The mean agrees. The maximum has to be 9."),
        (
            [8, 9, 6, 6],
            "a and b are right. The last two are means; sums were asked for.",
        ),
    ],
    hints=[
        "The mean of 3 and 9 is 6. What is the sum of three numbers with that mean?",
        "One of them is the maximum.",
    ],
    solution=(
        "The mean is 6, so 1 + a + b = 18. The maximum is 9, so b = 9 and a = 8. The sums are 12 and 18: the sum tells "
        "the two sets apart, which the mean and the maximum cannot, together or alone."
    ),
)


# ---- 3: weights by hand ----

weights_by_hand = AnswerExercise(
    "Weights by hand",
    "Three tokens have the values 8, 4 and −2 and the scores 0, ln 2 and ln 5. Type what attention pools them to "
    "(a fraction where the decimals do not end). "
    "Then the third token turns out to be padding and is masked: type the new answer. "
    "Then the first token stands there twice (without the third): type that, too.",
    answer=[0.75, 16 / 3, 6],
    by_place=True,
    foreseen=[
        (
            [0.75, 2, 6],
            "Masked, the weights of the two that are left sum to 1 again.",
        ),
        ([6, 16, 20], "You forgot to divide by the sum of the weights."),
        (
            ["10/3", 6, "20/3"],
            "These are plain means. The scores make the weights unequal.",
        ),
        (
            [0.75, "16/3", "16/3"],
            "The third: two tokens of weight 1 and one of weight 2.",
        ),
        (
            [8, 8, 8],
            "That is the largest value. The scores choose, and they choose softly.",
        ),
        ([0.75, 6, 6], "The second: the weights are 1 and 2, in thirds."),
    ],
    hints=[
        "e⁰ = 1, e to the power ln 2 is 2, and so on. Divide by their sum.",
        "The weights are 1/8, 2/8, 5/8; then 1/3, 2/3; then 1/4, 1/4, 2/4.",
    ],
    solution=(
        "The powers are 1, 2 and 5, the weights 1/8, 2/8 and 5/8: 8/8 + 8/8 − 10/8 = 0.75. Without the third they "
        "are 1/3 and 2/3: 8/3 + 8/3 = 16/3. With the first one twice 1/4, 1/4 and 2/4: 2 + 2 + 2 = 6. "
        "Doubling *every* token would change nothing; doubling one does."
    ),
)


# ---- 4: the largest of each bag ----


def segment_max(x, sizes, empty):
    """The largest token of each bag, channel by channel.

    x is an array of shape (tokens, channels): the tokens of all bags,
    one bag after the other. sizes says how many belong to each bag, and
    some may be 0. Returns an array of shape (bags, channels); the row
    of a bag without tokens holds the number empty.
    """
    y = np.full((len(sizes), x.shape[1]), float(empty))
    start = 0
    for bag, size in enumerate(sizes):
        if size:
            y[bag] = x[start : start + size].max(axis=0)
        start += size
    return y


def _by_reduceat(x, sizes, empty):
    starts = np.minimum(np.cumsum(sizes) - sizes, len(x) - 1)
    return np.maximum.reduceat(x.astype(float), starts, axis=0)


def _floored(x, sizes, empty):
    y = segment_max(x, sizes, -np.inf)
    return np.where(np.isinf(y), empty, np.maximum(y, 0))


def _with_empty(x, sizes, empty):
    return np.maximum(segment_max(x, sizes, empty), empty)


def _sorted_by_size(x, sizes, empty):
    return segment_max(x, np.sort(sizes), empty)


largest = FunctionExercise(
    "The largest of each bag",
    solution=segment_max,
    cases=[
        (shuffled(121, 4, 2), np.array([2, 0, 2]), -100),
        (-abs(shuffled(122, 5, 2)) - 1, np.array([1, 3, 0, 1]), 0),
        (shuffled(123, 6, 3), np.array([0, 2, 0, 0, 3, 1, 0]), 7),
        (shuffled(124, 9, 1), np.array([4, 5]), 0),
        (shuffled(125, 12, 4) / 4, np.array([5, 0, 1, 6, 0]), -0.5),
        (shuffled(126, 3, 2), np.array([3]), 1),
        (-abs(shuffled(127, 8, 2)) - 1, np.array([0, 1, 2, 0, 3, 2]), -2),
    ],
    mistakes=[
        Mistake(
            "An empty bag gets a token of the next one: that is what `reduceat` does where two starts are equal.",
            _by_reduceat,
        ),
        Mistake(
            "A bag of negative tokens gives 0, which it does not hold: where does your maximum start?",
            _floored,
        ),
        Mistake(
            "The number for empty bags takes part in the others as well: it wins where all tokens are below it.",
            _with_empty,
        ),
        Mistake(
            "Empty bags are left out. They have a row, too.",
            lambda x, sizes, empty: segment_max(x, sizes[sizes > 0], empty),
        ),
        Mistake(
            "Empty bags give 0, whatever `empty` says.",
            lambda x, sizes, empty: segment_max(x, sizes, 0),
        ),
        Mistake(
            "Empty bags give −∞, whatever `empty` says.",
            lambda x, sizes, empty: segment_max(x, sizes, -np.inf),
        ),
        Mistake(
            "The channels were pooled, too: one number for each bag is not enough.",
            lambda x, sizes, empty: segment_max(x, sizes, empty).max(axis=1),
        ),
        Mistake(
            "These are the smallest tokens.",
            lambda x, sizes, empty: -segment_max(-x, sizes, -empty),
        ),
        Mistake(
            "These are sums.",
            lambda x, sizes, empty: np.array(
                [
                    b.sum(0) if len(b) else np.full(x.shape[1], empty)
                    for b in np.split(x, np.cumsum(sizes)[:-1])
                ]
            ),
        ),
        Mistake("You changed the order of the bags.", _sorted_by_size),
    ],
    hints=[
        "Walk through the bags and keep where the next one starts.",
        "Fill the result with `empty` first. Then write a row only where there are tokens.",
    ],
)


# ---- 5: attention on a batch ----


def attention_pool(x, scores, mask):
    """Attention pooling of a batch with padding.

    x has shape (N, L, C), scores and mask have shape (N, L). A token of
    which the mask is False is padding: it gets no weight. The weights of
    each row's real tokens are the softmax of their scores. Scores may be
    large: exp(1000) must not be computed. A row without real tokens
    gives zeros. Returns an array of shape (N, C).
    """
    masked = np.where(mask, scores, -np.inf)
    top = masked.max(axis=1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0)
    weights = np.exp(masked - top)
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total, total, 1)
    return (weights[:, :, None] * x).sum(axis=1)


def _softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _weighted(weights, x):
    return (weights[:, :, None] * x).sum(axis=1)


def _zero_scores(x, scores, mask):
    return _weighted(_softmax(np.where(mask, scores, 0.0)), x)


def _not_again(x, scores, mask):
    return _weighted(_softmax(scores) * mask, x)


def _over_the_batch(x, scores, mask):
    masked = np.where(mask, scores, -np.inf)
    powers = np.exp(masked - masked.max())
    return _weighted(powers / powers.sum(), x)


def _shifted_by_the_batch(x, scores, mask):
    powers = np.exp(np.where(mask, scores, -np.inf) - scores[mask].max())
    total = powers.sum(axis=1, keepdims=True)
    return _weighted(powers / np.where(total, total, 1), x)


def _hard(x, scores, mask):
    masked = np.where(mask, scores, -np.inf)
    picked = x[np.arange(len(x)), masked.argmax(axis=1)]
    return picked * mask.any(axis=1)[:, None]


def _no_exponential(x, scores, mask):
    kept = np.where(mask, scores, 0.0)
    total = kept.sum(axis=1, keepdims=True)
    return _weighted(kept / np.where(total, total, 1), x)


def _batch(seed, n, length, channels, empty=False, scale=0.3):
    x = shuffled(seed, n, length, channels)
    scores = scale * shuffled(seed + 200, n, length)
    mask = shuffled(seed + 400, n, length) > -3
    mask[:, 0] = True
    mask[0, -1] = False
    if empty:
        mask[-1] = False
    return x, scores, mask


attention = FunctionExercise(
    "Attention on a batch",
    solution=attention_pool,
    cases=[
        _batch(131, 2, 3, 2),
        _batch(132, 3, 4, 1),
        _batch(133, 2, 5, 3, empty=True),
        _batch(134, 4, 6, 2, empty=True),
        _batch(135, 3, 5, 2, scale=0.0),
        (
            *_batch(136, 2, 4, 2)[:1],
            np.full((2, 4), 1000.0),
            _batch(136, 2, 4, 2)[2],
        ),
        _batch(137, 3, 7, 4),
        (
            np.array([[[1.0], [2], [4]], [[3.0], [-5], [8]]]),
            np.array([[1000.0, 1001, 999], [0, 1, 2]]),
            np.ones((2, 3), dtype=bool),
        ),
        (
            np.array([[[6.0, 1], [-2, 3]], [[7.0, 0], [1, 5]]]),
            np.array([[-1000.0, -1001], [2, 0]]),
            np.array([[True, True], [True, False]]),
        ),
    ],
    mistakes=[
        Mistake(
            "Padding still has weight: a score of 0 is not *no weight*. Which score has?",
            _zero_scores,
        ),
        Mistake(
            "The weights of the real tokens no longer sum to 1: the softmax was taken before the mask.",
            _not_again,
        ),
        Mistake(
            "The weights sum to 1 over the whole batch. They should in each row.",
            _over_the_batch,
        ),
        Mistake(
            "You subtract the largest score of the whole batch: a row far below it vanishes.",
            _shifted_by_the_batch,
        ),
        Mistake(
            "You cut large scores off: 1000 and 1001 must differ.",
            lambda x, scores, mask: attention_pool(
                x, np.clip(scores, -50, 50), mask
            ),
        ),
        Mistake(
            "You ignore the mask.",
            lambda x, scores, mask: _weighted(_softmax(scores), x),
        ),
        Mistake(
            "You ignore the scores: this is the masked mean.",
            lambda x, scores, mask: attention_pool(
                x, np.zeros(scores.shape), mask
            ),
        ),
        Mistake(
            "You take the token with the highest score. Softmax mixes.", _hard
        ),
        Mistake(
            "You divide the scores by their sum. First comes the exponential.",
            _no_exponential,
        ),
        Mistake(
            "The mask is upside down: True means a real token.",
            lambda x, scores, mask: attention_pool(x, scores, ~mask),
        ),
        Mistake(
            "The scores have the wrong sign: a higher score means more weight.",
            lambda x, scores, mask: attention_pool(x, -scores, mask),
        ),
        Mistake(
            "This is the weighted sum of the values divided once more by the number of tokens.",
            lambda x, scores, mask: (
                attention_pool(x, scores, mask) / x.shape[1]
            ),
        ),
    ],
    hints=[
        "Put −∞ in the place of masked scores. Softmax then gives them the weight 0.",
        "Before the exponential, subtract each row's largest score: the weights stay the same.",
        "A row of −∞ only has the largest score −∞, and −∞ − (−∞) is not a number: subtract 0 there.",
    ],
)


# ---- 6: a set that three pools cannot tell apart ----


def lookalike(x):
    """Another set with the same sum, the same mean and the same maximum.

    x is an array of at least three numbers, not all equal. Returns an
    array of numbers (fractions are welcome) that is not x in another
    order.
    """
    y = np.sort(x).astype(float)
    low, high = 0, len(y) - 2  # the last one, a maximum, stays
    if y[low] == y[high]:  # all but the last are equal: part them
        step = (y[-1] - y[high]) / 2
        return np.concatenate([[y[0] - step, y[1] + step], y[2:]])
    step = (y[high] - y[low]) / 4  # else bring two nearer together
    y[low] += step
    y[high] -= step
    return y


def _is_alike(result, x):
    y = np.asarray(result)
    if y.ndim != 1 or not np.issubdtype(y.dtype, np.number) or not len(y):
        return "Return a line of numbers."
    if not np.isfinite(y).all():
        return "Return finite numbers."
    if not np.isclose(y.sum(), x.sum()):
        return f"The sum of x is {x.sum():g}, that of yours {y.sum():g}."
    if not np.isclose(y.mean(), x.mean()):
        return f"The mean of x is {x.mean():g}, that of yours {y.mean():g}."
    if not np.isclose(y.max(), x.max()):
        return f"The maximum of x is {x.max():g}, that of yours {y.max():g}."
    if len(y) == len(x) and np.allclose(np.sort(y), np.sort(x)):
        return "This is x, perhaps in another order. At least one number must be another."
    return None


def _raise_first(x):
    y = x.astype(float)
    y[np.argsort(x)[0]] -= 1
    y[np.argsort(x)[-1]] += 1
    return y


def _by_mean(x):
    y = np.full(len(x), (x.sum() - x.max()) / (len(x) - 1))
    y[0] = x.max()
    return y


unseen = FunctionExercise(
    "A set that three pools cannot tell apart",
    solution=lookalike,
    judge=_is_alike,
    cases=[
        (np.array([5, 5, 1]),),
        (np.array([-4, -4, 2]),),
        (np.array([7, 1, 4]),),
        (np.array([3, 3, 3, -3]),),
        (np.array([-2, 0, 0, 0]),),
        (shuffled(141, 6),),
        (-abs(shuffled(142, 5)) - 1,),
        (shuffled(143, 9) / 4,),
        (np.array([0, 0, 0, 0, 6]),),
    ],
    mistakes=[
        Mistake(
            "This is x, perhaps in another order. At least one number must be another.",
            lambda x: x.copy(),
        ),
        Mistake(
            "This is x, perhaps in another order. At least one number must be another.",
            lambda x: x[::-1].copy(),
        ),
    ],
    hints=[
        "The sum stays if one number falls by as much as another rises.",
        "Leave one maximum alone. Bring two of the others nearer together.",
        "If all the others are equal, part them instead, and do not let one rise above the maximum.",
    ],
)


# ---- 7: find the error ----

drift = OpenExercise(
    "Find the error: a test of padding",
    '"Our network normalises each feature to a mean of 0, pads with zeros to the longest recording of the batch, and '
    "takes the maximum over time. A maximum has no divisor, so zeros cannot hurt; we use no mask. We even tested it: "
    "a short recording, padded to 29, to 40 and to 60 frames, gets the same answer three times. So padding has no "
    'influence. In service, one recording at a time, far fewer are right: the microphone must be worse." '
    "What is wrong with the test, and with its conclusion? How would you test it, and mend it?",
    "All three lengths of the test hold padding, and one zero does as much to a maximum as thirty. The test compares "
    "padding with more padding, and never with none. Features that were normalised are often negative, and where all "
    "frames of a recording are below 0, a padded maximum is 0 in their place. The network learnt from such floors; "
    "alone, a recording has none. So the microphone is not needed to explain the fall. Test it: compare the answer to "
    "a short recording alone with that padded by a single frame. Mend it: put −∞ in the place of padding before the "
    "maximum, in training and in service, and train again.",
    points=[
        "Every case of the test is padded: it compares padding with more padding, not with none.",
        "After normalising, features are negative at times; the padded maximum is max(0, ·).",
        "Test: alone against padded by one frame; the answers must be equal.",
        "Mend: mask the maximum with −∞, in training as well.",
        "The microphone may be good: the batch has changed.",
    ],
    hints=[
        "What does one zero do to the maximum of −3 and −1, and what do thirty?",
        "How much padding has a recording that comes alone?",
    ],
)


# ---- 8: in three sentences ----

order = OpenExercise(
    "In three sentences: who bites whom",
    "*Dog bites man* and *man bites dog* go through word vectors and a pool. Say in three sentences why no sum, mean, "
    "maximum or attention over the words can tell them apart, and name two ways to make a difference.",
    "Both sentences hold the same three words, so the same three vectors, and each of these pools gives the same "
    "answer for any order of its tokens: attention as well, if a score depends on the word alone. A difference "
    "has to come into the tokens before the pool: a convolution over neighbours, a place that is added to each vector, "
    "or a transformer with such places. Or the pool itself has to know of order: one pool "
    "for each of several bins along the sentence, "
    "or a recurrent network in its place.",
    points=[
        "The same words are the same set of vectors.",
        "These pools do not depend on the order of their tokens.",
        "Attention is no exception: the scores follow the tokens.",
        "Put order into the tokens: convolution, or places added to the vectors.",
        "Or pool in bins, or one after the other.",
    ],
    hints=[
        "What is left of a sentence when the order of its words is forgotten?",
        "Order can come in before the pool, or in the pool.",
    ],
)

exercises = Exercises(
    12,
    [filled, alike, weights_by_hand, largest, attention, unseen, drift, order],
)
