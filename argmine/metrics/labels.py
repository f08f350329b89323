"""What protocols call components and relations of persuasive essays, derived from a graph."""

from collections.abc import Collection

from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation, RelationType

TYPE_NAMES = {
    ComponentType.MAJOR_CLAIM: "MajorClaim",
    ComponentType.CLAIM: "Claim",
    ComponentType.PREMISE: "Premise",
}


def sign(graph: ArgumentGraph, component: Component) -> RelationType:
    """How a component bears on its target: the type of its first relation.

    A claim of a text without major claim has none; then `meta["stances"]` may tell ("For", "Against"), and support,
    the majority, is taken where nothing does.
    """
    outgoing = graph.outgoing(component)
    if outgoing:
        return outgoing[0].type
    stances = graph.meta.get("stances")
    against = isinstance(stances, dict) and stances.get(component.id) == "Against"
    return RelationType.ATTACK if against else RelationType.SUPPORT


def relation_label(kind: ComponentType, sign: RelationType) -> str:
    """The label of the one relation that each component emits in protocol A; "None" for a major claim.

    >>> relation_label(ComponentType.CLAIM, RelationType.ATTACK)
    'Claim:Against'
    """
    if kind is ComponentType.MAJOR_CLAIM:
        return "None"
    if kind is ComponentType.CLAIM:
        return "Claim:For" if sign is RelationType.SUPPORT else "Claim:Against"
    return "Premise:Support" if sign is RelationType.SUPPORT else "Premise:Attack"


def is_stance(graph: ArgumentGraph, relation: Relation) -> bool:
    """Whether a relation is a claim's stance (claim to major claim), which link protocols leave out."""
    ends = graph.component(relation.source).type, graph.component(relation.target).type
    return ends == (ComponentType.CLAIM, ComponentType.MAJOR_CLAIM)


def links(graph: ArgumentGraph) -> tuple[Relation, ...]:
    """The relations that are no stance."""
    return tuple(r for r in graph.relations if not is_stance(graph, r))


def own_label(graph: ArgumentGraph, component: Component, known: Collection[str]) -> str:
    """A component's label as its corpus has it, for protocols that score those.

    Raises:
        EvaluationError: it has none, or one that is not among `known`.
    """
    return known_label(graph, component.id, component.label, known)


def known_label(graph: ArgumentGraph, name: str, label: str | None, known: Collection[str]) -> str:
    """`label` of the unit `name`, if it is among `known`.

    Raises:
        EvaluationError: it is not, or is None.
    """
    if label is None or label not in known:
        found = "no label" if label is None else f"the label {label!r}"
        raise EvaluationError(f"{graph.id}: {name} has {found}, scored are {', '.join(known)}")
    return label
