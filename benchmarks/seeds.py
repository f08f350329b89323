"""Question: how well does a model read opinion pieces, on which no one trained?

Data: `seeds/<id>.txt` and the gold graphs `seeds/gold/<id>.json`; which piece is for development and which held out
stands in the table of `seeds/README.md`. Method: each raw text is mined in ONNX Runtime, fp32; spans, conclusions,
premises and links at more than half of the words (`argmine.metrics.overlap`), and components and relations as in
protocol A, essay level, with the words of the model's encoder for tokens. Micro over the pieces, and each piece. A
crash counts as a miss. These figures are of 16 pieces by one group of authors; the agreement of their two annotation
passes is in `seed_agreement`.

    python -m benchmarks.seeds models/default --split held-out
    python -m benchmarks.seeds models/default --split held-out --scheme opinion
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from argmine.errors import CorpusError
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph
from argmine.metrics import acl2017, overlap
from argmine.miner import ArgumentMiner
from benchmarks.mining import (
    add_scheme,
    complain,
    described,
    mine_all,
    over_models,
    over_words,
    parser,
    record_name,
    seeds_of,
)
from benchmarks.record import ROOT, digest_files, write_record
from benchmarks.spread import Figures, figure

SEEDS = ROOT / "seeds"
SPLITS = ("development", "held-out")
_ROW = re.compile(r"\|\s*`?(?P<id>[\w-]+)`?\s*\|\s*(?P<words>\d+)\s*\|\s*(?P<split>[^|]*?)\s*\|")

SHOWN = {
    "spans F1 50 %": "overlap.spans_50.f1",
    "conclusions F1 50 %": "overlap.conclusions_50.f1",
    "premises F1 50 %": "overlap.premises_50.f1",
    "links F1 50 %": "overlap.links_50.f1",
    "C-F1 100 %": "words.c_f1_100.f1",
    "C-F1 50 %": "words.c_f1_50.f1",
    "R-F1 100 %": "words.r_f1_100.f1",
    "R-F1 50 %": "words.r_f1_50.f1",
}


def read_splits(text: str) -> dict[str, str]:
    """The split of each piece, from the table of the seeds' README.

    Raises:
        CorpusError: a piece stands twice, has an unknown split, or there is no table.
    """
    splits: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        row = _ROW.match(line)
        if row is None:
            continue
        if row["split"] not in SPLITS:
            message = f"the split of {row['id']} is {row['split']!r}, allowed are {' and '.join(SPLITS)}"
            raise CorpusError(message, line=number)
        if row["id"] in splits:
            raise CorpusError(f"{row['id']} stands twice in the table", line=number)
        splits[row["id"]] = row["split"]
    if not splits:
        raise CorpusError("no table of pieces, words and splits was found")
    return splits


def read_pieces(folder: Path, split: str) -> list[ArgumentGraph]:
    """The gold graphs of a split, by id.

    Raises:
        FormatError: a text is missing or no UTF-8.
        CorpusError: the table is damaged, a piece has no gold, or its gold is of another text.
    """
    splits = read_splits(read_text(folder / "README.md"))
    if unlisted := sorted({path.stem for path in folder.glob("*.txt")} ^ splits.keys()):
        raise CorpusError(f"table and texts differ: {', '.join(unlisted)}", path=folder)
    return [_piece(folder, name) for name in sorted(splits) if splits[name] == split]


def score(miner: ArgumentMiner, pieces: Sequence[ArgumentGraph]) -> dict[str, object]:
    """All figures of one model: micro over the pieces, `pieces` each, `crashes` and `crashed`."""
    mined = mine_all(lambda graph: miner.mine(graph.document), pieces)
    complain(mined.crashes)
    pairs = list(zip(pieces, mined.graphs, strict=True))
    each = {gold.id: count(miner, [(gold, found)]) for gold, found in pairs}
    return {**count(miner, pairs), "pieces": each, "crashes": len(mined.crashes), "crashed": list(mined.crashes)}


def count(miner: ArgumentMiner, pairs: Sequence[tuple[ArgumentGraph, ArgumentGraph]]) -> dict[str, object]:
    """Figures of pairs of gold and predicted."""
    words = [over_words(miner.encoder, gold, found) for gold, found in pairs]
    return {
        "overlap": overlap.count_graphs(pairs).figures(),
        "words": acl2017.count_documents(words).figures(),
    }


def digest(folder: Path, pieces: Sequence[ArgumentGraph]) -> str:
    """Digest of texts and gold graphs."""
    names = [piece.id for piece in pieces]
    return digest_files([*(folder / f"{n}.txt" for n in names), *(folder / "gold" / f"{n}.json" for n in names)])


def table(figures: Figures, pieces: Sequence[ArgumentGraph]) -> Iterator[str]:
    """What is printed: a line a figure, then a line a piece, over models."""
    for label, name in SHOWN.items():
        mean, sd = figure(figures, f"summary.{name}.mean"), figure(figures, f"summary.{name}.sd")
        yield f"{label:20} {mean:.4f}" + (f"  sd {sd:.4f}" if sd is not None else "")
    for piece in pieces:
        means = (figure(figures, f"summary.pieces.{piece.id}.{name}.mean") for name in SHOWN.values())
        yield f"{piece.id:18} " + " ".join(f"{mean:.3f}" for mean in means)
    yield f"{len(pieces)} pieces, {figure(figures, 'summary.crashes.mean'):g} crashes, {figures['models']} models"


def main() -> None:
    """Scores the models, prints the figures and writes the record `seeds-<split>`."""
    options = parser(__doc__)
    options.add_argument("--split", choices=SPLITS, required=True)
    add_scheme(options)
    options.add_argument("--name", help="of the record; seeds-<split>, with the scheme where it is not the main one")
    told = options.parse_args()
    pieces = read_pieces(SEEDS, told.split)[: told.limit]
    miners = (ArgumentMiner.load(folder, scheme=told.scheme) for folder in told.models)
    each = [(described(miner), score(miner, pieces)) for miner in miners]
    figures = over_models(each)
    for line in table(figures, pieces):
        print(line)
    if not told.limit:
        extra = {"split": told.split, "scheme": told.scheme, **seeds_of(each)}
        name = told.name or record_name("seeds", told.scheme, told.split)
        path = write_record(name, figures, data_digest=digest(SEEDS, pieces), extra=extra)
        print(f"written to {path.relative_to(ROOT)}")


def _piece(folder: Path, name: str) -> ArgumentGraph:
    path = folder / "gold" / f"{name}.json"
    if not path.is_file():
        raise CorpusError("the gold graph is missing", path=path)
    graph = ArgumentGraph.model_validate_json(path.read_bytes())
    if graph.text != (folder / f"{name}.txt").read_bytes().decode("utf-8"):
        raise CorpusError(f"is of another text than {name}.txt", path=path)
    return graph


if __name__ == "__main__":
    main()
