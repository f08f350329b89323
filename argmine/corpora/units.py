"""A unit of text as a corpus gives it, made a component, or kept in `meta` where its label is no component."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import JsonValue

from argmine.corpora.corpus import Repair, RepairRule
from argmine.corpora.labels import component_type
from argmine.document import Document, Span
from argmine.errors import CorpusError
from argmine.graph import Component


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A stretch of text under a corpus's own label."""

    id: str
    label: str
    span: Span


def components_of(corpus: str, document: Document, units: Iterable[LabelledSpan]) -> list[Component]:
    """The units whose label is a component.

    Raises:
        CorpusError: a label is unknown.
    """
    found: list[Component] = []
    for unit in units:
        kind, span = component_type(corpus, unit.label), unit.span
        if kind is not None:
            text = document.cut(span)
            component = Component(id=unit.id, type=kind, label=unit.label, start=span.start, end=span.end, text=text)
            found.append(component)
    return found


def other_units(corpus: str, units: Iterable[LabelledSpan]) -> list[JsonValue]:
    """The units whose label is no component, for `meta`: `{"id", "label", "start", "end"}` each.

    Raises:
        CorpusError: a label is unknown.
    """
    return [
        {"id": u.id, "label": u.label, "start": u.span.start, "end": u.span.end}
        for u in units
        if component_type(corpus, u.label) is None
    ]


def moved(rule: RepairRule, document: str, unit: str, before: Span, after: Span) -> tuple[Repair, ...]:
    """The repair that moved a unit, none where it stayed."""
    if before == after:
        return ()
    detail = f"{unit} from {before.start}..{before.end} to {after.start}..{after.end}"
    return (Repair(rule, document, detail),)


def checked_span(text: str, unit: str, start: int, end: int) -> Span:
    """The span, if it lies in the text.

    Raises:
        CorpusError: it is empty or ends beyond the text.
    """
    if not 0 <= start < end <= len(text):
        raise CorpusError(f"{unit} is said to stand at {start}..{end}, the text has {len(text)} characters")
    return Span(start=start, end=end)
