"""Components and relations of a graph from brat's, by a corpus's own row of the table of labels."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from argmine.corpora.corpus import Repair, RepairRule
from argmine.corpora.labels import component_type, relation_type
from argmine.document import Document
from argmine.errors import CorpusError
from argmine.formats.brat import BratDocument, BratRelation
from argmine.graph import Component, Relation, RelationType


@dataclass(frozen=True, slots=True)
class ReadRelations:
    """Relations of a document, those of another kind for its `meta`, and what was repaired."""

    relations: tuple[Relation, ...]
    meta: Mapping[str, JsonValue]
    repairs: tuple[Repair, ...]


def brat_components(corpus: str, document: Document, brat: BratDocument) -> list[Component]:
    """The spans that are components, under their own ids.

    Raises:
        CorpusError: a label is unknown; it names the line.
    """
    found: list[Component] = []
    for span in brat.spans:
        try:
            kind = component_type(corpus, span.label)
        except CorpusError as error:
            raise CorpusError(error.message, path=brat.path, line=span.line) from error
        if kind is not None:
            place = {"start": span.start, "end": span.end, "text": document.text[span.start : span.end]}
            found.append(Component.model_validate({"id": span.id, "type": kind, "label": span.label, **place}))
    return found


def brat_relations(corpus: str, document: Document, brat: BratDocument) -> ReadRelations:
    """The relations that support or attack, under their own ids; a repeated or circular one is repaired.

    Raises:
        CorpusError: a label is unknown; it names the line.
    """
    kept: dict[tuple[str, str, RelationType], Relation] = {}
    others: list[JsonValue] = []
    repairs: list[Repair] = []
    for r, kind in _typed(corpus, brat):
        if r.source == r.target:
            repairs.append(_repair(RepairRule.SELF_RELATION, document, r))
        elif kind is None:
            others.append({"id": r.id, "source": r.source, "target": r.target, "label": r.label})
        elif (r.source, r.target, kind) in kept:
            repairs.append(_repair(RepairRule.REPEATED_RELATION, document, r))
        else:
            relation = Relation(id=r.id, source=r.source, target=r.target, type=kind, label=r.label)
            kept[r.source, r.target, kind] = relation
    return ReadRelations(tuple(kept.values()), {"other_relations": others} if others else {}, tuple(repairs))


def _typed(corpus: str, brat: BratDocument) -> Iterator[tuple[BratRelation, RelationType | None]]:
    for r in brat.relations:
        try:
            yield r, relation_type(corpus, r.label)
        except CorpusError as error:
            raise CorpusError(error.message, path=brat.path, line=r.line) from error


def _repair(rule: RepairRule, document: Document, r: BratRelation) -> Repair:
    return Repair(rule, document.id, f"{r.id}: {r.label} from {r.source} to {r.target}")
