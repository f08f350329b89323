"""Argdown, a Markdown of arguments; written only.

Each component is a statement under its id, its type as data; below it stand the statements that support (`+`) or attack
(`-`) it. A text of several lines is written in one. Format: https://argdown.org
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from argmine.document import one_line
from argmine.formats.files import only, write_text
from argmine.formats.losses import renamed
from argmine.graph import ArgumentGraph, Component, RelationType

SIGNS = {RelationType.SUPPORT: "+", RelationType.ATTACK: "-"}
# What has a meaning of its own: always, or where no white space follows (`.name.` and `:name:` are short codes).
_MEANS = re.compile(r"[\\@#*_\[\]<>/{}()|]|[.:](?=\S)|-(?=-)")
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*")


def to_argdown(graph: ArgumentGraph) -> str:
    """The graph in Argdown; ids that no title can be are replaced, all of them, by c1, c2, …."""
    if not all(_SAFE.fullmatch(c.id) for c in graph.components):
        graph = renamed(graph)
    title = json.dumps(graph.id).replace("=", "\\u003d")
    return "\n".join([f"===\ntitle: {title}\n===\n", *(_statement(c, graph) for c in graph.components)])


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes one graph.

    Raises:
        FormatError: there is not one graph.
        ArgmineError: the file cannot be written.
    """
    write_text(to_argdown(only(graphs, path)), path)


def escaped(text: str) -> str:
    r"""A text in one line, with a backslash before what Argdown would take for a sign of its own.

    >>> escaped("Trams [the new]\nare #1. 2:1")
    'Trams \\[the new\\] are \\#1. 2\\:1'
    """
    return _MEANS.sub(lambda sign: f"\\{sign[0]}", one_line(text))


def _statement(component: Component, graph: ArgumentGraph) -> str:
    data = json.dumps({"type": component.type.value})
    return "\n".join([f"[{component.id}]: {escaped(component.text)} {data}", *_relations(component, graph), ""])


def _relations(component: Component, graph: ArgumentGraph) -> Iterator[str]:
    for relation in graph.incoming(component):
        yield f"  {SIGNS[relation.type]} [{relation.source}]"
