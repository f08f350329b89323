"""What protocols call components and relations of persuasive essays, derived from a graph."""

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
