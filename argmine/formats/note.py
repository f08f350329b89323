"""What a format has no place for, kept beside it: what argmine knows of each node, and of the whole.

What the format itself says stays the truth: a note on a node that was changed or taken away since is not followed.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue, ValidationError

from argmine.base import Frozen
from argmine.errors import FormatError, faults
from argmine.graph import Alternative, ArgumentGraph, Component, ComponentType, ModelInfo, Relation, RelationType

KEY = "argmine"


class ComponentNote(Frozen):
    """A component, but for its text."""

    id: str
    type: ComponentType
    label: str | None
    start: int
    end: int
    probability: float | None


class RelationNote(Frozen):
    """A relation; ends are ids of components."""

    id: str
    source: str
    target: str
    type: RelationType
    label: str | None
    probability: float | None
    alternatives: tuple[Alternative, ...]


class Note(Frozen):
    """What a graph holds besides text, nodes and edges; components and relations by their nodes, in their order."""

    id: str
    read: float | None
    warnings: tuple[str, ...]
    model: ModelInfo | None
    meta: dict[str, JsonValue]
    components: dict[str, ComponentNote]
    relations: dict[str, RelationNote]


def note_of(graph: ArgumentGraph, nodes: Mapping[str, str], schemes: Mapping[str, str]) -> Note:
    """The note on a graph.

    Args:
        graph: what it is on.
        nodes: by component id, the id of its node in the format.
        schemes: by relation id, the id of its node.
    """
    return Note(
        id=graph.id,
        read=graph.read,
        warnings=graph.warnings,
        model=graph.model,
        meta=graph.meta,
        components={nodes[c.id]: _component(c) for c in graph.components},
        relations={schemes[r.id]: _relation(r) for r in graph.relations},
    )


def read_note(content: Any) -> Note | None:
    """The note that a format keeps, as JSON or in a string of JSON; None where there is none.

    Raises:
        FormatError: it is no note.
    """
    if content is None:
        return None
    try:
        return Note.model_validate_json(content) if isinstance(content, str) else Note.model_validate(content)
    except ValidationError as error:
        raise FormatError(f"{KEY}: {faults(error)}") from error


def _component(c: Component) -> ComponentNote:
    return ComponentNote.model_validate({key: value for key, value in c if key != "text"})


def _relation(r: Relation) -> RelationNote:
    return RelationNote.model_validate(dict(r))
