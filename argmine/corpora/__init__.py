"""Corpora: a corpus's folder, as its owners lay it out, read into gold graphs and splits.

One module a corpus, each with `read(folder) -> Corpus`; a module is imported when its corpus is first asked
for.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from argmine.corpora.corpus import Corpus, Counts, Repair, RepairRule, graphs_from_dataset

__all__ = ["Corpus", "Counts", "Repair", "RepairRule", "corpus_names", "graphs_from_dataset", "read_corpus"]

_READERS = {
    "aae2": "argmine.corpora.aae2",
    "aae2-conll": "argmine.corpora.aae2_conll",
    "abstrct": "argmine.corpora.abstrct",
    "cdcp": "argmine.corpora.cdcp",
    "cmv-modes": "argmine.corpora.cmv_modes",
    "microtexts-part1": "argmine.corpora.microtexts_part1",
    "microtexts-part2": "argmine.corpora.microtexts_part2",
    "persuade1": "argmine.corpora.persuade1",
    "webis-editorials16": "argmine.corpora.webis_editorials16",
}


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
    read = cast(Callable[[Path], Corpus], import_module(_READERS[name]).read)
    return read(Path(folder))
