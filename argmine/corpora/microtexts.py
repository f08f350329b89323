"""The arg-microtexts in English, part 1 (Peldszus & Stede 2016) and part 2 (Skeppstedt et al. 2018): arggraph XML.

A component is an argumentative discourse unit, its label the voice (`pro` or `opp`), its id the corpus's own. The
central claim is the major claim, every other unit a premise. A relation's label is the function: `sup`, `exa`,
`reb`, or `und` for an undercut, which attacks the source of the relation that it undercuts. A linked premise has
target and label of the relation it is added to. `meta` keeps what this leaves out:

- `edges`: the arguments as annotated, `{"id", "source", "target", "type"}`, with `add` and with edges as targets;
- `groups`: relation id → id of the group of linked premises it is in;
- `joined`: component id of a linked premise → id of the premise that it joins;
- `restatements`: component id → `[start, end]` of each further place that states it;
- `implicit`: ids of components that the author left implicit and the annotators wrote, in capitals, at the text's
  end (the text is as published: to see the author's words alone, cut it there);
- `topic`, `stance`: as given.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from pydantic import JsonValue

from argmine.corpora.corpus import Corpus, Repair, RepairRule
from argmine.corpora.damage import naming_its_file
from argmine.corpora.labels import component_type, relation_type
from argmine.document import Document, Span
from argmine.errors import CorpusError
from argmine.formats.arggraph import Arggraph, Link, Segment, Unit, read_arggraph
from argmine.formats.text import read_text, skip_space
from argmine.graph import ArgumentGraph, Component, Relation

LICENCE = "CC BY-NC-SA 4.0"


def read_part1(folder: Path) -> Corpus:
    """Part 1, 112 texts, most written to order, 23 for teaching, from its folder; it has no splits.

    Raises:
        FormatError: as `read_part2`.
    """
    return _read("microtexts-part1", folder / "corpus" / "en")


def read_part2(folder: Path) -> Corpus:
    """Part 2, 171 texts written by a crowd, from its folder; it has no splits.

    Raises:
        FormatError: a file is missing or breaks its format.
        CorpusError: a segment does not stand in the text, a graph has not one central claim, or a label is unknown.
    """
    return _read("microtexts-part2", folder / "corpus")


def _read(name: str, folder: Path) -> Corpus:
    paths = sorted(folder.glob("*.xml"))
    if not paths:
        raise CorpusError("no .xml files", path=folder)
    repairs: list[Repair] = []
    graphs = tuple(_graph(path, name, repairs) for path in paths)
    return Corpus(name, graphs, LICENCE, repairs=tuple(repairs))


def read_text_graph(path: Path) -> ArgumentGraph:
    """The graph of one `.xml` file and the `.txt` beside it.

    Raises:
        FormatError: as `read_part2`.
    """
    return _graph(path, "microtexts-part2", [])


@naming_its_file
def _graph(path: Path, corpus: str, repairs: list[Repair]) -> ArgumentGraph:
    source = read_arggraph(path)
    document = Document(id=source.id, text=read_text(path.with_suffix(".txt")))
    places = align(source.segments, document.text)
    central = _central(source)
    runs = {u.id: _runs(u, source.segments, places) for u in source.units}
    components = [_component(corpus, document, u, runs[u.id][0], central=u.id == central) for u in source.units]
    relations = [_relation(corpus, link) for link in source.links()]
    repairs.extend(_repairs(source, runs))
    return ArgumentGraph.build(document, components, relations, meta=_meta(source, runs))


def align(segments: tuple[Segment, ...], text: str) -> Mapping[str, Span]:
    """Where each segment stands, by its id: one after the other, only white space before, between and after.

    An implicit segment is found regardless of case.

    Raises:
        CorpusError: the text goes on otherwise.
    """
    places: dict[str, Span] = {}
    end = 0
    for segment in segments:
        start = skip_space(text, end)
        end = start + len(segment.text)
        found = text[start:end]
        if found != segment.text and not (segment.implicit and found.casefold() == segment.text.casefold()):
            raise CorpusError(f"{segment.id} does not stand at {start} of the text")
        places[segment.id] = Span(start=start, end=end)
    if skip_space(text, end) < len(text):
        raise CorpusError(f"the text goes on at {end}, after the last segment")
    return places


def _central(source: Arggraph) -> str:
    found = [u.id for u in source.central()]
    if len(found) != 1:
        raise CorpusError(f"one central claim was expected, found {', '.join(found) or 'none'}")
    return found[0]


def _runs(unit: Unit, segments: tuple[Segment, ...], places: Mapping[str, Span]) -> tuple[Span, ...]:
    """The places of a unit, neighbouring segments joined, what the author wrote before what was implicit."""
    order = {s.id: (number, s.implicit) for number, s in enumerate(segments)}

    def run(item: tuple[int, str]) -> tuple[int, bool]:
        number, implicit = order[item[1]]
        return number - item[0], implicit

    joined = [(key, [name for _, name in group]) for key, group in groupby(enumerate(unit.segments), run)]
    joined.sort(key=lambda item: item[0][1])
    return tuple(Span(start=places[names[0]].start, end=places[names[-1]].end) for _, names in joined)


def _component(corpus: str, document: Document, unit: Unit, place: Span, *, central: bool) -> Component:
    kind = component_type(corpus, "central" if central else unit.role)
    if kind is None:
        raise CorpusError(f"unit {unit.id} is no component")
    text = document.cut(place)
    return Component(id=unit.id, type=kind, label=unit.role, start=place.start, end=place.end, text=text)


def _relation(corpus: str, link: Link) -> Relation:
    kind = relation_type(corpus, link.type)
    if kind is None:
        raise CorpusError(f"edge {link.id} is no relation")
    return Relation(id=link.id, source=link.source, target=link.target, type=kind, label=link.type)


def _repairs(source: Arggraph, runs: Mapping[str, tuple[Span, ...]]) -> Iterator[Repair]:
    for name in _implicit(source):
        yield Repair(RepairRule.UNIT_IN_CAPITALS, source.id, f"{name} found regardless of case")
    for name, places in runs.items():
        if len(places) > 1:
            yield Repair(RepairRule.RESTATED_UNIT, source.id, f"{name} stands at {len(places)} places")


def _implicit(source: Arggraph) -> list[str]:
    implicit = {s.id for s in source.segments if s.implicit}
    return [u.id for u in source.units if implicit.issuperset(u.segments)]


def _meta(source: Arggraph, runs: Mapping[str, tuple[Span, ...]]) -> dict[str, JsonValue]:
    edges: list[JsonValue] = [
        {"id": e.id, "source": e.source, "target": e.target, "type": e.type.value} for e in source.edges
    ]
    further: dict[str, JsonValue] = {
        name: [[p.start, p.end] for p in places[1:]] for name, places in runs.items() if len(places) > 1
    }
    meta: dict[str, JsonValue] = {
        "topic": source.topic,
        "stance": source.stance,
        "groups": {link.id: link.group for link in source.links() if link.group is not None},
        "joined": dict[str, JsonValue](source.joined()),
        "restatements": further,
        "implicit": list[JsonValue](_implicit(source)),
    }
    return {"edges": edges, **{key: value for key, value in meta.items() if value}}
