"""What benchmarks do with models: load them, mine with a crash counted as a miss, say which they were."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from argmine.corpora import read_corpus
from argmine.corpora.parts import part_of
from argmine.encoding import DocumentEncoder
from argmine.evaluation.seen import seen_documents
from argmine.graph import ArgumentGraph
from argmine.metrics.token_documents import TokenDocument, token_document
from argmine.miner import ArgumentMiner
from argmine.model_folder import TRAINING
from benchmarks.record import ROOT
from benchmarks.spread import Figures, spread

DEFAULT = ROOT / "models" / "default"


@dataclass(frozen=True, slots=True)
class Mined:
    """What a miner made of documents, in their order, and what went wrong: a line a crash."""

    graphs: tuple[ArgumentGraph, ...]
    crashes: tuple[str, ...]


def mine_all(
    mine: Callable[[ArgumentGraph], ArgumentGraph],
    documents: Iterable[ArgumentGraph],
    miss: Callable[[ArgumentGraph], ArgumentGraph] | None = None,
) -> Mined:
    """Mines each document; `miss` makes what stands for a crash, by default a graph without components."""
    graphs: list[ArgumentGraph] = []
    crashes: list[str] = []
    for document in documents:
        try:
            graphs.append(mine(document))
        except Exception as error:  # noqa: BLE001 (whatever goes wrong is a miss)
            graphs.append((miss or empty)(document))
            crashes.append(f"{document.id}: {type(error).__name__}: {error}")
    return Mined(tuple(graphs), tuple(crashes))


def empty(graph: ArgumentGraph) -> ArgumentGraph:
    """A graph of the same text that holds nothing."""
    return ArgumentGraph(id=graph.id, text=graph.text)


def described(miner: ArgumentMiner) -> dict[str, object]:
    """What a record keeps of a model: name, revision, backend, precision, and the seed of its training if told."""
    return {**miner.info.model_dump(), "seed": None if miner.folder is None else seed_of(miner.folder)}


def seed_of(folder: Path) -> int | None:
    """The seed in the recipe that a model folder's `training.json` holds, None where there is none."""
    path = folder / TRAINING
    recipe = json.loads(path.read_text("utf-8")).get("recipe", {}) if path.is_file() else {}
    seed = recipe.get("seed")
    return seed if isinstance(seed, int) else None


def over_models(each: Sequence[tuple[dict[str, object], Figures]]) -> dict[str, object]:
    """Figures of a record over several models: their `summary` (mean, sd, runs) and the model and figures of `each`.

    Raises:
        ValueError: a model is there twice.
    """
    revisions = [str(model["revision"]) for model, _ in each]
    if len(set(revisions)) < len(revisions):
        raise ValueError(f"a model is scored once in a record, found {', '.join(revisions)}")
    runs = [{"model": model, "figures": figures} for model, figures in each]
    return {"models": len(each), "summary": spread([figures for _, figures in each]), "each": runs}


def seeds_of(each: Sequence[tuple[dict[str, object], Figures]]) -> dict[str, object]:
    """The seeds of the models, for a record's `extra`."""
    return {"seeds": [model["seed"] for model, _ in each]}


def learning_parser(docstring: str | None, development: str | None = None) -> argparse.ArgumentParser:
    """The options of a command that learns: its docstring as help, torch's threads, and where told `--development`."""
    options = _parser(docstring)
    options.add_argument("--threads", type=int, help="of torch")
    if development is not None:
        options.add_argument("--development", action="store_true", help=f"score {development} alone; no record")
    return options


def corpus_files(corpora: Path, *names: str) -> list[Path]:
    """All files of corpora, for a record's digest of data."""
    return [path for name in names for path in (corpora / name).rglob("*") if path.is_file()]


def _parser(docstring: str | None) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(description=docstring, formatter_class=argparse.RawDescriptionHelpFormatter)


def parser(docstring: str | None) -> argparse.ArgumentParser:
    """A command's options: its docstring as help, and the model folders."""
    options = _parser(docstring)
    options.add_argument("models", nargs="*", type=Path, default=[DEFAULT], help="model folders; the default model")
    options.add_argument("--limit", type=int, help="only so many documents, and no record: to try the command")
    return options


def add_scheme(options: argparse.ArgumentParser) -> None:
    """The option `--scheme`, by which texts are read; unlike for users, the main one where it is not given."""
    options.add_argument("--scheme", default="", help="by which texts are read; the main one where not given")


def record_name(*parts: str) -> str:
    """The name of a record, from what is told of it; the main scheme's name is empty and left out.

    >>> record_name("seeds", "", "held-out"), record_name("seeds", "opinion", "held-out")
    ('seeds-held-out', 'seeds-opinion-held-out')
    """
    return "-".join(filter(None, parts))


def add_corpora(options: argparse.ArgumentParser) -> None:
    """The option `--corpora`, else the variable ARGMINE_CORPORA."""
    told = os.environ.get("ARGMINE_CORPORA")
    options.add_argument("--corpora", type=Path, default=Path(told) if told else None, help="or ARGMINE_CORPORA")


def told_with_corpora(
    options: argparse.ArgumentParser, arguments: Sequence[str] | None = None, *, models: int | None = None
) -> argparse.Namespace:
    """What was told, `--corpora` among it; exits with a line where that, or the number of models, is not as asked."""
    add_corpora(options)
    told = options.parse_args(arguments)
    if told.corpora is None:
        options.error("tell --corpora or ARGMINE_CORPORA, the folder of the unpacked corpora")
    if models is not None and len(told.models) != models:
        options.error(f"models to measure: {models}, found {len(told.models)}")
    return told


def unseen(miner: ArgumentMiner, corpus: str, corpora: Path, tenth: int) -> tuple[list[ArgumentGraph], int]:
    """The documents of a corpus's tenth that the model did not see, and how many it saw."""
    graphs = part_of(read_corpus(corpus, corpora / corpus), f"tenth-{tenth}")
    seen = None if miner.folder is None else seen_documents(miner.folder, graphs)
    known = set() if seen is None else {*seen.train, *seen.development}
    return [graph for graph in graphs if graph.id not in known], len(known)


def over_words(
    encoder: DocumentEncoder, gold: ArgumentGraph, found: ArgumentGraph
) -> tuple[TokenDocument, TokenDocument]:
    """Gold and found with the words of an encoder for tokens."""
    offsets = [(int(start), int(end)) for start, end in encoder.encode(gold.document).spans]
    return token_document(gold, offsets), token_document(found, offsets)


def complain(crashes: Iterable[str]) -> None:
    """Tells of crashes."""
    for line in crashes:
        print(f"crash, counted as a miss: {line}", file=sys.stderr)
