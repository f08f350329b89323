"""Annotation passes over a text as JSON that quotes its components, as in `seeds/passes/`; read only.

    {"id": "pool",
     "components": [{"id": "c1", "type": "claim", "quote": "an exact substring", "occurrence": 1}],
     "relations": [{"source": "c2", "target": "c1", "type": "support"}]}

`occurrence` counts from 1 the places where the quote stands in the text, overlapping ones included.
"""

from pathlib import Path

from pydantic import Field, ValidationError

from argmine.base import Frozen
from argmine.document import Document
from argmine.errors import FormatError, faults
from argmine.graph import ArgumentGraph, ComponentType, RelationType


class Quote(Frozen):
    """A component, told by the words that it covers."""

    id: str = Field(min_length=1)
    type: ComponentType
    quote: str = Field(min_length=1)
    occurrence: int = Field(default=1, ge=1)


class QuoteRelation(Frozen):
    """A relation between two quotes."""

    source: str
    target: str
    type: RelationType


class QuoteFile(Frozen):
    """One pass over one text."""

    id: str = Field(min_length=1)
    components: tuple[Quote, ...]
    relations: tuple[QuoteRelation, ...] = ()


def read(path: Path, text: str) -> ArgumentGraph:
    """The graph that a pass describes.

    Args:
        path: the pass.
        text: the text that it quotes, unchanged.

    Raises:
        FormatError: the file is missing or no such JSON, a quote stands not or too seldom in the text, or
            the parts break a rule of the graph.
    """
    try:
        content = QuoteFile.model_validate_json(path.read_bytes())
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror}", path=path) from error
    except ValidationError as error:
        raise FormatError(f"not a pass of quotes: {faults(error)}", path=path) from error
    document = Document(id=content.id, text=text)
    components = [_place(quote, text, path) for quote in content.components]
    relations = [(r.source, r.target, r.type.value) for r in content.relations]
    try:
        return ArgumentGraph.build(document, components, relations)
    except ValidationError as error:
        raise FormatError(f"breaks a rule of argument graphs: {faults(error)}", path=path) from error


def _place(quote: Quote, text: str, path: Path) -> tuple[str, str, int, int]:
    start = -1
    for nth in range(1, quote.occurrence + 1):
        start = text.find(quote.quote, start + 1)
        if start < 0:
            seen = f"stands {nth - 1} times in the text, occurrence {quote.occurrence} was asked for"
            raise FormatError(f"the quote of {quote.id} {seen}: {quote.quote!r}", path=path)
    return quote.id, quote.type.value, start, start + len(quote.quote)
