"""GraphML, as networkx, Gephi, yEd and Cytoscape read it; nothing is lost.

The file is what networkx makes of `to_networkx`: lists and objects stand in strings of JSON, what is null is left out.
XML has no place for control characters: a graph that holds one is refused. Needs the extra `formats`.
"""

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import tostring  # it writes; defusedxml does the reading

import networkx as nx
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from argmine.errors import FormatError
from argmine.formats.files import only, write_text
from argmine.formats.networkx_graphs import from_networkx, to_networkx
from argmine.formats.text import read_text
from argmine.formats.xml_text import line_of, refuse_no_xml
from argmine.graph import ArgumentGraph

STRUCTURED = ("warnings", "model", "meta", "alternatives")
LABEL = "label"


def read_graphs(path: Path) -> list[ArgumentGraph]:
    """The graph of a file that `write_graphs` made, whatever was added to or taken from it since.

    Raises:
        FormatError: the file is missing or broken; it says where.
    """
    text = read_text(path)
    try:
        fromstring(text)  # networkx would follow entities
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # a key without a type holds text
            found: nx.MultiDiGraph[str] = nx.parse_graphml(
                text, node_type=str, edge_key_type=str, force_multigraph=True
            )  # type: ignore[assignment]
        return [from_networkx(_each(found, _read))]
    except (ParseError, DefusedXmlException) as error:
        raise FormatError(f"no XML that can be read: {error!r}", path=path, line=line_of(error)) from error
    except (nx.NetworkXException, KeyError, ValueError, TypeError) as error:
        # networkx lets the last two through where a number is none.
        raise FormatError(f"no GraphML: {error}", path=path) from error
    except FormatError as error:
        raise FormatError(error.message, path=path) from error


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes one graph.

    Raises:
        FormatError: there is not one graph, or it holds a character that XML does not.
        ArgmineError: the file cannot be written.
    """
    writer = nx.readwrite.graphml.GraphMLWriter(encoding="utf-8")
    writer.add_graph_element(_each(to_networkx(only(graphs, path)), _written))
    # A parser takes a bare carriage return for a newline.
    text = tostring(writer.xml, encoding="unicode").replace("\r", "&#13;")
    refuse_no_xml(text, path)
    write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n', path)


def _each(found: "nx.MultiDiGraph[str]", change: Any) -> "nx.MultiDiGraph[str]":
    """The same graph with all attributes changed."""
    other: nx.MultiDiGraph[str] = nx.MultiDiGraph(**change(found.graph))
    other.add_nodes_from((name, change(attributes)) for name, attributes in found.nodes(data=True))
    for source, target, key, attributes in found.edges(keys=True, data=True):
        other.add_edge(source, target, key=key, **change(attributes))
    return other


def _written(attributes: dict[str, Any]) -> dict[str, Any]:
    return {key: _value(key, value) for key, value in attributes.items() if value is not None}


def _value(key: str, value: Any) -> Any:
    # An empty string would be read as none at all.
    quoted = key == LABEL and (value == "" or value.startswith('"'))
    return json.dumps(value) if quoted or key in STRUCTURED else value


def _read(attributes: dict[str, Any]) -> dict[str, Any]:
    """Attributes as they were written; those that networkx adds for itself are left out.

    Raises:
        FormatError: what should be JSON is none.
    """
    found = dict(attributes)
    for key in found.keys() & {LABEL, *STRUCTURED}:
        if key in STRUCTURED or str(found[key]).startswith('"'):
            try:
                found[key] = json.loads(found[key])
            except (json.JSONDecodeError, TypeError) as error:
                raise FormatError(f"{key} is no JSON: {found[key]!r}") from error
    return {key: value for key, value in found.items() if key not in ("node_default", "edge_default")}
