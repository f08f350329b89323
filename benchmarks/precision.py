"""Question: what does the fast precision cost in accuracy?

Data: the 36 development essays of the Argument Annotated Essays 2. Method: the model mines them by `--scheme` at fp32
and at the precision that `precision="fast"` picks on this machine; C-F1 and R-F1 at 100 % (protocol A, essay level,
with the encoder's words for tokens) of both, and which share of components (span and type) and relations (both spans
and type) is changed: 1 - F1 of the one against the other. The gate: at most .3 points of C-F1 are lost. Exit code 1
where it is not passed.

    python -m benchmarks.precision models/default --corpora DIR
    python -m benchmarks.precision models/default --corpora DIR --scheme opinion
"""

import sys
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

from argmine.config import MAIN
from argmine.corpora import aae2
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from argmine.training.scores import Scores, count
from benchmarks.mining import Mined, add_scheme, complain, described, mine_all, parser, record_name, told_with_corpora
from benchmarks.record import ROOT, digest_files, write_record

NAME = "precision"
SPLIT = "dev"
GATE = 0.3
"""Points of C-F1 that may be lost."""

Graphs = Sequence[ArgumentGraph]


def components(graph: ArgumentGraph) -> set[Hashable]:
    """Span and type of each component."""
    return {(c.start, c.end, c.type) for c in graph.components}


def relations(graph: ArgumentGraph) -> set[Hashable]:
    """The spans of both ends and the type of each relation."""
    spans = {c.id: (c.start, c.end) for c in graph.components}
    return {(spans[r.source], spans[r.target], r.type) for r in graph.relations}


def changed(one: Graphs, other: Graphs, parts: Callable[[ArgumentGraph], set[Hashable]]) -> float:
    """1 - F1 of the parts of some graphs against those of others of the same documents; 0 where there are none."""
    pairs = [(parts(a), parts(b)) for a, b in zip(one, other, strict=True)]
    total = sum(len(a) + len(b) for a, b in pairs)
    return 1 - 2 * sum(len(a & b) for a, b in pairs) / total if total else 0.0


def compared(miner: ArgumentMiner, gold: Graphs, reference: Graphs, found: Mined) -> dict[str, object]:
    """The figures of graphs at both precisions; a crash of the fast one fails the gate."""
    fast = found.graphs
    scores = {"fp32": count(miner.encoder, gold, reference), "fast": count(miner.encoder, gold, fast)}
    lost = 100 * (scores["fp32"].c_f1 - scores["fast"].c_f1)
    return {
        "documents": len(gold),
        **{name: _shown(found) for name, found in scores.items()},
        "c_f1_points_lost": round(lost, 2),
        "changed_components": round(changed(reference, fast, components), 4),
        "changed_relations": round(changed(reference, fast, relations), 4),
        "crashes": len(found.crashes),
        "gate": GATE,
        "passed": lost <= GATE and not found.crashes,
    }


def measure(model: Path, gold: Graphs, scheme: str = MAIN) -> tuple[dict[str, object], dict[str, object]]:
    """The fast model and the figures; a crash is a graph without components.

    Raises:
        RuntimeError: a document crashed at fp32.
    """
    reference, fast = (ArgumentMiner.load(model, scheme=scheme, precision=p) for p in ("fp32", "fast"))
    known = mine_all(lambda graph: reference.mine(graph.document), gold)
    found = mine_all(lambda graph: fast.mine(graph.document), gold)
    if known.crashes:
        raise RuntimeError(known.crashes[0])
    complain(found.crashes)
    return described(fast), compared(reference, gold, known.graphs, found)


def main() -> None:
    """Measures one model, prints the figures and writes the record."""
    options = parser(__doc__)
    add_scheme(options)
    told = told_with_corpora(options, models=1)
    gold = aae2.read(told.corpora / aae2.NAME).split(SPLIT)[: told.limit]
    model, figures = measure(told.models[0], gold, told.scheme)
    for name, value in figures.items():
        print(f"{name:20} {value}")
    if not told.limit:
        files = sorted((told.corpora / aae2.NAME / "brat-project-final").iterdir())
        extra = {"model": model, "split": SPLIT, "scheme": told.scheme}
        name = record_name(NAME, told.scheme)
        path = write_record(name, figures, data_digest=digest_files(files), extra=extra)
        print(f"written to {path.relative_to(ROOT)}")
    sys.exit(0 if figures["passed"] else 1)


def _shown(scores: Scores) -> dict[str, float]:
    return {name: round(getattr(scores, name), 4) for name in Scores.__slots__}


if __name__ == "__main__":
    main()
