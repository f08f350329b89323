"""Argument graphs as `networkx.MultiDiGraph`, and back; nothing is lost.

A node is a component under its id, an edge a relation with its id as key; their fields are attributes, and what is of
the whole are attributes of the graph. Needs the extra `formats`.
"""

from typing import Any

import networkx as nx
from pydantic import ValidationError

from argmine.errors import FormatError, faults
from argmine.graph import ArgumentGraph

ORDER = "order"
"""Attribute of an edge: the place of its relation among all, for a `MultiDiGraph` keeps edges by their source."""

NAME = "name"
"""Attribute of the graph: its id, where networkx has a graph's name."""

WHOLE = ("text", "read", "warnings", "model", "meta")


def to_networkx(graph: ArgumentGraph) -> "nx.MultiDiGraph[str]":
    """The graph for networkx; edges go from source to target."""
    content = graph.model_dump(mode="json")
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found.graph.update({NAME: graph.id, **{key: content[key] for key in WHOLE}})
    for component in content["components"]:
        found.add_node(component.pop("id"), **component)
    for order, relation in enumerate(content["relations"]):
        source, target, name = (relation.pop(key) for key in ("source", "target", "id"))
        found.add_edge(source, target, key=name, **relation, **{ORDER: order})
    return found


def from_networkx(found: "nx.MultiDiGraph[str]") -> ArgumentGraph:
    """The argument graph of what `to_networkx` made, whatever was added to or taken from it since.

    Nodes need `type`, `start` and `end`, edges a `type`; the rest may be absent, the text of nodes too.

    Raises:
        FormatError: an attribute is missing, unknown or breaks a rule of argument graphs.
    """
    text = str(found.graph.get("text", ""))
    components = [_component(name, dict(attributes), text) for name, attributes in found.nodes(data=True)]
    edges = list(found.edges(keys=True, data=True))
    edges.sort(key=lambda edge: edge[3].get(ORDER, len(edges)))
    relations = [
        {**{k: v for k, v in attributes.items() if k != ORDER}, "id": str(key), "source": source, "target": target}
        for source, target, key, attributes in edges
    ]
    whole = {key: found.graph[key] for key in WHOLE if found.graph.get(key) is not None}
    components.sort(key=lambda c: (c.get("start", 0), c.get("end", 0)))
    try:
        return ArgumentGraph.model_validate(
            {"id": found.graph.get(NAME) or "document", **whole, "components": components, "relations": relations}
        )
    except ValidationError as error:
        raise FormatError(f"breaks a rule of argument graphs: {faults(error)}") from error


def _component(name: str, attributes: dict[str, Any], text: str) -> dict[str, Any]:
    for key in ("type", "start", "end"):
        if key not in attributes:
            raise FormatError(f"node {name} has no {key}")
    return {"text": text[attributes["start"] : attributes["end"]], **attributes, "id": name}
