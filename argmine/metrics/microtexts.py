"""Protocol E: arg-microtexts with given segments, four levels (Peldszus & Stede, EMNLP 2015).

Each level is a macro-F1 over the items of all scored documents:

    cc   each component: the central claim (no outgoing relation) or not
    ro   each component: proponent or opponent, by the attacks on the way to the central claim (even or odd)
    fu   each component: central claim, support or attack
    at   each ordered pair of components of one document: attached or not

The published figures are means of such scores over 50 test folds: add the documents of a fold, average the
folds. The graphs are first made what the authors score, `as_dependencies`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations

from argmine.errors import EvaluationError, GraphError
from argmine.graph import ArgumentGraph, Relation, RelationType
from argmine.metrics.counts import Confusion
from argmine.metrics.pairing import pair_given

CENTRAL = "cc"
LINKED = "link"
PROPONENT, OPPONENT = "proponent", "opponent"


@dataclass(frozen=True, slots=True)
class MicrotextCounts:
    """How the items of the four levels were labelled."""

    cc: Confusion
    ro: Confusion
    fu: Confusion
    at: Confusion

    @classmethod
    def empty(cls) -> "MicrotextCounts":
        """Counts of no document."""
        return cls(Confusion({}), Confusion({}), Confusion({}), Confusion({}))

    def __add__(self, other: "MicrotextCounts") -> "MicrotextCounts":
        return MicrotextCounts(self.cc + other.cc, self.ro + other.ro, self.fu + other.fu, self.at + other.at)

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps."""
        levels = {"cc": self.cc, "ro": self.ro, "fu": self.fu, "at": self.at}
        return {name: level.figures() for name, level in levels.items()}

    def __str__(self) -> str:
        return f"cc  {self.cc}\nro  {self.ro}\nfu  {self.fu}\nat  {self.at}"


@dataclass(frozen=True, slots=True)
class _Arc:
    target: int
    type: RelationType


def count_graph(gold: ArgumentGraph, predicted: ArgumentGraph) -> MicrotextCounts:
    """Counts of one document, predicted over the segments of gold.

    Raises:
        EvaluationError: the graphs differ in text or spans.
        GraphError: one of them is no forest.
    """
    pair_given(gold, predicted)
    wanted, given = _arcs(as_dependencies(gold)), _arcs(as_dependencies(predicted))
    return MicrotextCounts(
        Confusion.of_labels(_central(wanted), _central(given)),
        Confusion.of_labels(roles(gold), roles(predicted)),
        Confusion.of_labels(_functions(wanted), _functions(given)),
        Confusion.of_labels(_attachments(wanted), _attachments(given)),
    )


def count_graphs(pairs: Iterable[tuple[ArgumentGraph, ArgumentGraph]]) -> MicrotextCounts:
    """Counts of a fold, from pairs of gold and predicted."""
    return sum((count_graph(gold, predicted) for gold, predicted in pairs), MicrotextCounts.empty())


def as_dependencies(graph: ArgumentGraph) -> ArgumentGraph:
    """The graph with linked premises as Peldszus & Stede have them: each supports the premise that it joins.

    `meta["groups"]` tells the linked ones: from the id of each of their relations to that of the relation that
    they share. Undercuts are attacks on the source of the attacked relation already. A graph without groups is
    returned as it is; a model for this protocol trains on what is returned.

    Raises:
        EvaluationError: a group is named after no relation of the graph.
    """
    groups = graph.meta.get("groups") or {}
    if not isinstance(groups, dict):
        raise EvaluationError(f"{graph.id}: meta['groups'] must map relations to groups, found {groups!r}")
    source = {r.id: r.source for r in graph.relations}
    if strangers := sorted({str(group) for group in groups.values()} - source.keys()):
        raise EvaluationError(f"{graph.id}: linked premises share {', '.join(strangers)}, which is no relation")
    partners = {name: source[str(group)] for name, group in groups.items() if name != group}
    moved = tuple(_to_partner(r, partners[r.id]) if r.id in partners else r for r in graph.relations)
    left = {key: value for key, value in graph.meta.items() if key != "groups"}
    return graph.model_copy(update={"relations": moved, "meta": left}) if partners else graph


def roles(graph: ArgumentGraph) -> list[str]:
    """`proponent` or `opponent` for each component, by the attacks on the way to the central claim.

    Raises:
        GraphError: it is no forest.
    """
    arcs = _arcs(as_dependencies(graph))
    return [OPPONENT if _attacks_above(graph, arcs, place) % 2 else PROPONENT for place in range(len(arcs))]


def _to_partner(relation: Relation, partner: str) -> Relation:
    return relation.model_copy(update={"target": partner, "type": RelationType.SUPPORT, "label": LINKED})


def _arcs(graph: ArgumentGraph) -> list[_Arc | None]:
    place = {c.id: number for number, c in enumerate(graph.components)}
    arcs: list[_Arc | None] = []
    for component in graph.components:
        outgoing = graph.outgoing(component)
        if len(outgoing) > 1:
            raise GraphError(f"{graph.id}: no forest: {component.id} has {len(outgoing)} relations")
        arcs.append(_Arc(place[outgoing[0].target], outgoing[0].type) if outgoing else None)
    return arcs


def _central(arcs: list[_Arc | None]) -> list[str]:
    return [CENTRAL if arc is None else "other" for arc in arcs]


def _functions(arcs: list[_Arc | None]) -> list[str]:
    return [CENTRAL if arc is None else arc.type.value for arc in arcs]


def _attachments(arcs: list[_Arc | None]) -> list[str]:
    attached = {(source, arc.target) for source, arc in enumerate(arcs) if arc is not None}
    return ["attached" if pair in attached else "apart" for pair in permutations(range(len(arcs)), 2)]


def _attacks_above(graph: ArgumentGraph, arcs: list[_Arc | None], place: int) -> int:
    attacks = steps = 0
    arc = arcs[place]
    while arc is not None:
        attacks += arc.type is RelationType.ATTACK
        steps += 1
        if steps > len(arcs):
            raise GraphError(f"{graph.id}: no forest: the relations run in a circle above {graph.components[place].id}")
        arc = arcs[arc.target]
    return attacks
