"""xAIF, what the modules of the oAMF framework pass to each other: AIF beside the text that it is of.

Marking the text up is left to others: it is written as it is, escaped, under `text.txt`. As xAIF allows for additional
structure, a note keeps what AIF has no place for, so nothing is lost; nodes that another module added or changed are
found in the text by their words. Format: https://github.com/arg-tech/xaif
"""

import html
import re
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, JsonValue

from argmine.formats.aif import AifContent, network, written
from argmine.formats.files import only, read_json, reading, stem, write_json
from argmine.formats.node_graphs import graph_of
from argmine.formats.nodes import network_of, numbers
from argmine.formats.note import KEY, note_of, read_note
from argmine.graph import ArgumentGraph

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# Parts of AIF that argmine has nothing to say for.
_EMPTY = ("locutions", "participants", "schemefulfillments", "descriptorfulfillments", "cqdescriptorfulfillments")


class _Text(BaseModel):
    txt: str = ""


class _Content(BaseModel):
    """What is read of a file; modules add more."""

    AIF: AifContent
    text: _Text | str = ""
    argmine: JsonValue = None


def read_graphs(path: Path) -> list[ArgumentGraph]:
    """The graph of a file, named by it where nothing else names it; its text without the marks of HTML.

    Raises:
        FormatError: the file is missing or broken; it says where.
    """
    with reading(path, "xAIF"):
        content = _Content.model_validate(read_json(path))
        note = read_note(content.argmine)
        marked = content.text if isinstance(content.text, str) else content.text.txt
        # What argmine wrote, it escaped whole; others send HTML, or the text as it is.
        text = html.unescape(marked) if note else plain(marked)
        found = graph_of(network(content.AIF), name=stem(path), text=text, note=note)
    return [found]


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes one graph; its nodes are numbered, components first.

    Raises:
        FormatError: there is not one graph.
        ArgmineError: the file cannot be written.
    """
    graph = only(graphs, path)
    names = numbers(graph)
    aif = {key: value for key, value in written(network_of(graph, names)).items() if key in ("nodes", "edges")}
    content = {
        "AIF": {**aif, **{part: [] for part in _EMPTY}},
        "text": {"txt": html.escape(graph.text, quote=False)},
        "dialog": False,
        "OVA": [],
        KEY: note_of(graph, names.nodes, names.schemes).model_dump(mode="json"),
    }
    write_json(content, path)


def plain(marked: str) -> str:
    r"""A text without the marks of HTML that editors put in: breaks as newlines, other tags as nothing.

    >>> plain('Ann <span class="highlighted" id="3">Trams &amp; buses</span>.<br>Yes')
    'Ann Trams & buses.\nYes'
    """
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", marked)))
