"""School essays of ETS (Alhindi & Ghosh 2021): 145 essays as tokens with spaces between, brat standoff.

A document's id is its file's name. In seven essays offsets are shifted and quotes lack the text's commas and
quotation marks: they are then looked for near by, these and white space disregarded. Most components of these
essays were annotated a second time, at right offsets; both are kept, so there components may coincide. Relations
need not make forests. There are no official splits.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from argmine.corpora.brat_graph import brat_components, brat_relations
from argmine.corpora.corpus import Corpus, Repair, RepairRule
from argmine.corpora.damage import naming_its_file
from argmine.document import Document
from argmine.errors import CorpusError
from argmine.formats.brat import BratDocument, BratSpan, parse_brat
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph

NAME = "ets-school-essays"
LICENCE = "GPL 3"
FARTHEST = 40
"""Characters that a quote may stand from where the shift of the quote before leads to expect it."""

_SPAN = re.compile(r"(T\S+)\t(\S+) (\d+) (\d+)\t(.*)")
_RELATION = re.compile(r"(R\S+)\t\S+ \S+?:(\S+) \S+?:(\S+)\s*")
_MARKS = re.compile(r"[^\s,'`]")


def read(folder: Path) -> Corpus:
    """The corpus from its folder.

    Raises:
        FormatError: a file is missing or damaged.
        CorpusError: a label is unknown, a quote stands nowhere near its offsets, or no essay is there.
    """
    place = folder / "data" / "essays"
    paths: list[tuple[int, Path]] = []
    for path in place.glob("*.ann"):
        number = path.stem.removeprefix("argument_essay_")
        if not number.isdecimal():
            raise CorpusError("an essay's name must be argument_essay_ and a number", path=path)
        paths.append((int(number), path))
    if not paths:
        raise CorpusError("no .ann files", path=place)
    repairs: list[Repair] = []
    graphs = tuple(_essay(path, repairs) for _, path in sorted(paths))
    return Corpus(NAME, graphs, LICENCE, repairs=tuple(repairs))


@naming_its_file
def _essay(path: Path, repairs: list[Repair]) -> ArgumentGraph:
    """One essay; what had to be repaired is added to `repairs`."""
    document = Document(id=path.stem, text=read_text(path.with_suffix(".txt")))
    lines = _joined(read_text(path).split("\n"), document, repairs)
    lines = _without_dangling(lines, document, repairs)
    brat = parse_brat("\n".join(lines), document.text, path=path)
    mended = replace(brat, spans=tuple(_found_again(brat, document, repairs)))
    read = brat_relations(NAME, document, mended)
    repairs.extend(read.repairs)
    components = brat_components(NAME, document, mended)
    return ArgumentGraph.build(document, components, read.relations, meta=dict(read.meta))


def _joined(lines: list[str], document: Document, repairs: list[Repair]) -> list[str]:
    """The lines, of a span that goes on in the line after, under its own id and label, but one."""
    kept: list[str] = []
    for line in lines:
        found = _SPAN.fullmatch(line)
        before = _SPAN.fullmatch(kept[-1]) if kept else None
        if found and before and found[1] == before[1] and found[2] == before[2]:
            start, middle, next_start, end = int(before[3]), int(before[4]), int(found[3]), int(found[4])
            if middle <= next_start and not document.text[middle:next_start].strip():
                quote = before[5] + " " * (next_start - middle) + found[5]
                kept[-1] = f"{found[1]}\t{found[2]} {start} {end}\t{quote}"
                detail = f"{found[1]}: {start}..{middle} and {next_start}..{end} are {start}..{end}"
                repairs.append(Repair(RepairRule.COMPONENT_IN_TWO_LINES, document.id, detail))
                continue
        kept.append(line)
    return kept


def _without_dangling(lines: list[str], document: Document, repairs: list[Repair]) -> list[str]:
    """The lines, those of relations to what is not there emptied."""
    known = {line.split("\t", 1)[0] for line in lines}
    kept: list[str] = []
    for line in lines:
        found = _RELATION.fullmatch(line)
        missing = [name for name in found.groups()[1:] if name not in known] if found else []
        if found and missing:
            detail = f"{found[1]} names {' and '.join(missing)}"
            repairs.append(Repair(RepairRule.DANGLING_RELATION, document.id, detail))
        kept.append("" if missing else line)
    return kept


def _found_again(brat: BratDocument, document: Document, repairs: list[Repair]) -> Iterator[BratSpan]:
    """The spans in order of their stated start, each where its quote stands nearest to where it is expected.

    A span that stands where it says leaves the shift as it is: right and shifted offsets mix in an essay.
    """
    shift = 0
    places = [m.start() for m in _MARKS.finditer(brat.text)]
    marks = "".join(brat.text[p] for p in places)
    for span in sorted(brat.spans, key=lambda s: s.start):
        start, end = span.start, span.end
        if brat.text[start:end] == span.quote:
            rule = RepairRule.OUTER_SPACE
            start, end = _stripped(brat.text, start, end)
        else:
            expected = span.start + shift
            found = _nearest(brat.text, range(len(brat.text)), span.quote.strip(), expected)
            found = found or _nearest(marks, places, "".join(_MARKS.findall(span.quote)), expected)
            if found is None:
                message = f"{span.id}: {span.quote[:40]!r} stands nowhere near {span.start}"
                raise CorpusError(message, path=brat.path, line=span.line)
            start, end = found
            shift = start - span.start
            rule = RepairRule.SHIFTED_OFFSETS
            if brat.text[start:end] != span.quote.strip():
                rule = RepairRule.QUOTE_WITHOUT_MARKS
        if (start, end) != (span.start, span.end):
            detail = f"{span.id}: {span.start}..{span.end} is {start}..{end}"
            repairs.append(Repair(rule, document.id, detail))
        yield replace(span, start=start, end=end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    found = text[start:end]
    return start + len(found) - len(found.lstrip()), end - len(found) + len(found.rstrip())


def _nearest(marks: str, places: Sequence[int], wanted: str, expected: int) -> tuple[int, int] | None:
    """Start and end of what is nearest to `expected`, of two the earlier; None if none is within `FARTHEST`.

    Args:
        marks: those characters of the text that count.
        places: where each of them stands in the text.
        wanted: what is looked for among them.
        expected: where in the text it should start.
    """
    starts: list[int] = []
    at = marks.find(wanted) if wanted else -1
    while at >= 0:
        if abs(places[at] - expected) <= FARTHEST:
            starts.append(at)
        at = marks.find(wanted, at + 1)
    best = min(starts, key=lambda s: (abs(places[s] - expected), s), default=None)
    return None if best is None else (places[best], places[best + len(wanted) - 1] + 1)
