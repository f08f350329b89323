"""How two analyses of one text differ: what was moved, retyped, relinked, relabelled, added or missing.

Components are paired one to one by the words that they share (`argmine.metrics.alignment`, one within the other
included); outer white space is no difference. The statements of the thesis (the major claims without a relation of
their own) count as one target, so a claim tied to another of them is tied to the same. Probabilities and a corpus's
own labels are not compared.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import ClassVar, NamedTuple, TypeAlias

from pydantic import NonNegativeInt, computed_field

from argmine.base import Derived, Frozen
from argmine.document import Id
from argmine.errors import GraphError
from argmine.evaluation.tree_distance import OrderedTree, ordered_tree, tree_edit_distance
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation
from argmine.metrics.alignment import align
from argmine.metrics.exact_spans import stripped

# Stands for all statements of the thesis, of which any is the right target, and for what those are below.
THESIS = ""


class ComponentPair(Derived):
    """A component of the first graph and what stands for it in the second."""

    derived: ClassVar[Mapping[str, str]] = {"moved": "second", "retyped": "second"}

    first: Component
    second: Component

    @computed_field  # type: ignore[prop-decorator]
    @property
    def moved(self) -> bool:
        """Whether it starts or ends elsewhere, white space aside."""
        return stripped(self.first) != stripped(self.second)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def retyped(self) -> bool:
        """Whether it is of another type."""
        return self.first.type is not self.second.type


class RelationPair(Derived):
    """A relation of the first graph and what stands for it in the second.

    `relinked` says that its target is not what stands for the first one's target.
    """

    derived: ClassVar[Mapping[str, str]] = {"relabelled": "relinked"}

    first: Relation
    second: Relation
    relinked: bool

    @computed_field  # type: ignore[prop-decorator]
    @property
    def relabelled(self) -> bool:
        """Whether support became attack or attack support."""
        return self.first.type is not self.second.type


class TreeDistance(Derived):
    """Edits that make the trees of the second graph of those of the first (`argmine.evaluation.tree_distance`).

    A component is a node; the statements of the thesis and all other roots stand side by side, with what bears on the
    thesis. Taking out a node, putting one in, changing its type and changing its sign (support, attack, none) cost 1
    each; where it starts and ends costs nothing. `size` is the number of components of both, so the most it can be.
    """

    derived: ClassVar[Mapping[str, str]] = {"normalised": "size"}

    edits: NonNegativeInt
    size: NonNegativeInt

    @computed_field  # type: ignore[prop-decorator]
    @property
    def normalised(self) -> float:
        """Edits over size, from 0 (equal) to 1 (nothing in common); 0 where both are empty."""
        return self.edits / self.size if self.size else 0.0


class GraphDifference(Frozen):
    """Two graphs of one text, item by item; `str()` of it is for a person.

    Attributes:
        first: id of the first graph.
        second: id of the second.
        components: what the graphs have in common, in the order of the first.
        missing: components of the first alone.
        added: components of the second alone.
        relations: what the graphs have in common, in the order of the first.
        missing_relations: relations of the first alone.
        added_relations: relations of the second alone.
        tree: the distance of their trees, None where one is no forest.
        no_tree: why there is none.
    """

    first: Id
    second: Id
    components: tuple[ComponentPair, ...]
    missing: tuple[Component, ...]
    added: tuple[Component, ...]
    relations: tuple[RelationPair, ...]
    missing_relations: tuple[Relation, ...]
    added_relations: tuple[Relation, ...]
    tree: TreeDistance | None
    no_tree: str | None

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        alone = self.missing, self.added, self.missing_relations, self.added_relations
        changed = any(p.moved or p.retyped for p in self.components)
        relinked = any(p.relinked or p.relabelled for p in self.relations)
        return not (changed or relinked or any(alone))

    def __str__(self) -> str:
        from argmine.evaluation.difference_text import difference_text

        return difference_text(self)


def difference(first: ArgumentGraph, second: ArgumentGraph) -> GraphDifference:
    """What it takes to make `second` of `first`: gold and predicted, two annotators' or two models'.

    Raises:
        EvaluationError: the graphs are of different texts, or a component holds no word.

    >>> from argmine import Document
    >>> trams = Document(id="trams", text="Keep the trams. They are really quiet.")
    >>> claim, reason = ("c1", "claim", 0, 14), ("c2", "premise", 16, 37)
    >>> one = ArgumentGraph.build(trams, [claim, reason], [("c2", "c1", "support")])
    >>> print(difference(one, ArgumentGraph.build(trams, [claim, ("c2", "claim", 16, 37)])))
    components  2 matched (1 the same, 0 moved, 1 retyped), 0 missing, 0 added
    relations   0 matched (0 the same, 0 relinked, 0 relabelled), 1 missing, 0 added
    tree edits  2 of at most 4 (0.50)
    <BLANKLINE>
    retyped     [premise → claim] They are really quiet
    <BLANKLINE>
    missing     [premise] They are really quiet + → Keep the trams
    """
    pairs = [ComponentPair(first=a, second=b) for a, b in align(first, second, within=True)]
    partner = {p.first.id: p.second.id for p in pairs}
    matched = set(partner.values())
    relations, missing, added = _relations(first, second, partner)
    tree, reason = _tree(first, second, partner)
    return GraphDifference(
        first=first.id,
        second=second.id,
        components=tuple(pairs),
        missing=tuple(c for c in first.components if c.id not in partner),
        added=tuple(c for c in second.components if c.id not in matched),
        relations=relations,
        missing_relations=missing,
        added_relations=added,
        tree=tree,
        no_tree=reason,
    )


class _Link(NamedTuple):
    """A relation with its ends as components of the second graph; None where no component stands for an end."""

    relation: Relation
    source: str | None
    target: str | None


_Key: TypeAlias = Callable[[_Link], tuple[Hashable, ...]]

# What two relations must have in common to be paired, from the most to the least: by the last, they are relinked.
_RUNGS: tuple[_Key, ...] = (
    lambda link: (link.source, link.target, link.relation.type),
    lambda link: (link.source, link.target),
    lambda link: (link.source,),
)


def _relations(
    first: ArgumentGraph, second: ArgumentGraph, partner: Mapping[str, str]
) -> tuple[tuple[RelationPair, ...], tuple[Relation, ...], tuple[Relation, ...]]:
    """What is common to both, in the order of the first; what the first has alone; what the second has alone."""
    left = {link.relation.id: link for link in _links(first, partner)}
    right = {link.relation.id: link for link in _links(second, {c.id: c.id for c in second.components})}
    found: dict[str, RelationPair] = {}
    for key in _RUNGS:
        for one, other in _paired(left.values(), right.values(), key):
            pair = left.pop(one).relation, right.pop(other).relation
            found[one] = RelationPair(first=pair[0], second=pair[1], relinked=key is _RUNGS[-1])
    pairs = tuple(found[r.id] for r in first.relations if r.id in found)
    return pairs, tuple(link.relation for link in left.values()), tuple(link.relation for link in right.values())


def _links(graph: ArgumentGraph, partner: Mapping[str, str]) -> Iterator[_Link]:
    thesis = _thesis(graph)
    for r in graph.relations:
        yield _Link(r, partner.get(r.source), THESIS if r.target in thesis else partner.get(r.target))


def _paired(left: Iterable[_Link], right: Iterable[_Link], key: _Key) -> list[tuple[str, str]]:
    """Ids of relations of equal keys, each once and in order; an end that nothing stands for is equal to none."""
    waiting: dict[tuple[Hashable, ...], deque[str]] = defaultdict(deque)
    for link in right:
        waiting[key(link)].append(link.relation.id)
    return [
        (link.relation.id, waiting[key(link)].popleft())
        for link in left
        if None not in key(link) and waiting[key(link)]
    ]


class _Node(NamedTuple):
    """What a component is in a tree: what stands for it in the second graph, if anything does, its type, its sign."""

    name: str | None
    type: ComponentType | None
    sign: str


def _tree(
    first: ArgumentGraph, second: ArgumentGraph, partner: Mapping[str, str]
) -> tuple[TreeDistance | None, str | None]:
    """The distance, or why there is none."""
    try:
        one = _ordered(first, partner)
        other = _ordered(second, {c.id: c.id for c in second.components})
    except GraphError as error:
        return None, str(error)
    size = len(first.components) + len(second.components)
    return TreeDistance(edits=tree_edit_distance(one, other, _change), size=size), None


def _ordered(graph: ArgumentGraph, names: Mapping[str, str]) -> OrderedTree[_Node]:
    """All trees of a graph below one root that stands for the thesis; children are in text order.

    Raises:
        GraphError: the graph is no forest.
    """
    _ = graph.trees  # raises where there are none
    thesis = _thesis(graph)
    signs = {r.source: r.type.value for r in graph.relations}
    above = {r.source: THESIS if r.target in thesis else r.target for r in graph.relations}
    children: dict[str, list[str]] = defaultdict(list)
    for component in graph.components:
        children[above.get(component.id, THESIS)].append(component.id)

    def node(name: str) -> _Node:
        if name == THESIS:
            return _Node(THESIS, None, "")
        return _Node(names.get(name), graph.component(name).type, signs.get(name, ""))

    return ordered_tree(THESIS, children, node)


def _change(one: _Node, other: _Node) -> int:
    """As much as to take out and put in, for components that do not stand for each other."""
    return 2 if one.name != other.name else (one.type is not other.type) + (one.sign != other.sign)


def _thesis(graph: ArgumentGraph) -> set[str]:
    """Ids of the statements of the thesis."""
    roots = set(graph.roots)
    return {c.id for c in graph.major_claims if c.id in roots}
