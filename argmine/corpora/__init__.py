"""Corpora: a corpus's folder, as its owners lay it out, read into gold graphs and splits.

A module a corpus, the two parts of the arg-microtexts in one; a module is imported when its corpus is first asked for.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from argmine.corpora.corpus import Corpus, Counts, Repair, RepairRule
from argmine.corpora.rows import dataset_from_graphs, graphs_from_dataset

__all__ = [
    "OURS",
    "Corpus",
    "Counts",
    "Repair",
    "RepairRule",
    "corpus_names",
    "dataset_from_graphs",
    "graphs_from_dataset",
    "read_corpus",
]

_READERS = {
    "aae2": ("aae2", "read"),
    "aae2-conll": ("aae2_conll", "read"),
    "abstrct": ("abstrct", "read"),
    "arct": ("arct", "read"),
    "cdcp": ("cdcp", "read"),
    "cmv-modes": ("cmv_modes", "read"),
    "comment-trees": ("comment_trees", "read"),
    "editorial-trees": ("editorial_trees", "read"),
    "elecdeb60to20": ("elecdeb60to20", "read"),
    "ets-school-essays": ("ets_school_essays", "read"),
    "microtexts-part1": ("microtexts", "read_part1"),
    "microtexts-part2": ("microtexts", "read_part2"),
    "opinions": ("opinions", "read"),
    "persuade1": ("persuade1", "read"),
    "webis-editorials16": ("webis_editorials16", "read"),
}
"""Module and function by name."""


OURS = ("comment-trees", "editorial-trees", "opinions")
"""What was written or annotated for argmine: it grows, and nobody published figures on it."""


def corpus_names() -> tuple[str, ...]:
    """Names of the corpora that can be read, sorted."""
    return tuple(sorted(_READERS))


def read_corpus(name: str, folder: str | Path) -> Corpus:
    """The corpus of that name from its own folder.

    Raises:
        ValueError: no reader is known by that name; the message names those there are.
        FormatError: a file of the folder is missing or breaks its format.
        CorpusError: the folder does not hold what the owners published.
    """
    if name not in _READERS:
        raise ValueError(f"unknown corpus {name!r}; known are {', '.join(corpus_names())}")
    module, function = _READERS[name]
    read: Callable[[Path], Corpus] = getattr(import_module(f"argmine.corpora.{module}"), function)
    return read(Path(folder))
