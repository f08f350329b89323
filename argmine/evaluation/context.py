"""What a protocol needs beside two graphs: the word tokens of a document, and which of them make a paragraph."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from argmine.graph import ArgumentGraph

Ranges: TypeAlias = tuple[tuple[int, int], ...]

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """The units of one document.

    Attributes:
        tokens: `[token]`, half-open characters of each, in order and apart.
        paragraphs: `[paragraph]`, half-open tokens of each; they cover the document.
    """

    tokens: Ranges
    paragraphs: Ranges


def plain_context(graph: ArgumentGraph) -> DocumentContext:
    """Runs of word characters and single marks as tokens, lines as paragraphs: for texts without published tokens."""
    tokens = tuple(match.span() for match in _WORD.finditer(graph.text))
    starts = [start for start, _ in tokens]
    firsts = [bisect_left(starts, span.start) for span in graph.paragraphs()]
    return DocumentContext(tokens, covering(firsts, len(tokens)))


def covering(firsts: Sequence[int], tokens: int) -> Ranges:
    """Paragraphs by their first tokens; the first begins at token 0, and none is empty.

    >>> covering([0, 4, 4, 9], 12)
    ((0, 4), (4, 9), (9, 12))
    """
    if not tokens:
        return ()
    starts = sorted({0, *(first for first in firsts if first < tokens)})
    return tuple(pairwise([*starts, tokens]))
