"""From a language model's answer to an argument graph that keeps the rules of mined ones; what is left out is counted.

Components never overlap and are named c1, c2, … in text order; relations form a forest; a claim that bears on the
thesis bears on its last statement, as in gold and in what the network mines.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from argmine.document import Document, Span
from argmine.formats.names import find_relation_type
from argmine.graph import ArgumentGraph, ComponentType, RelationType
from argmine.integrations.llm.answer import Answer, Fault, Quoted
from argmine.integrations.llm.places import Places

Link = tuple[str, str, RelationType]
"""Source, target and type."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """A graph, and how often the answer it was made from had which fault, in the order of `Fault`."""

    graph: ArgumentGraph
    faults: Mapping[Fault, int]


@dataclass(frozen=True, slots=True)
class _Told:
    """An answer's components by their number in it.

    Attributes:
        quotes: all of them.
        first: by the id that the answer gives, the number of the first component of that id.
        spans: where those that were placed stand, in text order.
        names: what those are called in the graph.
    """

    quotes: Sequence[Quoted]
    first: Mapping[str, int]
    spans: Mapping[int, Span]
    names: Mapping[int, str]

    def thesis(self) -> str | None:
        """The name of the last major claim."""
        found = [name for number, name in self.names.items() if _is_thesis(self.quotes[number])]
        return found[-1] if found else None


def assemble(document: Document, answer: Answer, *, similarity: float) -> Assembled:
    """The graph of what an answer says of a document.

    Args:
        document: its text is what the quotes are looked for in.
        answer: what was answered.
        similarity: as `Places.nearest`.
    """
    faults = Counter(answer.faults)
    told = _told(answer.components, document.text, similarity, faults)
    components = [(told.names[n], told.quotes[n].type, span.start, span.end) for n, span in told.spans.items()]
    links = _without_circles(_links(told, faults), faults)
    graph = ArgumentGraph.build(document, components, links)
    return Assembled(graph, {fault: faults[fault] for fault in Fault if faults[fault]})


def _told(quotes: Sequence[Quoted], text: str, similarity: float, faults: Counter[Fault]) -> _Told:
    first: dict[str, int] = {}
    for number, quoted in enumerate(quotes):
        faults[Fault.REPEATED_ID] += first.setdefault(quoted.id, number) != number
    spans = _spans(quotes, Places(text), similarity, faults)
    return _Told(quotes, first, spans, {number: f"c{n}" for n, number in enumerate(spans, 1)})


def _spans(quotes: Sequence[Quoted], places: Places, similarity: float, faults: Counter[Fault]) -> Mapping[int, Span]:
    """Where each component stands that has a place, in text order.

    A quote that stands at one place takes it; then, in the answer's order, the others the first place that is free.
    """
    equal = [places.equal(quoted.quote) for quoted in quotes]
    taken: dict[int, Span] = {}
    for number in sorted(range(len(quotes)), key=lambda n: (len(equal[n]) != 1, n)):
        nearly = None if equal[number] else places.nearest(quotes[number].quote, similarity)
        candidates = equal[number] or ([nearly] if nearly else [])
        free = [span for span in candidates if not any(span.overlap(other) for other in taken.values())]
        if free:
            taken[number] = free[0]
            faults[Fault.NOT_EXACT] += nearly is not None
        else:
            faults[Fault.OVERLAPPING if candidates else Fault.NOT_FOUND] += 1
    return dict(sorted(taken.items(), key=lambda item: item[1].start))


def _links(told: _Told, faults: Counter[Fault]) -> Iterator[Link]:
    """A relation for each placed component that has one, in text order, circles included."""
    for number, name in told.names.items():
        quoted = told.quotes[number]
        if quoted.target is None and quoted.relation is None:
            continue
        target = _target(quoted, name, told)
        if isinstance(target, Fault):
            faults[target] += 1
        elif (kind := find_relation_type(quoted.relation or "")) is None:
            faults[Fault.UNKNOWN_RELATION] += 1
        else:
            yield name, target, kind


def _target(quoted: Quoted, name: str, told: _Told) -> str | Fault:
    """The component that `quoted`, named `name` in the graph, bears on; or why it bears on none."""
    if quoted.target is None:
        return Fault.WITHOUT_TARGET
    if _is_thesis(quoted):
        return Fault.THESIS_WITH_TARGET
    if quoted.target not in told.first:
        return Fault.UNKNOWN_END
    aim = told.first[quoted.target]
    tied = quoted.type is ComponentType.CLAIM and _is_thesis(told.quotes[aim])
    target = told.thesis() if tied else told.names.get(aim)
    return Fault.SELF_RELATION if target == name else target or Fault.DROPPED_END


def _without_circles(links: Iterable[Link], faults: Counter[Fault]) -> list[Link]:
    """The links in their order, but for those that close a circle with links before."""
    above: dict[str, str] = {}
    kept: list[Link] = []
    for source, target, kind in links:
        end: str | None = target
        while end is not None and end != source:
            end = above.get(end)
        if end == source:
            faults[Fault.CIRCLE] += 1
        else:
            above[source] = target
            kept.append((source, target, kind))
    return kept


def _is_thesis(quoted: Quoted) -> bool:
    return quoted.type is ComponentType.MAJOR_CLAIM
