"""Change My View modes (Hidey et al. 2017), version 2.0: 81 threads of a forum, brat standoff.

`positive` threads changed the view they answer, `negative` ones did not; a thread's id is both, `negative-258`.
A component's semantic type stands in `meta["semantic_types"]` by its id. In some threads offsets are shifted: the
quoted text, without outer white space, is then looked for near by. Graphs need not be forests. There are no
official splits.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import JsonValue

from argmine.corpora.brat_graph import brat_components, brat_relations
from argmine.corpora.corpus import Corpus, Repair, RepairRule
from argmine.corpora.damage import naming_its_file
from argmine.document import Document
from argmine.errors import CorpusError
from argmine.formats.brat import BratDocument, BratSpan, read_brat
from argmine.graph import ArgumentGraph

NAME = "cmv-modes"
LICENCE = "none stated: research use"
FARTHEST = 32
"""Characters that a quote may stand from where the shift of the quote before leads to expect it."""


def read(folder: Path) -> Corpus:
    """The corpus from its folder.

    Raises:
        FormatError: a file is missing or damaged.
        CorpusError: a label is unknown, a quote stands nowhere near its offsets, or no thread is there.
    """
    repairs: list[Repair] = []
    graphs = tuple(_thread(path, repairs) for path in _threads(folder / "v2.0"))
    return Corpus(NAME, graphs, LICENCE, repairs=tuple(repairs))


def _threads(folder: Path) -> list[Path]:
    paths = [p for side in ("negative", "positive") for p in folder.joinpath(side).glob("*.ann")]
    if not paths:
        raise CorpusError("no .ann file is in negative or positive", path=folder)
    for path in paths:
        if not path.stem.isdecimal():
            raise CorpusError("a thread's name must be a number", path=path)
    return sorted(paths, key=lambda p: (p.parent.name, int(p.stem)))


@naming_its_file
def _thread(path: Path, repairs: list[Repair]) -> ArgumentGraph:
    """One thread; what had to be repaired is added to `repairs`."""
    brat = read_brat(path, check_quotes=False)
    document = Document(id=f"{path.parent.name}-{path.stem}", text=brat.text)
    spans = tuple(_found_again(brat))
    for before, after in zip(sorted(brat.spans, key=lambda s: s.start), spans, strict=True):
        if (before.start, before.end) != (after.start, after.end):
            detail = f"{after.id}: {before.start}..{before.end} is {after.start}..{after.end}"
            repairs.append(Repair(RepairRule.SHIFTED_OFFSETS, document.id, detail))
    mended = replace(brat, spans=spans)
    read = brat_relations(NAME, document, mended)
    repairs.extend(read.repairs)
    meta = {"semantic_types": _semantic_types(brat), "side": path.parent.name, **read.meta}
    return ArgumentGraph.build(document, brat_components(NAME, document, mended), read.relations, meta=meta)


def _found_again(brat: BratDocument) -> Iterator[BratSpan]:
    """The spans in order of their stated start, each where its quote stands nearest to where it is expected."""
    shift = 0
    for span in sorted(brat.spans, key=lambda s: s.start):
        quote = span.quote.strip()
        if brat.text[span.start : span.end] == span.quote:
            shift = 0
            yield span
            continue
        start = _nearest(brat.text, quote, span.start + shift)
        if start is None:
            message = f"{span.id}: {quote[:40]!r} stands nowhere near {span.start}"
            raise CorpusError(message, path=brat.path, line=span.line)
        shift = start - span.start
        yield replace(span, start=start, end=start + len(quote))


def _nearest(text: str, quote: str, expected: int) -> int | None:
    """Where `quote` starts nearest to `expected`, of two the earlier; None if none is within `FARTHEST`."""
    lowest, highest = max(0, expected - FARTHEST), expected + FARTHEST + len(quote)
    starts: list[int] = []
    start = text.find(quote, lowest, highest)
    while start >= 0:
        starts.append(start)
        start = text.find(quote, start + 1, highest)
    return min(starts, key=lambda s: (abs(s - expected), s), default=None)


def _semantic_types(brat: BratDocument) -> dict[str, JsonValue]:
    return {a.target: a.value for a in brat.attributes}
