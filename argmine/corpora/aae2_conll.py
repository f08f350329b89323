"""The Argument Annotated Essays as tokens (Eger, Daxenberger & Gurevych 2017), by essay and by paragraph.

The text of a document is its tokens with single spaces between. Documents have the ids of the same essays in
`aae2`: the files hold none, but their essays stand in the order of those ids. Splits: `train` (286), `dev`
(36) and `test` (80) as published. Components are named `c1`, `c2`, … in text order.

Two components, in essays 098 and 182, end in the midst of a word in `aae2` and after it here; one premise of
essay 286 has another target.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from argmine.corpora.corpus import Corpus, Repair, RepairRule
from argmine.corpora.damage import naming_its_file
from argmine.corpora.folds import published_split
from argmine.corpora.labels import component_type, relation_type
from argmine.corpora.stance import stance_relations, untied_stances
from argmine.document import Document
from argmine.errors import CorpusError
from argmine.formats.conll import ConllComponent, ConllDocument, join_tokens, read_dat
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation

NAME = "aae2-conll"
LICENCE = "research only, no redistribution"
ESSAYS = 402


def read(folder: Path) -> Corpus:
    """The corpus at essay level.

    Raises:
        FormatError: a file is missing or damaged.
        CorpusError: a label is unknown, or a part has not as many essays as were published.
    """
    return _corpus(NAME, folder / "Essay_Level", lambda document, _: document)


def read_paragraphs(folder: Path) -> Corpus:
    """The same at paragraph level, each paragraph a document `<essay>-p<number>`, titles among them.

    A claim whose paragraph has no major claim has no relation; its stance stands in `meta["stances"]`.

    Raises:
        FormatError: a file is missing or damaged.
        CorpusError: a label is unknown, or a part has not as many essays as were published.
    """
    return _corpus(f"{NAME}-paragraphs", folder / "Paragraph_Level", lambda essay, number: f"{essay}-p{number}")


def _corpus(name: str, folder: Path, identify: Callable[[str, int], str]) -> Corpus:
    graphs: list[ArgumentGraph] = []
    splits: dict[str, tuple[str, ...]] = {}
    repairs: list[Repair] = []
    for split, essays in _published().items():
        path = folder / f"{split}.dat"
        found = [(identify(essay, n), document) for essay, n, document in _numbered(path, essays)]
        splits[split] = tuple(document_id for document_id, _ in found)
        graphs += [_graph(path, document_id, document) for document_id, document in found]
        repairs += [repair for document_id, document in found for repair in _repairs(document_id, document)]
    return Corpus(name, tuple(graphs), LICENCE, splits, tuple(repairs))


def _published() -> dict[str, tuple[str, ...]]:
    """Ids of the essays of each part, in the order of its file."""
    dev, test = published_split(NAME, "dev"), published_split(NAME, "test")
    essays = [f"essay{number:03}" for number in range(1, ESSAYS + 1)]
    return {"train": tuple(e for e in essays if e not in {*dev, *test}), "dev": dev, "test": test}


def _numbered(path: Path, essays: tuple[str, ...]) -> Iterator[tuple[str, int, ConllDocument]]:
    """Each document with its essay and its number in it, from 1."""
    documents = read_dat(path)
    by_paragraph = documents[-1].block > 0 if documents else False
    places = [d.block if by_paragraph else n for n, d in enumerate(documents)]
    if len(set(places)) != len(essays):
        raise CorpusError(f"{len(set(places))} essays, {len(essays)} were published", path=path)
    for n, (place, document) in enumerate(zip(places, documents, strict=True)):
        yield essays[place], n - places.index(place) + 1, document


@naming_its_file
def _graph(path: Path, document_id: str, conll: ConllDocument) -> ArgumentGraph:
    text, offsets = join_tokens(conll.tokens)
    return conll_graph(path, Document(id=document_id, text=text), offsets, conll)


def conll_graph(
    path: Path, document: Document, offsets: Sequence[tuple[int, int]], conll: ConllDocument
) -> ArgumentGraph:
    """The components of a CoNLL document, gold or predicted, as a graph over a text of the same tokens.

    Args:
        path: of the file, for messages.
        document: the text.
        offsets: `[token]`, half-open characters of each.
        conll: the tokens' components.

    Raises:
        CorpusError: a label is unknown, or a premise is linked to itself or to no component; it names the line.
    """
    components = []
    for number, c in enumerate(conll.components, 1):
        with _naming_line(path, c.line):
            components.append(_component(number, c, document, offsets))
    stances = {
        component.id: c.label
        for component, c in zip(components, conll.components, strict=True)
        if component.type is ComponentType.CLAIM and c.label is not None
    }
    ties = stance_relations(NAME, components, stances)
    relations = [*_premise_relations(conll, components, path), *ties]
    return ArgumentGraph.build(document, components, relations, meta=untied_stances(ties, stances))


def _component(number: int, found: ConllComponent, document: Document, offsets: Sequence[tuple[int, int]]) -> Component:
    kind = component_type(NAME, found.type)
    if kind is None:
        raise CorpusError(f"{found.type} is no component")
    start, end = offsets[found.start][0], offsets[found.end - 1][1]
    text = document.text[start:end]
    return Component(id=f"c{number}", type=kind, label=found.type, start=start, end=end, text=text)


def _premise_relations(conll: ConllDocument, components: list[Component], path: Path) -> Iterator[Relation]:
    by_token = {c.start: component.id for c, component in zip(conll.components, components, strict=True)}
    for component, c in zip(components, conll.components, strict=True):
        if component.type is ComponentType.PREMISE:
            target = None if c.target is None else by_token.get(c.target)
            with _naming_line(path, c.line):
                yield _premise_relation(component, c.label, target)


def _premise_relation(premise: Component, label: str | None, target: str | None) -> Relation:
    if target is None or target == premise.id or label is None:
        raise CorpusError(f"the premise is linked to {'itself' if target == premise.id else 'no component'}")
    kind = relation_type(NAME, label)
    if kind is None:
        raise CorpusError(f"{label} is no relation")
    return Relation(id=f"r-{premise.id}", source=premise.id, target=target, type=kind, label=label)


@contextmanager
def _naming_line(path: Path, line: int) -> Iterator[None]:
    try:
        yield
    except CorpusError as error:
        raise CorpusError(error.message, path=path, line=line) from error


def _repairs(document_id: str, conll: ConllDocument) -> Iterator[Repair]:
    for number, c in enumerate(conll.components, 1):
        if c.type == "Claim" and c.target is not None:
            detail = f"c{number}, {c.label}, was also linked to the component at token {c.target}"
            yield Repair(RepairRule.CLAIM_WITH_TARGET, document_id, detail)


@dataclass(frozen=True, slots=True)
class EssayTokens:
    """The published tokens of an essay, and those of each of its paragraphs.

    Three words of the essays are two tokens in the essay files and one in the paragraph files.
    """

    tokens: tuple[str, ...]
    paragraphs: tuple[tuple[str, ...], ...]


def read_tokens(folder: Path, essays: Iterable[str]) -> dict[str, EssayTokens]:
    """The published tokens of these essays, by id; only the files of their parts are read.

    Raises:
        FormatError: a file is missing or damaged.
        CorpusError: a part has not as many essays as were published, or an essay is in none.
    """
    wanted = set(essays)
    found: dict[str, EssayTokens] = {}
    for part, names in _published().items():
        if wanted & set(names):
            found |= _tokens_of(folder, part, names)
    if strangers := sorted(wanted - found.keys()):
        raise CorpusError(f"{strangers[0]} is no published essay", path=folder)
    return {name: found[name] for name in found if name in wanted}


def _tokens_of(folder: Path, part: str, names: tuple[str, ...]) -> dict[str, EssayTokens]:
    whole = {name: d.tokens for name, _, d in _numbered(folder / "Essay_Level" / f"{part}.dat", names)}
    cut: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name, _, document in _numbered(folder / "Paragraph_Level" / f"{part}.dat", names):
        cut[name].append(document.tokens)
    return {name: EssayTokens(whole[name], tuple(cut[name])) for name in names}
