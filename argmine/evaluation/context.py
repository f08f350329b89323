"""What a protocol needs beside two graphs: the word tokens of a document, and which of them make a paragraph.

The essays' are those of the published CoNLL files, whose counts the published figures are of; other corpora have
none, and are cut by a rule.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TypeAlias

from argmine.corpora import aae2, aae2_conll
from argmine.errors import EvaluationError, FormatError
from argmine.formats.conll import align_tokens
from argmine.graph import ArgumentGraph

Ranges: TypeAlias = tuple[tuple[int, int], ...]

TOKENISED = (aae2.NAME, aae2_conll.NAME)
"""Corpora with published tokens."""

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
    return DocumentContext(tokens, _covering(firsts, len(tokens)))


def published_contexts(gold: Iterable[ArgumentGraph], corpora: Path | None) -> tuple[DocumentContext, ...]:
    """`[document]`, the published tokens and paragraphs of essays.

    Args:
        gold: essays of `aae2` or `aae2-conll`.
        corpora: the folder that holds the CoNLL files, in `aae2-conll`.

    Raises:
        EvaluationError: no folder was told, or an essay's text is not that of its tokens.
        FormatError: a CoNLL file is missing or damaged.
    """
    if corpora is None:
        raise EvaluationError(f"the tokens of the essays are in {aae2_conll.NAME}: tell the folder of the corpora")
    essays = list(gold)
    found = aae2_conll.read_tokens(corpora / aae2_conll.NAME, (graph.id for graph in essays))
    return tuple(essay_context(graph, found[graph.id]) for graph in essays)


def essay_context(graph: ArgumentGraph, published: aae2_conll.EssayTokens) -> DocumentContext:
    """The published tokens laid over an essay's text; paragraphs are told by the number of their letters.

    Raises:
        EvaluationError: the text is not that of the tokens.
    """
    try:
        tokens = align_tokens(graph.text, published.tokens)
    except FormatError as error:
        raise EvaluationError(f"{graph.id}: its text is not the published one: {error.message}") from error
    letters = list(accumulate(map(len, published.tokens), initial=0))
    sizes = [sum(map(len, paragraph)) for paragraph in published.paragraphs]
    if sum(sizes) != letters[-1]:
        raise EvaluationError(f"{graph.id}: its paragraphs have {sum(sizes)} letters, its tokens {letters[-1]}")
    firsts = [bisect_left(letters, first) for first in accumulate(sizes[:-1], initial=0)]
    return DocumentContext(tuple(tokens), _covering(firsts, len(tokens)))


def _covering(firsts: Sequence[int], tokens: int) -> Ranges:
    """Paragraphs by their first tokens; the first begins at token 0, and none is empty."""
    if not tokens:
        return ()
    starts = sorted({0, *(first for first in firsts if first < tokens)})
    return tuple(pairwise([*starts, tokens]))
