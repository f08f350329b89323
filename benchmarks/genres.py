"""Question: how well does a model read threads and editorials, of which a tenth was kept out of its training?

Data: Change My View threads (`cmv-modes`) and news editorials (`webis-editorials16`), a tenth of ours each; what the
model learnt from or was selected on is left out, and counted. Method: each raw text is mined in ONNX Runtime, fp32, by
`--scheme`; spans, conclusions, premises and links at more than half of the words (`argmine.metrics.overlap`), micro;
editorials have no relations, and their labels are no argument types, so there spans alone are told. A crash counts as
a miss. Of both corpora a part was at hand: 81 threads, 208 editorials.

    python -m benchmarks.genres models/default --scheme opinion
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from argmine.corpora import read_corpus
from argmine.corpora.parts import part_of
from argmine.evaluation.seen import seen_documents
from argmine.graph import ArgumentGraph
from argmine.metrics import overlap
from argmine.miner import ArgumentMiner
from benchmarks.mining import add_corpora, complain, described, mine_all, over_models, parser, seeds_of
from benchmarks.record import ROOT, digest_files, write_record
from benchmarks.spread import Figures, figure

TENTHS = {"cmv-modes": 2, "webis-editorials16": 0}
SHOWN = ("spans_50", "conclusions_50", "premises_50", "links_50")


def unseen(miner: ArgumentMiner, corpus: str, corpora: Path) -> tuple[list[ArgumentGraph], int]:
    """The documents of a corpus's tenth that the model did not see, and how many it saw."""
    graphs = part_of(read_corpus(corpus, corpora / corpus), f"tenth-{TENTHS[corpus]}")
    seen = None if miner.folder is None else seen_documents(miner.folder, graphs)
    known = set() if seen is None else {*seen.train, *seen.development}
    return [graph for graph in graphs if graph.id not in known], len(known)


def score(miner: ArgumentMiner, gold: Sequence[ArgumentGraph], seen: int) -> dict[str, object]:
    """Figures of one model on one corpus."""
    mined = mine_all(lambda graph: miner.mine(graph.document), gold)
    complain(mined.crashes)
    found = overlap.count_graphs(zip(gold, mined.graphs, strict=True)).figures()
    return {"overlap": found, "documents": len(gold), "seen": seen, "crashes": len(mined.crashes)}


def table(figures: Figures) -> Iterator[str]:
    """What is printed: a line a corpus, over models."""
    for corpus in TENTHS:
        names = SHOWN[:1] if corpus == "webis-editorials16" else SHOWN
        told = [f"{name} {figure(figures, f'summary.{corpus}.overlap.{name}.f1.mean'):.4f}" for name in names]
        yield f"{corpus:20} {', '.join(told)}"
    yield f"{figures['models']} models"


def main() -> None:
    """Scores the models, prints the figures and writes the record `genres`, with the scheme."""
    told = _options()
    each = []
    for folder in told.models:
        miner = ArgumentMiner.load(folder, scheme=told.scheme)
        parts = {corpus: unseen(miner, corpus, told.corpora) for corpus in TENTHS}
        found = {corpus: score(miner, gold[: told.limit], seen) for corpus, (gold, seen) in parts.items()}
        each.append((described(miner), found))
    figures = over_models(each)
    for line in table(figures):
        print(line)
    if not told.limit:
        files = [path for corpus in TENTHS for path in (told.corpora / corpus).rglob("*") if path.is_file()]
        extra = {"scheme": told.scheme, "tenths": TENTHS, **seeds_of(each)}
        name = "-".join(filter(None, ("genres", told.scheme)))
        path = write_record(name, figures, data_digest=digest_files(files), extra=extra)
        print(f"written to {path.relative_to(ROOT)}")


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--scheme", default="", help="by which texts are read; the main one")
    add_corpora(options)
    told = options.parse_args()
    if told.corpora is None:
        options.error("tell --corpora or ARGMINE_CORPORA, the folder of the unpacked corpora")
    return told


if __name__ == "__main__":
    main()
