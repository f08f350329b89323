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

from argmine.graph import ArgumentGraph
from argmine.metrics import overlap
from argmine.miner import ArgumentMiner
from benchmarks.mining import (
    add_scheme,
    complain,
    corpus_files,
    described,
    mine_all,
    over_models,
    parser,
    record_name,
    seeds_of,
    told_with_corpora,
    unseen,
)
from benchmarks.record import ROOT, digest_files, write_record
from benchmarks.spread import Figures, figure

TENTHS = {"cmv-modes": 2, "webis-editorials16": 0}
SHOWN = ("spans_50", "conclusions_50", "premises_50", "links_50")


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
        parts = {corpus: unseen(miner, corpus, told.corpora, tenth) for corpus, tenth in TENTHS.items()}
        found = {corpus: score(miner, gold[: told.limit], seen) for corpus, (gold, seen) in parts.items()}
        each.append((described(miner), found))
    figures = over_models(each)
    for line in table(figures):
        print(line)
    if not told.limit:
        files = corpus_files(told.corpora, *TENTHS)
        extra = {"scheme": told.scheme, "tenths": TENTHS, **seeds_of(each)}
        name = record_name("genres", told.scheme)
        path = write_record(name, figures, data_digest=digest_files(files), extra=extra)
        print(f"written to {path.relative_to(ROOT)}")


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    add_scheme(options)
    return told_with_corpora(options)


if __name__ == "__main__":
    main()
