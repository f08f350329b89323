"""Argument trees: a view of a graph whose relations form a forest.

Several major claims of one document are statements of one thesis, so they share one tree: its root is the last of
them, to which claims are tied by convention, and its `statements` are all.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from argmine.errors import GraphError
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation, RelationType


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

    graph: ArgumentGraph
    root: Component
    statements: tuple[Component, ...]
    _below: Mapping[str, tuple[Relation, ...]]

    def relations_to(self, component: Component) -> tuple[Relation, ...]:
        """Relations into `component`, in text order of their sources; for the root, into any of its statements."""
        targets = self.statements if component in self.statements else (component,)
        found = [r for target in targets for r in self._below.get(target.id, ())]
        return tuple(sorted(found, key=lambda r: self.graph.component(r.source).start))

    def children(self, component: Component) -> tuple[Component, ...]:
        """What bears directly on `component`, in text order."""
        return tuple(self.graph.component(r.source) for r in self.relations_to(component))

    def parent(self, component: Component) -> Component | None:
        """What `component` bears on, None for the root; a statement of the thesis is given as the root.

        Raises:
            ValueError: the component is not in this tree.
        """
        self._refuse_stranger(component)
        if component in self.statements:
            return None
        target = self.graph.component(self.graph.outgoing(component)[0].target)
        return self.root if target in self.statements else target

    def ancestors(self, component: Component) -> tuple[Component, ...]:
        """The way up from `component` to the root, without `component`."""
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
    def components(self) -> tuple[Component, ...]:
        """All components of the tree, further statements of its root among them, in text order."""
        found = [*(c for _, c in self.walk()), *(s for s in self.statements if s != self.root)]
        return tuple(sorted(found, key=lambda c: (c.start, c.end)))

    @property
    def depth(self) -> int:
        """Steps from the root to the component farthest below it; 0 for a root alone."""
        return max(depth for depth, _ in self.walk())

    def arguments(self) -> Iterator[Argument]:
        """Every component on which something bears, with what bears on it, from the root downwards."""
        for _, component in self.walk():
            if self.children(component):
                yield self.argument(component)

    def argument(self, component: Component) -> Argument:
        """What speaks directly for and against `component`."""
        relations = self.relations_to(component)
        return Argument(component, self._sources(relations, RelationType.SUPPORT), self._sources(relations, RelationType.ATTACK))

    def _sources(self, relations: tuple[Relation, ...], kind: RelationType) -> tuple[Component, ...]:
        return tuple(self.graph.component(r.source) for r in relations if r.type is kind)

    def _refuse_stranger(self, component: Component) -> None:
        if component not in self.components:
            raise ValueError(f"component {component.id} is not in the tree of {self.root.id}")

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"[{_name(self.root)}] {_one_line(self.root.text)}"
        for statement in self.statements:
            if statement != self.root:
                yield f"   also stated: {_one_line(statement.text)}"
        stack = self._branches(self.root, "")
        while stack:
            margin, last, relation = stack.pop()
            source = self.graph.component(relation.source)
            sign = "+" if relation.type is RelationType.SUPPORT else "-"
            yield f"{margin}{'└' if last else '├'}─ {sign} [{_name(source)}] {_one_line(source.text)}"
            stack.extend(self._branches(source, margin + ("   " if last else "│  ")))

    def _branches(self, component: Component, margin: str) -> list[tuple[str, bool, Relation]]:
        relations = self.relations_to(component)[::-1]
        return [(margin, place == 0, relation) for place, relation in enumerate(relations)]


def trees_of(graph: ArgumentGraph) -> tuple[ArgumentTree, ...]:
    """The trees of a graph, the thesis first, then in text order of their roots.

    Raises:
        GraphError: a component has two targets or the relations run in a circle; it names them.
    """
    _refuse_second_parent(graph)
    _refuse_cycle(graph)
    below: dict[str, tuple[Relation, ...]] = defaultdict(tuple)
    for relation in graph.relations:
        below[relation.target] += (relation,)
    roots = [graph.component(name) for name in graph.roots]
    thesis = tuple(c for c in roots if c.type is ComponentType.MAJOR_CLAIM)
    others = [ArgumentTree(graph, c, (c,), below) for c in roots if c not in thesis]
    return ((ArgumentTree(graph, thesis[-1], thesis, below),) if thesis else ()) + tuple(others)


def _refuse_second_parent(graph: ArgumentGraph) -> None:
    target: dict[str, str] = {}
    for relation in graph.relations:
        if relation.source in target:
            both = f"{target[relation.source]} and {relation.target}"
            raise GraphError(f"{graph.id}: no forest: {relation.source} has two relations, to {both}")
        target[relation.source] = relation.target


def _refuse_cycle(graph: ArgumentGraph) -> None:
    target = {r.source: r.target for r in graph.relations}
    done: set[str] = set()
    for start in target:
        way: list[str] = []
        here: str | None = start
        while here is not None and here not in done:
            if here in way:
                cycle = " → ".join([*way[way.index(here) :], here])
                raise GraphError(f"{graph.id}: no forest: the relations run in a circle, {cycle}")
            way.append(here)
            here = target.get(here)
        done.update(way)


def _name(component: Component) -> str:
    return component.type.value.replace("_", " ")


def _one_line(text: str) -> str:
    return " ".join(text.split())
