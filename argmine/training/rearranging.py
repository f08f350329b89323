"""Gold graphs over a text in another order, or with lines about it that argue nothing; offsets follow the words.

Only gold can be moved: a teacher's lesson counts the words of the text that it was given on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from argmine.document import Document, Span
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation

NAMES = ("Ana Marques", "J. Whitlock", "Priya Nair", "Tom Okafor", "Lena Brandt", "R. S. Holloway", "Mei Tanaka")
PAPERS = ("the Valley Courier", "The Harbour Post", "the Northside Review", "Monday Letters", "The County Record")
HEADS = (
    "By {name}",
    "OPINION | {name}",
    "{name} for {paper}",
    "{name} is a columnist for {paper}.",
    "Published 14 March 2019, updated 09:42",
    "Guest column",
    "5 min read",
    "Photograph: {name}",
    "Listen to this article",
    "Letters to the editor",
)
TAILS = (
    "The views expressed here are the author's own and not those of {paper}.",
    "The views expressed in this article are those of the author and do not necessarily reflect those of {paper}.",
    "{name} teaches history at a secondary school and writes for {paper}.",
    "{name} is the author of three books and lives in Leeds with two cats.",
    "Follow {name} and read more in {paper}.",
    "Sign up for our weekly newsletter",
    "Share this article by e-mail or on your favourite network.",
    "Read more: What the council decided on Tuesday",
    "Comments are closed.",
    "Copyright 2021 {paper}. All rights reserved.",
    "Do you have something to say? Write to letters@example.org.",
)
BETWEEN = (
    "Advertisement",
    "Story continues below",
    "Related: Ten years of the river path",
    "https://www.example.org/opinion/2020/05/11/a-second-look",
    "* * *",
    "[Photo: a street at night]",
)


def with_furniture(graph: ArgumentGraph, rng: np.random.Generator) -> ArgumentGraph:
    """The same with a byline, a footer and lines between, as a newspaper's page has them, in which nothing is found."""
    lines = [Span(start=start, end=end) for start, end in _lines(graph.text)]
    parts: list[Span | str] = [_filled(HEADS, rng) for _ in range(rng.integers(0, 3))]
    for number, line in enumerate(lines):
        parts.append(line)
        if number + 1 < len(lines) and graph.text[line.end - 1] == "\n" and rng.random() < 0.1:
            parts.append(_filled(BETWEEN, rng))
    if graph.text and not graph.text.endswith("\n"):
        parts.append("\n")
    parts += [_filled(TAILS, rng) for _ in range(rng.integers(0, 3))]
    return rearranged(graph, parts) or graph


def with_opening_last(graph: ArgumentGraph) -> ArgumentGraph:
    """The same with the first paragraph that holds a component at the end.

    What bears on the thesis bears on its last statement then, as it did before. A text of one paragraph, or a
    component that goes over the opening's end, leaves all as it was.
    """
    lines = [Span(start=start, end=end) for start, end in _lines(graph.text)]
    holding = [n for n, line in enumerate(lines) if any(line.start <= c.start < line.end for c in graph.components)]
    if len(holding) < 2:
        return graph
    opening = lines[holding[0]]
    rest = [line for line in lines if line != opening]
    gap = [] if graph.text.endswith("\n") else ["\n"]
    moved = rearranged(graph, [*rest, *gap, opening])
    return graph if moved is None else _on_last_thesis(moved, graph)


def rearranged(graph: ArgumentGraph, parts: Sequence[Span | str]) -> ArgumentGraph | None:
    """The graph over a text put together from parts of its own and new ones; None where a component would be cut.

    Args:
        graph: what is put together anew.
        parts: spans of its text, each used once at most, and literal text. Each component must lie in one span.
    """
    text, places = "", list[_Place]()
    for part in parts:
        if isinstance(part, Span):
            places.append(_Place(part.start, part.end, len(text)))
        text += graph.text[part.start : part.end] if isinstance(part, Span) else part
    components = []
    for component in graph.components:
        place = next((p for p in places if p.start <= component.start and component.end <= p.end), None)
        if place is None:
            return None
        start, end = (offset - place.start + place.now for offset in (component.start, component.end))
        components.append(component.model_copy(update={"start": start, "end": end}))
    components.sort(key=lambda c: (c.start, c.end))
    return ArgumentGraph.build(Document(id=graph.id, text=text), components, graph.relations)


@dataclass(frozen=True, slots=True)
class _Place:
    """A part of the old text, and where it stands in the new one."""

    start: int
    end: int
    now: int


def _on_last_thesis(moved: ArgumentGraph, before: ArgumentGraph) -> ArgumentGraph:
    """Relations of claims to the statement that came last go to the one that comes last now."""
    was, now = _last_statement(before), _last_statement(moved)
    if was is None or now is None or was.id == now.id:
        return moved
    relations = [_to(r, now.id) if r.target == was.id and _bears_on_thesis(moved, r) else r for r in moved.relations]
    return ArgumentGraph.build(Document(id=moved.id, text=moved.text), moved.components, relations)


def _bears_on_thesis(graph: ArgumentGraph, relation: Relation) -> bool:
    return graph.component(relation.source).type is ComponentType.CLAIM


def _last_statement(graph: ArgumentGraph) -> Component | None:
    return next((c for c in reversed(graph.components) if c.type is ComponentType.MAJOR_CLAIM), None)


def _to(relation: Relation, target: str) -> Relation:
    return relation.model_copy(update={"target": target})


def _filled(patterns: Sequence[str], rng: np.random.Generator) -> str:
    pattern = patterns[int(rng.integers(len(patterns)))]
    return (
        pattern.format(name=NAMES[int(rng.integers(len(NAMES)))], paper=PAPERS[int(rng.integers(len(PAPERS)))]) + "\n"
    )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Each line with its end; empty lines go with the line before."""
    start = end = 0
    for line in text.splitlines(keepends=True):
        if line.strip() and text[start:end].strip():
            yield start, end
            start = end
        end += len(line)
    if end > start:
        yield start, end
