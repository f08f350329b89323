"""From nodes and edges to an argument graph: where statements stand, what type they have, what they are called."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue, ValidationError

from argmine.errors import FormatError, faults
from argmine.formats.losses import statements_text, types_by_place
from argmine.formats.nodes import Kind, Link, Network, Node, links, unused
from argmine.formats.note import ComponentNote, Note
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation, RelationType


@dataclass(frozen=True, slots=True)
class _Placed:
    """A statement and where it stands; `note` is what is known of it besides, `order` its place in the note."""

    node: Node
    start: int
    note: ComponentNote | None
    order: int


def graph_of(network: Network, *, name: str, text: str | None = None, note: Note | None = None) -> ArgumentGraph:
    """The graph of nodes and edges.

    A statement stands where the format or the note says or, where that does not hold, at the first place of its words
    that no other statement has. Without a text, or with one in which a statement does not stand, the statements, a line
    each, are the graph's text; `meta` then has the other one as `source_text`. Types that nothing tells follow from the
    place: what bears on nothing is a claim, all else a premise.

    Args:
        network: with edges between nodes that are there.
        name: the graph's id, where no note says another.
        text: what the statements are quoted from.
        note: what is known besides.

    Raises:
        FormatError: the parts break a rule of graphs.
    """
    statements = [node for node in network.nodes if node.kind is Kind.STATEMENT]
    known = note or _NOTHING_KNOWN
    meta: dict[str, JsonValue] = {}
    placed = None if text is None else _placed(statements, text, known)
    if placed is None:
        meta = {} if text is None else {"source_text": text}
        text, placed = _by_line(statements)
    placed.sort(key=lambda p: (p.start, p.start + len(p.node.text), p.order))
    found = list(links(network))
    names = _names(placed)
    types = types_by_place(names, ((link.source, link.target) for link in found))
    relations, others = _relations(found, names, known)
    try:
        return ArgumentGraph(
            id=note.id if note else name,
            text=text or "",
            read=known.read,
            components=tuple(_component(p, names[p.node.id], types[p.node.id]) for p in placed),
            relations=relations,
            warnings=known.warnings,
            model=known.model,
            meta={**known.meta, **meta, **others, **_left_over(network)},
        )
    except ValidationError as error:
        raise FormatError(f"breaks a rule of argument graphs: {faults(error)}") from error


_NOTHING_KNOWN = Note(id="", read=None, warnings=(), model=None, meta={}, components={}, relations={})


def _by_line(statements: Iterable[Node]) -> tuple[str, list[_Placed]]:
    """The statements as a text, and where each stands in it."""
    nodes = list(statements)
    text, spans = statements_text(node.text for node in nodes)
    return text, [_Placed(node, start, None, n) for n, (node, (start, _)) in enumerate(zip(nodes, spans, strict=True))]


def _placed(statements: Iterable[Node], text: str, note: Note) -> list[_Placed] | None:
    """Where each statement stands in the text, those first whose place is told; None where one does not stand there."""
    order = {name: n for n, name in enumerate(note.components)}
    placed: list[_Placed] = []
    searched: list[Node] = []
    for node in statements:
        noted = note.components.get(node.id)
        moved = noted and node.start not in (None, noted.start)
        if noted and not moved and text[noted.start : noted.end] == node.text:
            placed.append(_Placed(node, noted.start, noted, order[node.id]))
        elif node.start is not None and text.startswith(node.text, node.start):
            placed.append(_Placed(node, node.start, None, len(order)))
        else:
            searched.append(node)
    for node in searched:
        start = _free_place(node.text, text, {(p.start, len(p.node.text)) for p in placed})
        if start is None:
            return None
        placed.append(_Placed(node, start, None, len(order)))
    return placed


def _free_place(words: str, text: str, taken: Container[tuple[int, int]]) -> int | None:
    """The first place of the words that is not taken; the very first where all are, None where there is none."""
    first = start = text.find(words)
    while start >= 0:
        if (start, len(words)) not in taken:
            return start
        start = text.find(words, start + 1)
    return first if first >= 0 else None


def _names(placed: Iterable[_Placed]) -> dict[str, str]:
    """The component's id of each node: what the note says or the node's own, made unlike the others."""
    names: dict[str, str] = {}
    for p in sorted(placed, key=lambda p: p.note is None):
        names[p.node.id] = _unlike(p.note.id if p.note else p.node.id, names.values())
    return names


def _unlike(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name += "'"
    return name


def _component(placed: _Placed, name: str, type_by_place: ComponentType) -> Component:
    node, note = placed.node, placed.note
    return Component(
        id=name,
        type=node.type or (note.type if note else type_by_place),
        label=note.label if note else None,
        start=placed.start,
        end=placed.start + len(node.text),
        text=node.text,
        probability=note.probability if note else None,
    )


def _relations(
    found: Sequence[Link], names: Mapping[str, str], note: Note
) -> tuple[tuple[Relation, ...], dict[str, JsonValue]]:
    """The relations, those first that the note knows, in its order; and for `meta` what no graph holds."""
    order = {name: n for n, name in enumerate(note.relations)}
    kept: dict[tuple[str, str, RelationType], Relation] = {}
    others: list[JsonValue] = []
    ids: set[str] = set()
    for link in sorted(found, key=lambda link: order.get(link.scheme, len(order))):
        source, target = names[link.source], names[link.target]
        if source == target or (source, target, link.type) in kept:
            others.append({"id": link.scheme, "source": source, "target": target, "type": link.type.value})
            continue
        relation = _relation(link, source, target, note)
        relation = relation.model_copy(update={"id": _unlike(relation.id, ids)})
        ids.add(relation.id)
        kept[source, target, link.type] = _among(relation, names.values())
    return tuple(kept.values()), {"other_relations": others} if others else {}


def _relation(link: Link, source: str, target: str, note: Note) -> Relation:
    known = note.relations.get(link.scheme)
    if known and (known.source, known.target, known.type) == (source, target, link.type):
        return Relation.model_validate(dict(known))
    return Relation(id=link.scheme, source=source, target=target, type=link.type, label=link.label)


def _among(relation: Relation, names: Collection[str]) -> Relation:
    """The relation without runners-up that are no longer there."""
    there = tuple(a for a in relation.alternatives if a.target is None or a.target in names)
    return relation if there == relation.alternatives else relation.model_copy(update={"alternatives": there})


def _left_over(network: Network) -> dict[str, JsonValue]:
    nodes, edges = unused(network)
    other_nodes: list[JsonValue] = [{"id": n.id, "name": n.label, "text": n.text} for n in nodes]
    other_edges: list[JsonValue] = [{"source": source, "target": target} for source, target in edges]
    return {key: found for key, found in (("other_nodes", other_nodes), ("other_edges", other_edges)) if found}
