"""Made-up judgements of arguments: the longer and the one with the higher third feature convince."""

import numpy as np

from argmine.convincing.fit import Rated
from argmine.encoding import FloatArray

STATES = 4
TEXTS = 20


def arguments(count: int = 60, *, seed: int = 0, noise: float = 0.3) -> tuple[Rated, FloatArray]:
    """So many arguments, all pairs of neighbours at 1 to 5, and what decides: `[n]`, at equal length."""
    rng = np.random.default_rng(seed)
    words = rng.integers(10, 100, count).astype(np.float64)
    features = rng.normal(size=(count, STATES + TEXTS)) + 0.5 * np.log(words)[:, None]
    own = features[:, 2] - 0.5 * np.log(words)
    merit = np.log(words) + own + rng.normal(size=count) * noise
    near = [(a, b) for a in range(count) for b in range(a + 1, min(count, a + 6))]
    pairs = np.array([(a, b) if merit[a] > merit[b] else (b, a) for a, b in near], np.int64)
    return Rated(features, words, pairs, STATES), own
