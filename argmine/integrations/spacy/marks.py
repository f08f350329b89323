"""An argument graph on a Doc: whole and exact in `doc._.arguments`, its components as spans of tokens.

The graph is kept as its JSON in `doc.user_data`, so it goes where the Doc goes: `Doc.to_bytes`, `DocBin` with
`store_user_data=True`, other processes.
"""

from functools import lru_cache

from pydantic import ValidationError
from spacy.tokens import Doc, SpanGroup

from argmine.errors import FormatError, faults
from argmine.graph import ArgumentGraph, ComponentType

EXTENSION = "arguments"
KEPT = "argmine.arguments"
"""The key in `doc.user_data`."""
COLOURS = {
    ComponentType.MAJOR_CLAIM.value: "#f4b942",
    ComponentType.CLAIM.value: "#9fd8cb",
    ComponentType.PREMISE.value: "#c9d7f8",
}
"""Of displaCy, by label."""
READ = 256
"""Graphs that are not read twice."""


def arguments_of(doc: Doc) -> ArgumentGraph | None:
    """The graph of a Doc, with offsets in `doc.text`; None where the component has not seen the Doc.

    Raises:
        FormatError: what the Doc holds in its place is no graph, or one of another text.
    """
    kept = doc.user_data.get(KEPT)
    if kept is None:
        return None
    graph = _read(kept)
    if graph.text != doc.text:
        raise FormatError(f"user_data[{KEPT!r}] is the graph of another text than the Doc's")
    return graph


def set_arguments(doc: Doc, graph: ArgumentGraph) -> None:
    """Makes `graph` the Doc's.

    Raises:
        ValueError: it is the graph of another text.
    """
    if graph.text != doc.text:
        raise ValueError("the graph is of another text than the Doc's")
    doc.user_data[KEPT] = graph.model_dump_json()


def component_spans(doc: Doc, graph: ArgumentGraph, key: str) -> SpanGroup:
    """A span for each component, labelled by its type, with the component's id as its `id_`.

    A Span is made of whole tokens. Where a component starts or ends inside a token, its span has all of the token,
    so it may be longer than the component, and two spans may share a token; the graph's offsets stay exact.
    """
    spans = [
        doc.char_span(c.start, c.end, label=c.type.value, span_id=c.id, alignment_mode="expand")
        for c in graph.components
    ]
    return SpanGroup(doc, name=key, spans=[span for span in spans if span is not None])


@lru_cache(maxsize=READ)
def _read(kept: str) -> ArgumentGraph:
    try:
        return ArgumentGraph.model_validate_json(kept)
    except ValidationError as error:
        raise FormatError(f"user_data[{KEPT!r}] is no argument graph: {faults(error)}") from error


# Each process that reads a Doc needs the attribute, and spaCy knows no other place than an import to make it.
Doc.set_extension(EXTENSION, getter=arguments_of, setter=set_arguments, force=True)
