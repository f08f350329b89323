"""A part of a corpus by its name: one of its own splits, all of it, or tenths of ours."""

import re

from argmine.corpora.corpus import Corpus
from argmine.corpora.folds import tenth_of
from argmine.graph import ArgumentGraph

ALL = "all"
_TENTHS = re.compile(r"(but-)?(?:tenth-([0-9])|tenths-([0-9]+))")


def part_of(corpus: Corpus, name: str) -> tuple[ArgumentGraph, ...]:
    """A split by its name, `all`, tenths of the committed folds (`tenth-3`, `tenths-05`) or the others (`but-tenth-3`).

    Raises:
        ValueError: there is no such split; the message names those there are.
    """
    found = _TENTHS.fullmatch(name)
    if found is None:
        return corpus.graphs if name == ALL else corpus.split(name)
    but, wanted = bool(found[1]), set(map(int, found[2] or found[3]))
    return tuple(graph for graph in corpus.graphs if (tenth_of(corpus.name, graph.id) in wanted) is not but)
