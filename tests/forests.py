"""Small forests, for what is tested against all of them one by one."""

import numpy as np

from argmine.marginals import IntArray


def all_others(count: int) -> IntArray:
    """`[m, m - 1]`, each component's candidates where all the others are."""
    return np.array([[j for j in range(count) if j != i] for i in range(count)], np.int64).reshape(count, count - 1)


def is_forest(targets: tuple[int, ...]) -> bool:
    """Whether no arcs run in a circle; -1 is the root."""
    for start in range(len(targets)):
        here, steps = start, 0
        while here >= 0:
            here, steps = targets[here], steps + 1
            if steps > len(targets):
                return False
    return True
