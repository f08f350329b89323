"""Mermaid, the diagrams of Markdown; written only.

Major claims are hexagons, claims boxes, premises rounded; a support is a full line, an attack a dashed one, and each
says which it is. Format: https://mermaid.js.org/syntax/flowchart.html
"""

from collections.abc import Sequence
from pathlib import Path

from argmine.document import one_line
from argmine.formats.files import only, write_text
from argmine.graph import ArgumentGraph, ComponentType, RelationType

SHAPES = {ComponentType.MAJOR_CLAIM: ("{{", "}}"), ComponentType.CLAIM: ("[", "]"), ComponentType.PREMISE: ("(", ")")}
ARROWS = {RelationType.SUPPORT: "-->|supports|", RelationType.ATTACK: "-.->|attacks|"}
COLOURS = {
    ComponentType.MAJOR_CLAIM: "fill:#f3d9fa,stroke:#862e9c,color:#000",
    ComponentType.CLAIM: "fill:#d0ebff,stroke:#1864ab,color:#000",
    ComponentType.PREMISE: "fill:#fff3bf,stroke:#e67700,color:#000",
}
# Signs that would end a string, begin an entity or be taken for HTML or Markdown.
_ENTITIES = str.maketrans({sign: f"#{ord(sign)};" for sign in '"#&<>`*_~\\{}[]()|'})


def to_mermaid(graph: ArgumentGraph) -> str:
    """The graph as a flow chart, conclusions above what bears on them; nodes are named n1, n2, … in text order."""
    names = {c.id: f"n{n}" for n, c in enumerate(graph.components, 1)}
    lines = ["flowchart BT"]
    for component in graph.components:
        left, right = SHAPES[component.type]
        lines.append(f'  {names[component.id]}{left}"{_text(component.text)}"{right}:::{component.type.value}')
    lines += [f"  {names[r.source]} {ARROWS[r.type]} {names[r.target]}" for r in graph.relations]
    lines += [f"  classDef {kind.value} {colours}" for kind, colours in COLOURS.items()]
    return "".join(f"{line}\n" for line in lines)


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes one graph.

    Raises:
        FormatError: there is not one graph.
        ArgmineError: the file cannot be written.
    """
    write_text(to_mermaid(only(graphs, path)), path)


def _text(text: str) -> str:
    return one_line(text).translate(_ENTITIES) or " "
