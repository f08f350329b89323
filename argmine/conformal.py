"""From the share of errors that a user allows to the least probability that is shown: conformal risk control.

After Angelopoulos, Bates, Fisch, Lei & Schuster (2024). The loss of a document at a least probability is the share of
what is shown that is wrong, 0 where nothing is shown. It may rise when less is shown, so its maximum over this and all
greater limits stands for it: that never rises, lies in [0, 1], and is no less than the share. Of n documents like those
to come, with mean loss R at a limit, the least limit with (n R + 1) / (n + 1) ≤ the error allowed keeps the expected
share of errors in the next document below it, whatever the model and however well its probabilities are calibrated.

The promise is for components and for relations apart. It is an average over documents of the calibration's kind, not
for each of them; and of a relation that is sure but has an end that is not, nothing is shown.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from argmine.config import ErrorTable
from argmine.marginals import FloatArray

STEPS = 100
"""Limits that are tried: 0, .01, … 1, and one that nothing reaches."""
NONE_SHOWN = 2.0
Item = tuple[float, bool]
"""A probability and whether what has it is right."""


def losses(items: Sequence[Item]) -> FloatArray:
    """`[101]`, a document's loss at each limit.

    >>> losses([(0.9, True), (0.5, False), (0.3, True)])[[0, 30, 31, 50, 51, 100]]
    array([0.5, 0.5, 0.5, 0.5, 0. , 0. ])
    """
    limits = np.arange(STEPS + 1) / STEPS
    found = np.array(items, np.float64).reshape(-1, 2)
    shown = found[None, :, 0] >= limits[:, None]
    share = (shown * (1 - found[None, :, 1])).sum(axis=1) / np.maximum(1, shown.sum(axis=1))
    highest: FloatArray = np.maximum.accumulate(share[::-1])[::-1]
    return highest


def error_table(documents: Iterable[tuple[Sequence[Item], Sequence[Item]]]) -> ErrorTable:
    """Mean losses over calibration documents, each given by the items of its components and of its relations.

    Raises:
        ValueError: there is no document.
    """
    each = [(losses(components), losses(relations)) for components, relations in documents]
    if not each:
        raise ValueError("an error table needs documents")
    components, relations = (np.mean([pair[kind] for pair in each], axis=0).round(6).tolist() for kind in (0, 1))
    return ErrorTable(documents=len(each), components=tuple(components), relations=tuple(relations))


def least_probability(mean_losses: Sequence[float], documents: int, max_error: float) -> float:
    """The least limit that keeps the expected loss below `max_error`; `NONE_SHOWN` where only showing nothing does.

    Raises:
        ValueError: so few documents promise nothing so small, or `max_error` is no share.
    """
    if not 0 < max_error <= 1:
        raise ValueError(f"max_error lies above 0 and up to 1, found {max_error}")
    least = 1 / (documents + 1)
    if max_error < least:
        raise ValueError(f"{documents} documents cannot promise max_error {max_error}: the least is {least:.3f}")
    for step, loss in enumerate(mean_losses):
        if (documents * loss + 1) / (documents + 1) <= max_error:
            return step / (len(mean_losses) - 1)
    return NONE_SHOWN
