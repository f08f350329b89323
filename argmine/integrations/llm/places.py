"""Where a quote stands in a text: as it is, but for its typography and case, or nearly; offsets are the text's own."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from argmine.document import Span

# Quotation marks, dashes and an ellipsis as a keyboard has them; what has no width is left out.
_PLAIN = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}
_WORD = re.compile(r"\w(?:\w|['’-](?=\w))*")
SHORTEST_NEARLY = 12
"""Characters; a shorter quote is like too many stretches to be looked for by likeness."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A text as it is compared: plain marks, single spaces, no case; its character i is the source's `places[i]`."""

    text: str
    places: Sequence[int]


def plain(text: str) -> Plain:
    """The text without what quotations commonly change: marks, dashes, white space, case, accents.

    >>> plain("“So  be—ìt”").text
    '"so be-it"'
    """
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        folded = _folded(character)
        if folded == " " and letters and letters[-1] == " ":
            continue
        letters.extend(folded)
        places.extend([place] * len(folded))
    return Plain("".join(letters), places)


def _folded(character: str) -> str:
    if character.isspace():
        return " "
    if character in _PLAIN:
        return _PLAIN[character]
    parts = unicodedata.normalize("NFKD", character.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


@dataclass(frozen=True)
class Places:
    """Finds quotes in one text."""

    text: str

    def equal(self, quote: str) -> list[Span]:
        """Each place, in order, where the quote stands as it is or, where there is none, but for typography and case.

        A place that cuts a word is none.
        """
        exact = quote.strip()
        found = [Span(start=s, end=e) for s, e in _occurrences(exact, self.text)]
        if found:
            return found
        folded = plain(exact).text.strip()
        return [self._span(start, end) for start, end in _occurrences(folded, self._plain.text)]

    def nearest(self, quote: str, similarity: float) -> Span | None:
        """The stretch between edges of words that is most like the quote, None where none is `similarity` like it.

        Args:
            quote: what is looked for; one shorter than `SHORTEST_NEARLY` characters is not found.
            similarity: of 100, by the normalised indel distance of what `plain` leaves of both.
        """
        wanted = plain(quote.strip()).text.strip()
        if len(wanted) < SHORTEST_NEARLY:
            return None
        rough = fuzz.partial_ratio_alignment(wanted, self._plain.text, score_cutoff=similarity / 2)
        if rough is None or rough.dest_end <= rough.dest_start:
            return None
        room = len(wanted) // 3 + 1
        starts = [start for start in self._starts if abs(start - rough.dest_start) <= room]
        ends = [end for end in self._ends if abs(end - rough.dest_end) <= room]
        stretches = [(start, end) for start in starts for end in ends if start < end]
        rated = [(fuzz.ratio(wanted, self._plain.text[start:end]), (start, end)) for start, end in stretches]
        likeness, best = max(rated, key=lambda item: item[0], default=(0.0, (0, 0)))
        return self._span(*best) if rated and likeness >= similarity else None

    def _span(self, start: int, end: int) -> Span:
        """Where characters of the plain text stand, with the accents that are written after the last one."""
        first, after = self._plain.places[start], self._plain.places[end - 1] + 1
        while after < len(self.text) and unicodedata.combining(self.text[after]):
            after += 1
        return Span(start=first, end=after)

    @cached_property
    def _plain(self) -> Plain:
        return plain(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [w.start() for w in _WORD.finditer(self._plain.text)]

    @cached_property
    def _ends(self) -> list[int]:
        return [w.end() for w in _WORD.finditer(self._plain.text)]


def _occurrences(part: str, text: str) -> Iterator[tuple[int, int]]:
    """Where `part` stands in `text`, overlapping places included, unless an edge of it cuts a word."""
    start = text.find(part) if part else -1
    while start >= 0:
        end = start + len(part)
        if not (_joined(text, start) or _joined(text, end)):
            yield start, end
        start = text.find(part, start + 1)


def _joined(text: str, offset: int) -> bool:
    """Whether a word goes on over `offset`."""
    if not 0 < offset < len(text):
        return False
    accent = unicodedata.combining(text[offset]) > 0
    return accent or (text[offset - 1].isalnum() and text[offset].isalnum())
