"""Figures of several runs as mean and standard deviation, and looking one figure up by its dotted name."""

from collections.abc import Mapping, Sequence
from statistics import mean, stdev

Figures = Mapping[str, object]


def spread(runs: Sequence[Figures]) -> dict[str, object]:
    """The figures of one run, each number replaced by what the runs that have it came to.

    Returns:
        In place of a number `mean`, `sd` (the sample's, n - 1; None for a single run) and `runs`, how many there
        were. Whatever is neither a number nor a mapping is left out.

    Raises:
        ValueError: one run has a number where another has a mapping.

    >>> spread([{"f1": 0.5, "classes": {"a": 1}}, {"f1": 0.7, "classes": {}}])["classes"]
    {'a': {'mean': 1, 'sd': None, 'runs': 1}}
    """
    names = dict.fromkeys(name for run in runs for name in run)
    merged = {name: _merged(name, [run[name] for run in runs if name in run]) for name in names}
    return {name: value for name, value in merged.items() if value is not None}


def figure(figures: Figures, name: str) -> object:
    """What stands under a dotted name.

    Raises:
        KeyError: nothing does; it gives the whole name.

    >>> figure({"essay": {"c_f1_100": {"f1": 0.7}}}, "essay.c_f1_100.f1")
    0.7
    """
    found: object = figures
    for part in name.split("."):
        if not isinstance(found, Mapping) or part not in found:
            raise KeyError(name)
        found = found[part]
    return found


def _merged(name: str, values: Sequence[object]) -> dict[str, object] | None:
    parts = [value for value in values if isinstance(value, Mapping)]
    plain = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    if parts and plain:
        raise ValueError(f"{name} is a number in one run and several in another")
    if parts:
        return spread(parts)
    if not plain:
        return None
    return {"mean": mean(plain), "sd": stdev(plain) if len(plain) > 1 else None, "runs": len(plain)}
