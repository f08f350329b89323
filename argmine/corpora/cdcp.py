"""Cornell eRulemaking Corpus (Park & Cardie 2018): 731 comments on debt collection practices.

JSON beside the text. A component is a proposition, its label `policy`, `value`, `fact`, `testimony` or
`reference`, its id `c` and its place in the file from 0. Reasons and evidences support; a source that is a range
of propositions becomes a relation each, and `meta["groups"]` (relation id → group) says which were one. The graphs are
no trees. Splits: `train` (581) and `test` (150) as published.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, JsonValue, NonNegativeInt

from argmine.corpora.corpus import Corpus, Repair, RepairRule
from argmine.corpora.damage import naming_its_file
from argmine.corpora.edges import without_outer_space
from argmine.corpora.labels import relation_type
from argmine.corpora.units import LabelledSpan, checked_span, components_of, moved
from argmine.document import Document
from argmine.errors import CorpusError
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph, Relation

NAME = "cdcp"
LICENCE = "ODbL (database), DbCL (contents)"

_Range = tuple[NonNegativeInt, NonNegativeInt]
_Source = tuple[_Range, NonNegativeInt]
"""First and last source, and the target."""


class _Annotation(BaseModel):
    """An `.ann.json` file; the keys are the corpus's own."""

    model_config = ConfigDict(extra="forbid")

    prop_labels: list[str]
    prop_offsets: list[_Range]
    reasons: list[_Source]
    evidences: list[_Source]
    url: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Link:
    """One source and one target; `whole` names the annotation that it is a part of."""

    source: int
    target: int
    label: str
    whole: str
    is_range: bool


def read(folder: Path) -> Corpus:
    """The corpus from its folder.

    Raises:
        FormatError: a file is missing or not UTF-8.
        CorpusError: an annotation is damaged or a label unknown.
    """
    repairs: list[Repair] = []
    parts = {split: _part(folder / split, repairs) for split in ("train", "test")}
    graphs = tuple(graph for part in parts.values() for graph in part)
    splits = {split: tuple(g.id for g in part) for split, part in parts.items()}
    return Corpus(NAME, graphs, LICENCE, splits, tuple(repairs))


def _part(folder: Path, repairs: list[Repair]) -> list[ArgumentGraph]:
    paths = sorted(folder.glob("*.ann.json"))
    if not paths:
        raise CorpusError("no .ann.json files", path=folder)
    return [_comment(path, repairs) for path in paths]


@naming_its_file
def _comment(path: Path, repairs: list[Repair]) -> ArgumentGraph:
    name = path.name.removesuffix(".ann.json")
    annotation = _annotation(path)
    document = Document(id=name, text=read_text(path.with_name(f"{name}.txt")))
    units = list(_units(document, annotation, repairs))
    links = _mended(_links(annotation), name, repairs)
    components = components_of(NAME, document, units)
    relations = [_relation(f"r{n}", link) for n, link in enumerate(links, 1)]
    return ArgumentGraph.build(document, components, relations, meta=_meta(annotation, links))


def _annotation(path: Path) -> _Annotation:
    annotation = _Annotation.model_validate_json(read_text(path))
    if len(annotation.prop_labels) != len(annotation.prop_offsets):
        counts = f"{len(annotation.prop_labels)} labels, {len(annotation.prop_offsets)} offsets"
        raise CorpusError(f"as many labels as offsets were expected, found {counts}")
    return annotation


def _units(document: Document, annotation: _Annotation, repairs: list[Repair]) -> Iterator[LabelledSpan]:
    propositions = zip(annotation.prop_labels, annotation.prop_offsets, strict=True)
    for number, (label, (start, end)) in enumerate(propositions):
        name = f"c{number}"
        given = checked_span(document.text, name, start, end)
        span = without_outer_space(document.text, start, end)
        if span is None:
            raise CorpusError(f"{name} holds white space alone")
        repairs.extend(moved(RepairRule.OUTER_SPACE, document.id, name, given, span))
        yield LabelledSpan(name, label, span)


def _links(annotation: _Annotation) -> Iterator[_Link]:
    known = len(annotation.prop_offsets)
    for label, found in (("reason", annotation.reasons), ("evidence", annotation.evidences)):
        for number, ((first, last), target) in enumerate(found):
            whole = f"{label}{number}"
            if last < first:
                raise CorpusError(f"{whole} has the sources {first} to {last}, the first must not come after the last")
            if max(last, target) >= known:
                raise CorpusError(f"{whole} names proposition {max(last, target)}, there are {known}")
            for source in range(first, last + 1):
                yield _Link(source, target, label, whole, last > first)


def _mended(links: Iterable[_Link], document: str, repairs: list[Repair]) -> list[_Link]:
    """The links without repeated ones and those of a proposition to itself."""
    kept: dict[tuple[int, int], _Link] = {}
    for link in links:
        detail = f"{link.label} from c{link.source} to c{link.target}"
        if link.source == link.target:
            repairs.append(Repair(RepairRule.SELF_RELATION, document, detail))
        elif kept.setdefault((link.source, link.target), link) is not link:
            repairs.append(Repair(RepairRule.REPEATED_RELATION, document, detail))
    return list(kept.values())


def _relation(name: str, link: _Link) -> Relation:
    kind = relation_type(NAME, link.label)
    if kind is None:
        raise CorpusError(f"{link.label} is no relation")
    return Relation(id=name, source=f"c{link.source}", target=f"c{link.target}", type=kind, label=link.label)


def _meta(annotation: _Annotation, links: list[_Link]) -> dict[str, JsonValue]:
    groups: Mapping[str, JsonValue] = {f"r{n}": link.whole for n, link in enumerate(links, 1) if link.is_range}
    urls: Mapping[str, JsonValue] = {f"c{number}": url for number, url in annotation.url.items()}
    return {key: dict(value) for key, value in (("groups", groups), ("urls", urls)) if value}
