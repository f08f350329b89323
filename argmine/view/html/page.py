"""The page of a graph, and the parts that another page takes to show maps of its own.

Styles and scripts are the same for every graph: what differs travels as JSON, which the scripts read, and in the title.
"""

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from argmine.document import one_line
from argmine.errors import GraphError
from argmine.graph import ArgumentGraph
from argmine.view.html.hanging import hanging_of
from argmine.view.terminal import graph_text

PACKAGE = "argmine.view.html"
LIBRARY = "vendor/d3-hierarchy/d3-hierarchy.min.js"
STYLES = ("map.css", "piece.css", "tree.css", "print.css")
# In this order, for each uses what stands in those before it.
SCRIPTS = ("data.js", "piece.js", "tree.js", "diagram.js", "lights.js", "sureness.js", "search.js", "keys.js", "map.js")
# Signs that would end a script element or begin a comment in it.
_HARMLESS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Parts:
    """What a page needs to show a map. The scripts draw each `.am` element that holds data when they are loaded.

    A page that draws others later calls `argmineMap(element, data)` with an element made of `fragment`.

    Attributes:
        style: CSS, the same for every graph; it styles nothing outside `.am`.
        scripts: JavaScript, the same for every graph: the layout library, then ours.
        fragment: HTML: an `.am` element with the graph's data in it.
    """

    style: str
    scripts: tuple[str, ...]
    fragment: str


def parts_of(graph: ArgumentGraph) -> Parts:
    """The parts of the graph's page."""
    fragment = _environment().get_template("fragment.html.j2").render(data=data_of(graph), plain=_plain(graph))
    return Parts(_style(), _scripts(), fragment)


def page_of(graph: ArgumentGraph) -> str:
    """The graph as an HTML page that needs nothing else, and that its own policy keeps from loading anything else.

    Equal graphs give equal pages. A graph that is no forest is drawn as far as it can be, and the page says so.
    """
    parts = parts_of(graph)
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            title=one_line(graph.id),
            policy=_policy(parts),
            style=Markup(parts.style),  # noqa: S704 (our own files)
            scripts=[Markup(script) for script in parts.scripts],  # noqa: S704
            fragment=Markup(parts.fragment),  # noqa: S704 (rendered with escapes)
        )
    )


def data_of(graph: ArgumentGraph) -> Markup:
    r"""What the scripts draw, in JSON that can stand in a script element: the graph, and where its components hang.

    >>> print(data_of(ArgumentGraph(id="</script>", text=""))[:46])
    {"graph":{"version":1,"id":"\u003c/script\u003
    """
    hanging = hanging_of(graph)
    data = {"graph": graph.model_dump(mode="json"), "detached": graph.detached, **asdict(hanging)}
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.translate(_HARMLESS))  # noqa: S704 (made harmless)


def _plain(graph: ArgumentGraph) -> str:
    """The trees for those whose browser runs no scripts; of a graph that is no forest the error that says so."""
    try:
        return graph_text(graph)
    except GraphError as error:
        return str(error)


def _policy(parts: Parts) -> str:
    """Lets the page's own styles and scripts run, and nothing be loaded, sent or written as HTML."""
    scripts = " ".join(map(_digest, parts.scripts))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {_digest(parts.style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _style() -> str:
    return "\n".join(_file(name) for name in STYLES)


@cache
def _scripts() -> tuple[str, ...]:
    """The library, and our files as one function, so that no name of theirs is a name of the page."""
    ours = "\n".join(_file(name) for name in SCRIPTS)
    return _file(LIBRARY), f'(() => {{\n"use strict";\n{ours}}})();\n'


def _file(name: str) -> str:
    return files(PACKAGE).joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(PACKAGE),
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
