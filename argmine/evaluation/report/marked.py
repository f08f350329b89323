"""A text cut at the edges of its components, so that a page can mark them; components may overlap."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from argmine.evaluation.report.contents import Mark

_STEERING = (*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SHOWN = dict.fromkeys(_STEERING, "\ufffd")


class Piece(NamedTuple):
    """A stretch of text over which the components do not change.

    Attributes:
        text: to show: codes that steer a terminal or turn the direction of writing are U+FFFD.
        mark: the shortest component that covers it, None where none does.
        starts: the components that start with it.
        ends: the components that end with it.
    """

    text: str
    mark: Mark | None
    starts: tuple[Mark, ...]
    ends: tuple[Mark, ...]


def pieces(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """The whole text, in order."""
    cuts = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    return [_piece(text, start, end, marks) for start, end in pairwise(cuts)]


def _piece(text: str, start: int, end: int, marks: Sequence[Mark]) -> Piece:
    covering = [m for m in marks if m.start <= start and end <= m.end]
    return Piece(
        text=text[start:end].translate(_SHOWN),
        mark=min(covering, key=lambda m: m.end - m.start, default=None),
        starts=tuple(m for m in covering if m.start == start),
        ends=tuple(m for m in covering if m.end == end),
    )
