"""A graph's trees in the terminal: `rich` wraps, draws the guides and, where there is a terminal, colours.

What a colour says is said without it too: `+` supports, `−` attacks, and each component's type stands before its text.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text
from rich.tree import Tree

from argmine.document import one_line
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation, RelationType
from argmine.tree import ALSO_STATED, INDENTED, ArgumentTree

NOTHING = "no argument found"
CUT_OFF = "(detached: what it bears on is unsure)"
SIGN_STYLES = {RelationType.SUPPORT: "bold green", RelationType.ATTACK: "bold red"}
LEGEND = "   ".join(f"{kind.sign} {kind.value}s" for kind in RelationType)
STYLES = {ComponentType.MAJOR_CLAIM: "bold magenta", ComponentType.CLAIM: "bold cyan", ComponentType.PREMISE: "yellow"}
GUIDE = 4
ROOM_FOR_TEXT = 24


@dataclass(frozen=True, slots=True)
class GraphView:
    """What `rich` prints for a graph: its warnings, its trees, the legend of their signs.

    Attributes:
        graph: a forest; another raises `GraphError` when it is printed.
        probabilities: whether those of components and relations are shown.
    """

    graph: ArgumentGraph
    probabilities: bool = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        for warning in _warnings(self.graph):
            yield Text(f"warning: {one_line(warning)}", "yellow")
        indented = min(INDENTED, max(1, (options.max_width - ROOM_FOR_TEXT) // GUIDE))
        for tree in self.graph.trees:
            yield self._tree(tree, indented)
        if not self.graph.components:
            yield Text(NOTHING)
        elif self.graph.relations:
            yield Text(LEGEND, "dim")

    def _tree(self, tree: ArgumentTree, indented: int) -> Tree:
        drawn = Tree(self._root(tree), guide_style="dim")
        stack = [(drawn, 1, relation) for relation in reversed(tree.relations_to(tree.root))]
        while stack:
            above, depth, relation = stack.pop()
            source = tree.graph.component(relation.source)
            node = above.add(self._branch(relation, source, depth if depth > indented else None))
            # Too deep to indent: what follows stands below, at the same margin, and says its depth.
            below = node if depth < indented else above
            stack.extend((below, depth + 1, r) for r in reversed(tree.relations_to(source)))
        return drawn

    def _root(self, tree: ArgumentTree) -> Text:
        label = self._component(tree.root)
        if tree.root.id in self.graph.detached:
            label.append(f" {CUT_OFF}", "dim")
        for statement in tree.restatements:
            label.append(f"\n{ALSO_STATED}", "dim").append(one_line(statement.text))
        return label

    def _branch(self, relation: Relation, source: Component, depth: int | None) -> Text:
        sign = relation.type.sign, SIGN_STYLES[relation.type]
        label = Text.assemble((f"({depth}) ", "dim") if depth else "", sign, " ")
        return label.append(self._probability(relation.probability, after=" "), "dim").append_text(
            self._component(source)
        )

    def _component(self, component: Component) -> Text:
        kind = f"[{component.type.words}{self._probability(component.probability, before=' ')}]"
        return Text.assemble((kind, STYLES[component.type]), " ", one_line(component.text))

    def _probability(self, probability: float | None, *, before: str = "", after: str = "") -> str:
        shown = self.probabilities and probability is not None
        return f"{before}{probability:.2f}{after}" if shown else ""


def graph_text(graph: ArgumentGraph, *, width: int = 100, probabilities: bool = False) -> str:
    """What `GraphView` prints in lines of at most `width` columns, without colours; it ends with a line's end.

    Raises:
        GraphError: the graph is no forest.
    """
    stream = io.StringIO()
    console = Console(file=stream, width=width, color_system=None, force_terminal=False, force_jupyter=False)
    console.print(GraphView(graph, probabilities))
    return stream.getvalue()


def _warnings(graph: ArgumentGraph) -> Iterator[str]:
    yield from graph.warnings
    if graph.read is not None and graph.read < 1:
        yield f"{graph.read:.0%} of the text was read"
