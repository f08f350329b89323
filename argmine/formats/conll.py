"""The CoNLL files of Eger, Daxenberger & Gurevych (2017): a token a line, components as tags that hold links.

    1 <tab> Trams <tab> _ <tab> _ <tab> B-Premise:1:Support     .dat: the target is one component further on
    1 <tab> Trams <tab> B-Premise:12:Support                    .abs: the target starts at token 12, from 1

A blank line ends a document, two end a run of documents (in the paragraph files, an essay). Tags are
`MajorClaim`, `Claim:For`, `Claim:Against`, `Premise:LINK:Support` and `Premise:LINK:Attack`, after `B-` or `I-`,
or `O`; what labels mean is not known here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from argmine.errors import FormatError
from argmine.formats.text import read_text, skip_space

_TAG = re.compile(r"([A-Za-z]+)(?::(-?\d+):([A-Za-z]+))?(?::([A-Za-z]+))?")


@dataclass(frozen=True, slots=True)
class ConllComponent:
    """A component over tokens.

    Attributes:
        start: its first token, from 0.
        end: the token after its last.
        type: `MajorClaim`, `Claim` or `Premise`.
        label: the relation's or stance's name; None for a major claim.
        target: the first token of what it is linked to, from 0; None where the tag names no link. Predicted
            files may name a token where no component starts.
        line: the file's line of its first token; regarded in no comparison.
    """

    start: int
    end: int
    type: str
    label: str | None
    target: int | None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ConllDocument:
    """Tokens and components of an essay or paragraph.

    `line` is the line of its first token, `block` the number of its run of documents in the file, from 0.
    """

    tokens: tuple[str, ...]
    components: tuple[ConllComponent, ...]
    line: int
    block: int


@dataclass(frozen=True, slots=True)
class _Row:
    token: str
    tag: str
    line: int


@dataclass(frozen=True, slots=True)
class _Tagged:
    """A component before its link, a number of the notation, is followed."""

    start: int
    end: int
    tag: str
    link: int | None
    line: int


_Follow = Callable[[Sequence[_Tagged], int, int], int]
"""From all components, the place of one among them and its link: the first token of its target."""


def read_dat(path: Path) -> list[ConllDocument]:
    """The documents of a `.dat` file: five columns, links as signed numbers of components.

    Raises:
        FormatError: the file is missing or breaks the format; it names file and line.
    """
    return _read(path, 5, _by_component)


def read_abs(path: Path) -> list[ConllDocument]:
    """The documents of an `.abs` file: three columns, links as tokens, from 1.

    Raises:
        FormatError: the file is missing or breaks the format; it names file and line.
    """
    return _read(path, 3, _by_token)


def join_tokens(tokens: Iterable[str]) -> tuple[str, list[tuple[int, int]]]:
    """The tokens as a text, single spaces between, and the half-open offsets of each.

    >>> join_tokens(["Trams", "hum", "."])
    ('Trams hum .', [(0, 5), (6, 9), (10, 11)])
    """
    words = list(tokens)
    offsets: list[tuple[int, int]] = []
    start = 0
    for word in words:
        offsets.append((start, start + len(word)))
        start += len(word) + 1
    return " ".join(words), offsets


def align_tokens(text: str, tokens: Sequence[str]) -> list[tuple[int, int]]:
    """Where each token stands in a text that differs from them in white space alone.

    Returns:
        `[token]`, half-open offsets in code points.

    Raises:
        FormatError: a token is not what stands next in the text, or text is left over; it names the first.

    >>> align_tokens("A tram's bell.", ["A", "tram", "'", "s", "bell", "."])
    [(0, 1), (2, 6), (6, 7), (7, 8), (9, 13), (13, 14)]
    """
    offsets: list[tuple[int, int]] = []
    here = 0
    for number, token in enumerate(tokens):
        start = skip_space(text, here)
        here = start + len(token)
        if text[start:here] != token:
            raise FormatError(f"token {number} is {token!r}, the text at {start} is {text[start:here]!r}")
        offsets.append((start, here))
    rest = text[here:].strip()
    if rest:
        raise FormatError(f"the text goes on after the last of {len(tokens)} tokens: {rest[:40]!r}")
    return offsets


def _read(path: Path, columns: int, follow: _Follow) -> list[ConllDocument]:
    return [_document(rows, block, path, follow) for block, rows in _documents(path, columns)]


def _documents(path: Path, columns: int) -> Iterator[tuple[int, list[_Row]]]:
    """Rows of each document with the number of its block."""
    block, rows, blanks = 0, list[_Row](), 0
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            block += blanks > 1
            blanks = 0
            rows.append(_row(line.removesuffix("\r"), columns, len(rows) + 1, (path, number)))
            continue
        blanks += 1
        if rows:
            yield block, rows
            rows = []
    if rows:
        yield block, rows


def _row(line: str, columns: int, index: int, place: tuple[Path, int]) -> _Row:
    fields = line.split("\t")
    if len(fields) != columns:
        raise FormatError(f"{columns} columns were expected, found {len(fields)}", path=place[0], line=place[1])
    if fields[0] != str(index):
        raise FormatError(f"token number {index} was expected, found {fields[0]!r}", path=place[0], line=place[1])
    return _Row(fields[1], fields[-1], place[1])


def _document(rows: Sequence[_Row], block: int, path: Path, follow: _Follow) -> ConllDocument:
    tagged = list(_tagged(rows, path))
    components: list[ConllComponent] = []
    for place, item in enumerate(tagged):
        target = None if item.link is None else follow(tagged, place, item.link)
        if target is not None and not 0 <= target < len(rows):
            raise FormatError(f"{item.tag} links to nothing in this document", path=path, line=item.line)
        kind, _, relation, stance = _parse(item.tag, path, item.line)
        components.append(ConllComponent(item.start, item.end, kind, stance or relation, target, item.line))
    return ConllDocument(tuple(row.token for row in rows), tuple(components), rows[0].line, block)


def _tagged(rows: Sequence[_Row], path: Path) -> Iterator[_Tagged]:
    place = 0
    while place < len(rows):
        start, row = place, rows[place]
        place += 1
        if row.tag == "O":
            continue
        if not row.tag.startswith("B-"):
            raise FormatError(f"{row.tag!r} continues no component of that tag", path=path, line=row.line)
        tag = row.tag.removeprefix("B-")
        while place < len(rows) and rows[place].tag == f"I-{tag}":
            place += 1
        _, link, _, _ = _parse(tag, path, row.line)
        yield _Tagged(start, place, tag, link, row.line)


def _parse(tag: str, path: Path, line: int) -> tuple[str, int | None, str | None, str | None]:
    """Type, link, relation and stance of a tag without its B or I."""
    found = _TAG.fullmatch(tag)
    if not found:
        raise FormatError(f"TYPE, TYPE:STANCE or TYPE:LINK:RELATION was expected, found {tag!r}", path=path, line=line)
    link = None if found[2] is None else int(found[2])
    return found[1], link, found[3], found[4]


def _by_component(tagged: Sequence[_Tagged], place: int, link: int) -> int:
    target = place + link
    return tagged[target].start if 0 <= target < len(tagged) else -1


def _by_token(_tagged: Sequence[_Tagged], _place: int, link: int) -> int:
    return link - 1
