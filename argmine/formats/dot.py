"""DOT, the language of Graphviz; written only, to be drawn: `dot -Tsvg piece.dot -o piece.svg`.

What a colour says is said without it too: conclusions are boxes, premises rounded; a support is a full line with an
arrow, an attack a dashed one with a bar, and each says which it is.
"""

import textwrap
from collections.abc import Sequence
from pathlib import Path

from argmine.document import one_line
from argmine.formats.files import only, write_text
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation, RelationType

WIDTH = 36
SHAPES = {
    ComponentType.MAJOR_CLAIM: 'shape=box, style=filled, fillcolor="#f3d9fa", penwidth=2',
    ComponentType.CLAIM: 'shape=box, style=filled, fillcolor="#d0ebff"',
    ComponentType.PREMISE: 'shape=box, style="rounded,filled", fillcolor="#fff3bf"',
}
ARROWS = {
    RelationType.SUPPORT: 'label="supports", color="#2b8a3e", fontcolor="#2b8a3e"',
    RelationType.ATTACK: 'label="attacks", color="#c92a2a", fontcolor="#c92a2a", style=dashed, arrowhead=tee',
}


def to_dot(graph: ArgumentGraph) -> str:
    """The graph in DOT, conclusions above what bears on them."""
    lines = [
        f"digraph {_quoted(one_line(graph.id))} {{",
        '  rankdir=BT; node [fontname="Helvetica"]; edge [fontname="Helvetica", fontsize=10];',
        *(_node(component) for component in graph.components),
        *(_edge(relation) for relation in graph.relations),
        "}",
    ]
    return "".join(f"{line}\n" for line in lines)


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes one graph.

    Raises:
        FormatError: there is not one graph.
        ArgmineError: the file cannot be written.
    """
    write_text(to_dot(only(graphs, path)), path)


def _node(component: Component) -> str:
    lines = textwrap.wrap(one_line(component.text), WIDTH) or [""]
    label = "\n".join([f"[{component.type.words}]", *lines])
    return f"  {_name(component.id)} [label={_quoted(label)}, {SHAPES[component.type]}];"


def _edge(relation: Relation) -> str:
    return f"  {_name(relation.source)} -> {_name(relation.target)} [{ARROWS[relation.type]}];"


def _name(component_id: str) -> str:
    """An id as it is, for names are not shown; what DOT cannot hold is escaped as in Python."""
    return _quoted(component_id.encode("unicode_escape").decode() if "\0" in component_id else component_id)


def _quoted(text: str) -> str:
    r"""A string of DOT.

    >>> _quoted('say "no"\nto C:\\N')
    '"say \\"no\\"\\nto C:\\\\N"'
    """
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + plain.replace("\n", "\\n") + '"'
