"""Arggraph XML, the format of the arg-microtexts: segments of a text, the units they make, the edges between units.

Read into a neutral form. The file holds the words of the segments but no offsets; where they stand in a text is
not found here. Format: the DTD of the arg-microtexts and Peldszus & Stede (2013).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from argmine.errors import FormatError
from argmine.formats.xml_text import line_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # a type only: defusedxml does the reading

T = TypeVar("T", bound=StrEnum)


class UnitRole(StrEnum):
    """Whose voice a unit is."""

    PROPONENT = "pro"
    OPPONENT = "opp"


class EdgeType(StrEnum):
    """What an edge says; all but `seg` are arguments."""

    SEGMENT = "seg"
    SUPPORT = "sup"
    EXAMPLE = "exa"
    ADD = "add"
    """A further premise of another edge's argument: the target is that edge."""

    REBUT = "reb"
    UNDERCUT = "und"
    """An attack on another edge: the target is that edge."""


@dataclass(frozen=True, slots=True)
class Segment:
    """An elementary discourse unit (`edu`): words of the text, or a claim that the author left implicit."""

    id: str
    text: str
    implicit: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """An argumentative discourse unit (`adu`) and the segments that state it, in text order, joints resolved."""

    id: str
    role: UnitRole
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """An argument as it is written: from a unit to a unit or, for `add` and `und`, to an edge."""

    id: str
    source: str
    target: str
    type: EdgeType


@dataclass(frozen=True, slots=True)
class Link:
    """An edge between two units: what becomes of an `Edge` when none may point at another.

    An undercut points at the source of the edge that it attacks. A linked premise has target and type of the edge it
    is added to; `group` is that edge's id for all that are linked, None for an edge that stands alone.
    """

    id: str
    source: str
    target: str
    type: EdgeType
    group: str | None


@dataclass(frozen=True, slots=True)
class Arggraph:
    """What a file holds, in its order; `topic` and `stance` are None where it does not say."""

    id: str
    topic: str | None
    stance: str | None
    segments: tuple[Segment, ...]
    units: tuple[Unit, ...]
    edges: tuple[Edge, ...]

    def links(self) -> tuple[Link, ...]:
        """The edges as links between units, in their order.

        Raises:
            FormatError: an `add` edge leads to no argument.
        """
        edges = {e.id: e for e in self.edges}
        heads = {e.id: _head(e, edges) for e in self.edges}
        grouped = {heads[e.id].id for e in self.edges if e.type is EdgeType.ADD}
        return tuple(_link(e, heads[e.id], edges, grouped) for e in self.edges)

    def joined(self) -> Mapping[str, str]:
        """The unit that each linked premise joins, by the premise's id: the source of the edge it is added to."""
        source = {e.id: e.source for e in self.edges}
        return {e.source: source[e.target] for e in self.edges if e.type is EdgeType.ADD}

    def central(self) -> tuple[Unit, ...]:
        """The units that bear on no other: in a whole graph one, the central claim."""
        sources = {e.source for e in self.edges}
        return tuple(u for u in self.units if u.id not in sources)


def read_arggraph(path: Path) -> Arggraph:
    """The graph of an `.xml` file.

    Raises:
        FormatError: the file is missing, is no XML or breaks the format; it names the file and the element.
    """
    try:
        root = fromstring(path.read_bytes())
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror}", path=path) from error
    except (ParseError, DefusedXmlException) as error:
        raise FormatError(f"no XML that can be read: {error!r}", path=path, line=line_of(error)) from error
    try:
        return _arggraph(root)
    except FormatError as error:
        raise FormatError(error.message, path=path) from error


def _arggraph(root: "Element") -> Arggraph:
    if root.tag != "arggraph":
        raise FormatError(f"the root must be arggraph, found {root.tag}")
    _check_elements(root)
    edges = tuple(_edge(element) for element in root.iter("edge"))
    segments = tuple(_segment(element) for element in root.iter("edu"))
    units = tuple(_unit(element, segments, edges) for element in root.iter("adu"))
    arguments = tuple(e for e in edges if e.type is not EdgeType.SEGMENT)
    graph = Arggraph(_attribute(root, "id"), root.get("topic_id"), root.get("stance"), segments, units, arguments)
    _check_ends(graph)
    return graph


def _check_elements(root: "Element") -> None:
    ids: set[str] = set()
    for element in root:
        if element.tag not in ("edu", "joint", "adu", "edge"):
            raise FormatError(f"unknown element {element.tag}; known are edu, joint, adu, edge")
        name = _attribute(element, "id")
        if name in ids:
            raise FormatError(f"two elements have the id {name}")
        ids.add(name)
    for edge in root.iter("edge"):
        for end in ("src", "trg"):
            if _attribute(edge, end) not in ids:
                raise FormatError(f"edge {edge.get('id')}: {end} {edge.get(end)} is no element of the file")


def _check_ends(graph: Arggraph) -> None:
    units, edges = {u.id for u in graph.units}, {e.id for e in graph.edges}
    for edge in graph.edges:
        allowed = edges if edge.type in (EdgeType.ADD, EdgeType.UNDERCUT) else units
        if edge.source not in units or edge.target not in allowed:
            raise FormatError(f"edge {edge.id}: {edge.type} may not join {edge.source} to {edge.target}")


def _segment(element: "Element") -> Segment:
    name = _attribute(element, "id")
    if not element.text or not element.text.strip():
        raise FormatError(f"edu {name} is empty")
    return Segment(name, element.text, element.get("implicit") == "true")


def _unit(element: "Element", segments: tuple[Segment, ...], edges: tuple[Edge, ...]) -> Unit:
    name = _attribute(element, "id")
    below = set(_leaves(name, edges))
    found = tuple(s.id for s in segments if s.id in below)
    if not found:
        raise FormatError(f"adu {name} has no segment")
    return Unit(name, _choice(UnitRole, element), found)


def _leaves(name: str, edges: tuple[Edge, ...]) -> Iterator[str]:
    for edge in edges:
        if edge.type is EdgeType.SEGMENT and edge.target == name:
            yield edge.source
            yield from _leaves(edge.source, tuple(e for e in edges if e is not edge))


def _edge(element: "Element") -> Edge:
    source, target = _attribute(element, "src"), _attribute(element, "trg")
    return Edge(_attribute(element, "id"), source, target, _choice(EdgeType, element))


def _link(edge: Edge, head: Edge, edges: Mapping[str, Edge], grouped: set[str]) -> Link:
    target = edges[head.target].source if head.type is EdgeType.UNDERCUT else head.target
    return Link(edge.id, edge.source, target, head.type, head.id if head.id in grouped else None)


def _head(edge: Edge, edges: Mapping[str, Edge]) -> Edge:
    """The argument that a chain of `add` edges leads to; an edge of another type is its own."""
    seen: set[str] = set()
    while edge.type is EdgeType.ADD:
        if edge.id in seen:
            raise FormatError(f"edge {edge.id} is added to itself")
        seen.add(edge.id)
        edge = edges[edge.target]
    return edge


def _choice(choices: Callable[[str], T], element: "Element") -> T:
    value = _attribute(element, "type")
    try:
        return choices(value)
    except ValueError as error:
        raise FormatError(f"{element.tag} {element.get('id')}: unknown type {value!r}") from error


def _attribute(element: "Element", name: str) -> str:
    value = element.get(name)
    if not value:
        raise FormatError(f"{element.tag} {element.get('id', '')} has no {name}")
    return value
