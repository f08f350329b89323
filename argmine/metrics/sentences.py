"""Protocol I: sentences that argue and sentences that do not, macro-F1, for corpora of any genre and labels.

A sentence argues when at least half of its words (runs without white space) lie in components, whatever their type.
The rule that cuts a text into sentences is fixed here, for a figure must not change with a library's version: a
sentence ends with its line, and after `.`, `!`, `?` or `…` and closing marks where white space and a capital letter or
a figure follow, maybe after opening marks; not after one of `ABBREVIATIONS`, one of `NUMBERED` before a figure, or an
initial other than "I".
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from argmine.document import Span
from argmine.graph import ArgumentGraph
from argmine.metrics.counts import Confusion
from argmine.metrics.pairing import refuse_other_text, touched_words, word_ranges

ARGUES = "argument"
OTHER = "none"
TITLES = {"mr", "mrs", "ms", "dr", "prof", "rev", "gen", "col", "sgt", "capt", "lt", "sen", "rep", "gov", "hon", "st"}
ABBREVIATIONS = frozenset(TITLES | {"mt", "vs", "cf", "e.g", "i.e", "viz", "approx"})
NUMBERED = frozenset({"no", "nos", "fig", "figs", "vol", "p", "pp"})

_OPEN, _CLOSED = "\"'“‘«(\\[$£€", "\"'”’»)\\]"
_END = re.compile(rf"[.!?…]+[{_CLOSED}]*(?=\s+[{_OPEN}]*[^\W_a-z])|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LAST_WORD = re.compile(r"([^\W\d_](?:\w|\.(?=\w))*)\.$")


def count_graph(gold: ArgumentGraph, predicted: ArgumentGraph) -> Confusion:
    """How the sentences of one document were taken: `argument` or `none`.

    Raises:
        EvaluationError: the graphs are of different texts.
    """
    refuse_other_text(gold, predicted)
    ranges = sentence_words(gold.text)
    return Confusion.of_labels(_labels(gold, ranges), _labels(predicted, ranges))


def count_graphs(pairs: Iterable[tuple[ArgumentGraph, ArgumentGraph]]) -> Confusion:
    """Counts of a corpus, from pairs of gold and predicted."""
    return sum((count_graph(gold, predicted) for gold, predicted in pairs), Confusion({}))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    r"""Half-open characters of each sentence, without white space around it.

    >>> text = 'Dr. Bell rides trams. "Why?" A. Bell asked.\nSo do I. They cost 2.50 a day.'
    >>> [text[start:end] for start, end in sentences(text)]
    ['Dr. Bell rides trams.', '"Why?"', 'A. Bell asked.', 'So do I.', 'They cost 2.50 a day.']
    """
    cuts = [0, *(m.end() for m in _END.finditer(text) if not _abbreviated(text, m)), len(text)]
    for start, end in pairwise(cuts):
        inner = text[start:end]
        if inner.strip():
            yield start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())


def sentence_words(text: str) -> list[tuple[int, int]]:
    """`[sentence]`, the half-open range of words of each."""
    return touched_words(text, [Span(start=start, end=end) for start, end in sentences(text)])


def _abbreviated(text: str, end: re.Match[str]) -> bool:
    """Whether the stop belongs to an abbreviation or an initial."""
    if end[0] != ".":
        return False
    word = _LAST_WORD.search(text, max(0, end.start() - 12), end.end())
    if word is None:
        return False
    if word[1].lower() in NUMBERED:
        return text[end.end() : end.end() + 8].lstrip()[:1].isdecimal()
    return word[1].lower() in ABBREVIATIONS or (len(word[1]) == 1 and word[1].isupper() and word[1] != "I")


def _labels(graph: ArgumentGraph, ranges: list[tuple[int, int]]) -> list[str]:
    inside = {word for start, end in word_ranges(graph) for word in range(start, end)}
    return [ARGUES if 2 * sum(w in inside for w in range(*words)) >= words[1] - words[0] else OTHER for words in ranges]
