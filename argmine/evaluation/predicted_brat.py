"""A brat file of predictions: labels of the corpus that is scored, or the library's own."""

from collections.abc import Iterator
from pathlib import Path

from argmine.corpora.damage import naming_its_file
from argmine.corpora.labels import component_type, relation_type
from argmine.corpora.stance import stance_relations, untied_stances
from argmine.document import Document
from argmine.errors import CorpusError, FormatError
from argmine.formats.brat import BratDocument, BratRelation, BratSpan, read_brat
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation, RelationType

STANCE = "Stance"


@naming_its_file
def read_brat_prediction(path: Path, corpus: str) -> ArgumentGraph:
    """The graph of an `.ann` file and the `.txt` beside it, whose name is the document's id.

    A unit whose label the corpus has for no component is left out, as are relations that neither support nor attack. A
    claim's attribute `Stance` ties it to the last major claim, as the essays' own files have it.

    Raises:
        FormatError: a file is missing or breaks the format, or a label is neither of the corpus nor of the library;
            it names file and line.
    """
    brat = read_brat(path)
    document = Document(id=path.stem, text=brat.text)
    components = list(_components(corpus, brat))
    known = {c.id for c in components}
    relations = [r for r in _relations(corpus, brat) if {r.source, r.target} <= known]
    stances = _stances(brat, components, relations)
    ties = stance_relations(corpus, components, stances) if stances else []
    return ArgumentGraph.build(document, components, [*relations, *ties], meta=untied_stances(ties, stances))


def _components(corpus: str, brat: BratDocument) -> Iterator[Component]:
    for span in brat.spans:
        kind = _type_of(corpus, span, brat.path)
        if kind is not None:
            text = brat.text[span.start : span.end]
            yield Component(id=span.id, type=kind, label=span.label, start=span.start, end=span.end, text=text)


def _type_of(corpus: str, span: BratSpan, path: Path) -> ComponentType | None:
    if span.label in set(ComponentType):
        return ComponentType(span.label)
    try:
        return component_type(corpus, span.label)
    except CorpusError as error:
        own = ", ".join(ComponentType)
        raise FormatError(f"{error.message}, and {own}", path=path, line=span.line) from error


def _relations(corpus: str, brat: BratDocument) -> Iterator[Relation]:
    for r in brat.relations:
        kind = _sign_of(corpus, r, brat.path)
        if r.source == r.target:
            raise FormatError(f"{r.id} joins {r.source} to itself", path=brat.path, line=r.line)
        if kind is not None:
            yield Relation(id=r.id, source=r.source, target=r.target, type=kind, label=r.label)


def _sign_of(corpus: str, relation: BratRelation, path: Path) -> RelationType | None:
    if relation.label in set(RelationType):
        return RelationType(relation.label)
    try:
        return relation_type(corpus, relation.label)
    except CorpusError as error:
        raise FormatError(f"{error.message}, and {', '.join(RelationType)}", path=path, line=relation.line) from error


def _stances(brat: BratDocument, components: list[Component], relations: list[Relation]) -> dict[str, str]:
    """The stance of each claim that has one and no relation of its own."""
    claims = {c.id for c in components if c.type is ComponentType.CLAIM} - {r.source for r in relations}
    found = ((a.target, a.value) for a in brat.attributes if a.label == STANCE and a.target in claims)
    return {claim: stance for claim, stance in found if stance is not None}
