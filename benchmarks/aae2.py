"""Question: how well does a model read the arguments of raw essays?

Data: the Argument Annotated Essays 2, official test (80 essays) or the published development part (36), and the CoNLL
files of the same essays for their tokens and paragraphs. Method: each essay's raw text is mined in ONNX Runtime,
fp32; graphs, gold and predicted, are laid over the published tokens, and the number of gold items is checked.
Protocols A (essay level; paragraph level as a rescoring of graphs mined with the essay in view), B, C (components
given), D; the share of last major claims found exactly; what went wrong with what was missed; how far probabilities
can be trusted; the share of gold targets that are among a component's candidates. A crash counts as a miss: a graph
without components, in protocol C every component of a wrong type and without relation.

    python -m benchmarks.aae2 models/default --split test --name aae2-test-shipped
    python -m benchmarks.aae2 runs/seed-1/model runs/seed-2/model runs/seed-3/model --split test --name aae2-test
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from argmine.config import MAIN
from argmine.corpora import aae2
from argmine.corpora.aae2_conll import NAME as CONLL
from argmine.corpora.folds import published_split
from argmine.errors import EvaluationError
from argmine.evaluation.context import DocumentContext, Ranges, published_contexts
from argmine.graph import ArgumentGraph, ComponentType
from argmine.metrics import acl2017, bio, exact_spans, gold_segments, reliability
from argmine.metrics.token_documents import TokenDocument, token_document
from argmine.miner import ArgumentMiner
from benchmarks import misses, reach
from benchmarks.mining import complain, described, mine_all, over_models, parser, seeds_of, told_with_corpora
from benchmarks.record import ROOT, digest_files, write_record
from benchmarks.spread import Figures, figure

PUBLISHED = {"dev": (36, 12_658, 521), "test": (80, 29_537, 1_266)}
"""Essays, tokens and components of each part."""

SHOWN = {
    "essay C-F1 100 %": "essay.c_f1_100.f1",
    "essay C-F1 50 %": "essay.c_f1_50.f1",
    "essay R-F1 100 %": "essay.r_f1_100.f1",
    "essay R-F1 50 %": "essay.r_f1_50.f1",
    "paragraph R-F1 100 %, essay in view": "paragraph.r_f1_100.f1",
    "paragraph R-F1 50 %, essay in view": "paragraph.r_f1_50.f1",
    "last major claim exact": "essay.last_major_claim_exact",
    "BIO macro-F1": "segmentation.bio.macro_f1",
    "exact span F1": "segmentation.exact_spans.f1",
    "B spans": "exact.spans.f1",
    "B spans and label": "exact.labelled_spans.f1",
    "B links": "exact.links.f1",
    "B links and label": "exact.labelled_links.f1",
    "C types macro-F1": "gold_segments.types.macro_f1",
    "C links macro-F1": "gold_segments.links.macro_f1",
    "C stance macro-F1": "gold_segments.stance.macro_f1",
    "gold targets among the candidates": "candidates.recall",
    "crashes": "crashes",
}


@dataclass(frozen=True, slots=True)
class Essay:
    """A gold essay laid over the published tokens.

    Attributes:
        graph: gold, over the raw text.
        offsets: `[token]`, half-open characters of each.
        paragraphs: `[paragraph]`, half-open tokens of each.
        gold: the graph over the tokens.
    """

    graph: ArgumentGraph
    offsets: Ranges
    paragraphs: Ranges
    gold: TokenDocument


def read_essays(corpora: Path, split: str) -> list[Essay]:
    """The essays of a part, by id.

    Raises:
        FormatError: a file is missing or damaged, or tokens and raw text differ.
        EvaluationError: essays, tokens or components are not as many as were published.
    """
    corpus = aae2.read(corpora / "aae2")
    names = published_split(CONLL, split)
    gold = [corpus.graph(name) for name in names]
    essays = [_essay(*found) for found in zip(gold, published_contexts(gold, corpora), strict=True)]
    refuse_other_counts(split, essays)
    return essays


def refuse_other_counts(split: str, essays: Sequence[Essay]) -> None:
    """Counts other than the published ones mean another protocol.

    Raises:
        EvaluationError: essays, tokens or components are not as many as were published.
    """
    found = len(essays), sum(e.gold.tokens for e in essays), sum(len(e.gold.components) for e in essays)
    if found != PUBLISHED[split]:
        raise EvaluationError(f"{split}: essays, tokens, components are {found}, published {PUBLISHED[split]}")


def score(miner: ArgumentMiner, essays: Sequence[Essay]) -> dict[str, object]:
    """All figures of one model, `crashes` and `crashed` among them."""
    gold = [essay.graph for essay in essays]
    mined = mine_all(lambda graph: miner.mine(graph.document), gold)
    given = mine_all(miner.mine_components, gold, wrong)
    crashes = [*mined.crashes, *(f"components given: {line}" for line in given.crashes)]
    complain(crashes)
    return {**count(essays, mined.graphs, given.graphs), "crashes": len(crashes), "crashed": crashes}


def count(essays: Sequence[Essay], mined: Sequence[ArgumentGraph], given: Sequence[ArgumentGraph]) -> dict[str, object]:
    """Figures of graphs mined from raw texts, and of graphs over the given components."""
    tokens = [(e.gold, token_document(graph, e.offsets)) for e, graph in zip(essays, mined, strict=True)]
    cut = [pair for e, pair in zip(essays, tokens, strict=True) for pair in _paragraphs(e, pair)]
    graphs = [(e.graph, graph) for e, graph in zip(essays, mined, strict=True)]
    segments = [(e.graph, graph) for e, graph in zip(essays, given, strict=True)]
    components, relations = reliability.of_graphs(graphs)
    return {
        "essay": acl2017.count_documents(tokens).figures(),
        "paragraph": acl2017.count_documents(cut).figures(),
        "segmentation": bio.count_documents(tokens).figures(),
        "exact": exact_spans.count_graphs(graphs).figures(),
        "gold_segments": gold_segments.count_graphs(segments).figures(),
        "misses": misses.count_documents(tokens).figures(),
        "candidates": reach.recall(e.graph for e in essays),
        "reliability": {"components": components.figures(), "relations": relations.figures()},
    }


def wrong(graph: ArgumentGraph) -> ArgumentGraph:
    """What stands for a crash where components are given: none has its type, and no relation is there."""
    other = {ComponentType.PREMISE: ComponentType.CLAIM}
    parts = [(c.id, other.get(c.type, ComponentType.PREMISE), c.start, c.end) for c in graph.components]
    return ArgumentGraph.build(graph.document, parts)


def digest(corpora: Path, essays: Iterable[Essay], split: str) -> str:
    """Digest of the files that were scored on."""
    raw = corpora / "aae2" / "brat-project-final"
    files = [raw / f"{e.graph.id}.{kind}" for e in essays for kind in ("ann", "txt")]
    levels = [corpora / CONLL / level / f"{split}.dat" for level in ("Essay_Level", "Paragraph_Level")]
    return digest_files([*files, *levels])


def table(figures: Figures) -> Iterator[str]:
    """What is printed, a line a figure, over models (`benchmarks.mining.over_models`)."""
    for label, name in SHOWN.items():
        mean, sd = figure(figures, f"summary.{name}.mean"), figure(figures, f"summary.{name}.sd")
        yield f"{label:38} {mean:.4f}" + (f"  sd {sd:.4f}" if sd is not None else "")
    for kind in ("components", "relations"):
        faults = figure(figures, f"summary.misses.{kind}")
        assert isinstance(faults, dict)
        yield f"missed {kind}: " + ", ".join(f"{name} {value['mean']:g}" for name, value in faults.items())
    yield f"{figures['models']} models"


def main() -> None:
    """Scores the models, prints the figures and writes the record."""
    options = _options()
    essays = read_essays(options.corpora, options.split)
    if options.limit:
        essays = essays[: options.limit]
    miners = (ArgumentMiner.load(folder, scheme=MAIN) for folder in options.models)
    each = [(described(miner), score(miner, essays)) for miner in miners]
    figures = over_models(each)
    for line in table(figures):
        print(line)
    if not options.limit:
        data = digest(options.corpora, essays, options.split)
        extra = {"split": options.split, "corpus": "aae2", **seeds_of(each)}
        path = write_record(options.name or f"aae2-{options.split}", figures, data_digest=data, extra=extra)
        print(f"written to {path.relative_to(ROOT)}")


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--split", choices=PUBLISHED, required=True)
    options.add_argument("--name", help="of the record; aae2-dev or aae2-test")
    return told_with_corpora(options)


def _essay(graph: ArgumentGraph, context: DocumentContext) -> Essay:
    return Essay(graph, context.tokens, context.paragraphs, token_document(graph, context.tokens))


def _paragraphs(
    essay: Essay, pair: tuple[TokenDocument, TokenDocument]
) -> Iterator[tuple[TokenDocument, TokenDocument]]:
    gold, predicted = pair
    return zip(gold.paragraphs(essay.paragraphs), predicted.paragraphs(essay.paragraphs), strict=True)


if __name__ == "__main__":
    main()
