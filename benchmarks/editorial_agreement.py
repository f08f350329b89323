"""Question: how far do two passes of annotation over units of news editorials agree?

Data: `opinions/editorials/<id>.txt` and a second pass of some of them, `opinions/editorials/second/<id>.txt`, made
apart from the first by another language model of the same family; the units are those of `webis-editorials16`. Method:
Cohen's kappa of types and of links over the units that both take for components; F1 of components, conclusions,
premises and links, the first pass taken for gold. The first pass is what models learn from.

    python -m benchmarks.editorial_agreement --corpora DIR
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from argmine.corpora import editorial_trees, webis_editorials16
from argmine.corpora.opinions import REPOSITORY
from argmine.graph import ArgumentGraph
from argmine.metrics import matched, overlap
from benchmarks.mining import told_with_corpora
from benchmarks.record import ROOT, digest_files, write_record

FIRST, SECOND = REPOSITORY / "editorials", REPOSITORY / "editorials" / "second"
Pair = tuple[ArgumentGraph, ArgumentGraph]


def read_passes(corpora: Path, first: Path = FIRST, second: Path = SECOND) -> list[Pair]:
    """Both graphs of each editorial that has two, by id.

    Raises:
        CorpusError: a pass or the editorials are missing or damaged.
    """
    texts = corpora / webis_editorials16.NAME
    graphs = {graph.id: graph for graph in editorial_trees.read_with_texts(first, texts).graphs}
    again = editorial_trees.read_with_texts(second, texts).graphs
    return [(graphs[graph.id], graph) for graph in again if graph.id in graphs]


def figures(pairs: Sequence[Pair]) -> dict[str, object]:
    """All figures over the editorials as a whole."""
    return {
        "kappa": matched.count_graphs(pairs).figures(),
        "overlap": overlap.count_graphs(pairs).figures(),
        "editorials": len(pairs),
    }


def main() -> None:
    """Prints the figures and writes the record."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told = told_with_corpora(options)
    pairs = read_passes(told.corpora)
    print(matched.count_graphs(pairs))
    print(overlap.count_graphs(pairs))
    data = [*FIRST.glob("*.txt"), *SECOND.glob("*.txt")]
    path = write_record("editorial_agreement", figures(pairs), data_digest=digest_files(data))
    print(f"written to {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
