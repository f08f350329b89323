"""Where a component's edges belong when a corpus puts them on white space, punctuation or into a word."""

import re

from argmine.document import Span

_WORD = re.compile(r"\w(?:\w|['’](?=\w))*")
_END_OF_CLAUSE = re.compile(r"[.,;:!?)]+\s*")


def without_outer_space(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its ends; None where it holds nothing else.

    >>> without_outer_space("Yes. Trams. ", 4, 12)
    Span(start=5, end=11)
    """
    inner = text[start:end]
    left = start + len(inner) - len(inner.lstrip())
    right = start + len(inner.rstrip())
    return Span(start=left, end=right) if left < right else None


def at_word_edges(text: str, span: Span) -> Span:
    """The span with each end that cuts a word at the nearer edge of the word, outside it where both are as near.

    A start on the punctuation that ends the clause before is moved past it. A span that would be empty stays as it
    is.

    >>> at_word_edges("Trams are quiet. They last.", Span(start=18, end=25))
    Span(start=17, end=26)
    >>> at_word_edges("Trams are quiet. They last.", Span(start=15, end=26))
    Span(start=17, end=26)
    """
    start = _past_clause(text, span)
    word = _cut_word(text, start)
    if word is not None:
        start = word.start if start - word.start <= word.end - start else word.end
    end, word = span.end, _cut_word(text, span.end)
    if word is not None:
        end = word.end if word.end - end <= end - word.start else word.start
    return without_outer_space(text, start, end) or span


def _past_clause(text: str, span: Span) -> int:
    punctuation = _END_OF_CLAUSE.match(text, span.start, span.end)
    return span.start if punctuation is None else punctuation.end()


def _cut_word(text: str, offset: int) -> Span | None:
    """The word that has characters on both sides of `offset`."""
    if not 0 < offset < len(text) or text[offset - 1].isspace() or text[offset].isspace():
        return None
    first = max(text.rfind(space, 0, offset) for space in " \n\t") + 1
    for word in _WORD.finditer(text, first):
        if word.end() > offset:
            return Span(start=word.start(), end=word.end()) if word.start() < offset else None
    return None
