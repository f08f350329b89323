"""Argument trees: a view of a graph whose relations form a forest.

Several major claims of one document are statements of one thesis, so they share one tree: its root is the last of
them, to which claims are tied by convention, and its `statements` are all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from argmine.document import one_line
from argmine.errors import GraphError
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation, RelationType

# Levels that `str(tree)` indents; below, a line says its depth, or the margins of a deep chain would outgrow its text.
INDENTED = 24
# What stands before a further statement of the root.
ALSO_STATED = "also stated: "


@dataclass(frozen=True, slots=True)
class Argument:
    """A conclusion and what speaks directly for and against it; any component may be the conclusion of its argument."""

    conclusion: Component
    supports: tuple[Component, ...]
    attacks: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class ArgumentTree:
    """A root and all that bears on it, directly or through others.

    Attributes:
        graph: the graph it is a view of.
        root: the conclusion of the whole; of several major claims the last.
        statements: all statements of the root: the document's major claims, or the root alone.
    """

    graph: ArgumentGraph = field(repr=False)
    root: Component
    statements: tuple[Component, ...]
    _members: Mapping[str, Component] = field(repr=False, compare=False)
    """All components of the tree by id, in text order."""
    _stated: frozenset[str] = field(repr=False, compare=False)
    """Ids of the statements."""

    @property
    def components(self) -> tuple[Component, ...]:
        """All components of the tree, further statements of its root among them, in text order."""
        return tuple(self._members.values())

    @property
    def restatements(self) -> tuple[Component, ...]:
        """The statements but the root, in text order."""
        return tuple(s for s in self.statements if s.id != self.root.id)

    def __contains__(self, component: Component) -> bool:
        return self._members.get(component.id) == component

    def relations_to(self, component: Component) -> tuple[Relation, ...]:
        """Relations into `component`, in text order of their sources; for the root, into any of its statements.

        Raises:
            ValueError: the component is not in this tree.
        """
        self._refuse_stranger(component)
        targets = self.statements if component.id in self._stated else (component,)
        found = [r for target in targets for r in self.graph.incoming(target)]
        return tuple(sorted(found, key=lambda r: (self._members[r.source].start, self._members[r.source].end)))

    def children(self, component: Component) -> tuple[Component, ...]:
        """What bears directly on `component`, in text order.

        Raises:
            ValueError: the component is not in this tree.
        """
        return tuple(self._members[r.source] for r in self.relations_to(component))

    def parent(self, component: Component) -> Component | None:
        """What `component` bears on, None for the root; a statement of the thesis is given as the root.

        Raises:
            ValueError: the component is not in this tree.
        """
        self._refuse_stranger(component)
        if component.id in self._stated:
            return None
        target = self.graph.outgoing(component)[0].target
        return self.root if target in self._stated else self._members[target]

    def ancestors(self, component: Component) -> tuple[Component, ...]:
        """The way up from `component` to the root, without `component`.

        Raises:
            ValueError: the component is not in this tree.
        """
        way: list[Component] = []
        above = self.parent(component)
        while above is not None:
            way.append(above)
            above = self.parent(above)
        return tuple(way)

    def walk(self, component: Component | None = None) -> Iterator[tuple[int, Component]]:
        """Depth and component from `component` (the root) downwards, parents first, in text order."""
        stack = [(0, self.root if component is None else component)]
        while stack:
            depth, top = stack.pop()
            yield depth, top
            stack.extend((depth + 1, child) for child in reversed(self.children(top)))

    @property
    def depth(self) -> int:
        """Steps from the root to the component farthest below it; 0 for a root alone."""
        return max(depth for depth, _ in self.walk())

    def arguments(self) -> Iterator[Argument]:
        """Every component on which something bears, with what bears on it, from the root downwards."""
        for _, component in self.walk():
            argument = self.argument(component)
            if argument.supports or argument.attacks:
                yield argument

    def argument(self, component: Component) -> Argument:
        """What speaks directly for and against `component`.

        Raises:
            ValueError: the component is not in this tree.
        """
        relations = self.relations_to(component)
        supports, attacks = (
            tuple(self._members[r.source] for r in relations if r.type is kind)
            for kind in (RelationType.SUPPORT, RelationType.ATTACK)
        )
        return Argument(component, supports, attacks)

    def _refuse_stranger(self, component: Component) -> None:
        if component not in self:
            raise ValueError(f"component {component.id} is not in the tree of {self.root.id}")

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield _shown(self.root)
        for statement in self.restatements:
            yield f"   {ALSO_STATED}{one_line(statement.text)}"
        stack = self._branches(self.root, "", 1)
        while stack:
            margin, depth, last, relation = stack.pop()
            source = self._members[relation.source]
            elbow = f"({depth})" if depth > INDENTED else "└─" if last else "├─"
            yield f"{margin}{elbow} {relation.type.sign} {_shown(source)}"
            deeper = "" if depth >= INDENTED else "   " if last else "│  "
            stack.extend(self._branches(source, margin + deeper, depth + 1))

    def _branches(self, component: Component, margin: str, depth: int) -> list[tuple[str, int, bool, Relation]]:
        relations = self.relations_to(component)[::-1]
        return [(margin, depth, place == 0, relation) for place, relation in enumerate(relations)]


def _shown(component: Component) -> str:
    return f"[{component.type.words}] {one_line(component.text)}"


def trees_of(graph: ArgumentGraph) -> tuple[ArgumentTree, ...]:
    """The trees of a graph, the thesis first, then in text order of their roots.

    Raises:
        GraphError: a component has two targets or the relations run in a circle; it names them.
    """
    root_of = _root_of_each(graph, _targets(graph))
    roots = [graph.component(name) for name in graph.roots]
    thesis = tuple(c for c in roots if c.type is ComponentType.MAJOR_CLAIM)
    others = [c for c in roots if c.type is not ComponentType.MAJOR_CLAIM]
    statements = ([thesis] if thesis else []) + [(root,) for root in others]
    tree_of = {c.id: place for place, stated in enumerate(statements) for c in stated}
    members: list[dict[str, Component]] = [{} for _ in statements]
    for component in graph.components:
        members[tree_of[root_of[component.id]]][component.id] = component
    return tuple(
        ArgumentTree(graph, stated[-1], stated, inside, frozenset(c.id for c in stated))
        for stated, inside in zip(statements, members, strict=True)
    )


def _targets(graph: ArgumentGraph) -> dict[str, str]:
    """The one target of each component that has one."""
    target: dict[str, str] = {}
    for relation in graph.relations:
        if relation.source in target:
            both = f"{target[relation.source]} and {relation.target}"
            raise GraphError(f"{graph.id}: no forest: {relation.source} has two relations, to {both}")
        target[relation.source] = relation.target
    return target


def _root_of_each(graph: ArgumentGraph, target: Mapping[str, str]) -> dict[str, str]:
    """The component at the end of each one's way up; each step is taken once."""
    root: dict[str, str] = {name: name for name in graph.roots}
    for component in graph.components:
        way: dict[str, None] = {}  # ordered, and quick to look in
        here = component.id
        while here not in root:
            if here in way:
                names = list(way)
                cycle = " → ".join([*names[names.index(here) :], here])
                raise GraphError(f"{graph.id}: no forest: the relations run in a circle, {cycle}")
            way[here] = None
            here = target[here]
        root.update(dict.fromkeys(way, root[here]))
    return root
