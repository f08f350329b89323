"""Question: how well are sentences that argue told from others in a genre that was not learnt from (protocol I)?

Data: student essays, abstracts of medical trials, Change My View threads, news editorials and presidential debates:
`aae2`, `abstrct`, `cmv-modes`, `webis-editorials16`, `elecdeb60to20`. Method: for each of them a network goes on from
the base encoder on spans of the other four, of PERSUADE and of the pieces of `opinions/`, up to `--documents` of each
an epoch, the published tests left out; no two of these corpora share a text. Debates are cut into parts of some 600
words. The raw texts of the corpus that was left out, its published test where it has one, are read in ONNX Runtime,
fp32. A sentence argues when at least half of its words lie in components. How much of a text argues differs between
genres, and a new network is too sure that it does; so of each document are taken as many sentences as the network's
probabilities of its words to lie in components sum to, averaged over each sentence, and those of the highest: chosen
on the published development parts of essays and abstracts, by networks that had learnt from neither part. Beside it
stand the sentences of mined components: `as-shipped`, by the rules of the default model's scheme `opinion`, which were
chosen on own pieces, 22 of these editorials and 15 of these threads, and `plain`, as a new network decides it, at the
threshold .5 for exact ends. Macro-F1 of each corpus, and their mean. One run. Steps and overlap were settled when
shorter trainings had been scored on essays, abstracts and threads, and the mined ways had been scored on essays and
abstracts when the first way was chosen. PERSUADE was added on the same development parts, when all five corpora had
been scored without it.

    python -m benchmarks.across --corpora DIR --runs runs/across    # trains what is not there, then scores
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import fmean

import numpy as np

from argmine.corpora import read_corpus
from argmine.document import Document
from argmine.encoding import EncodedDocument, FloatArray, word_spans
from argmine.graph import ArgumentGraph
from argmine.metrics.counts import Confusion
from argmine.metrics.sentences import count_graphs, sentences
from argmine.miner import ArgumentMiner
from argmine.segments import Segments
from argmine.training.recipe import Augmentation, Keep, Part, Recipe, Source
from benchmarks.mining import complain, corpus_files, described, learning_parser, mine_all, told_with_corpora
from benchmarks.record import ROOT, digest_files, write_record
from benchmarks.trained import LEARNING_OVERLAP, trained
from benchmarks.ways import AS_SHIPPED, decoding_as_shipped

NAME = "across"
EXPECTED, PLAIN = "expected", "plain"
LEARNT = {
    "aae2": "train",
    "abstrct": "neoplasm-train",
    "cmv-modes": "all",
    "webis-editorials16": "all",
    "elecdeb60to20": "all",
}
"""What is learnt from of each corpus that is not left out."""
ALSO = {"persuade1": "all"}
"""What is learnt from and never scored: next to all of its sentences argue."""
TESTS = {"aae2": ("test",), "abstrct": ("neoplasm-test", "glaucoma-test", "mixed-test")}
"""Splits that are scored, where it is not the whole corpus."""
LONG = "elecdeb60to20"
WORDS = 600
OWN = "opinions"
BATCH = 4
NOISE = Augmentation(merge_paragraphs=0.3, split_paragraphs=0.2, hide_places=0.5, hide_words=0.1)


def recipe_of(left_out: str, parts: Path, documents: int, epochs: int) -> Recipe:
    """What is learnt where a corpus is left out; `parts` holds the debates in parts."""

    def source(corpus: str, split: str) -> Source:
        if corpus == LONG:
            return Source(graphs=str(parts), each_epoch=documents, learn=(Part.SEGMENTS,))
        return Source(corpus=corpus, split=split, each_epoch=documents, learn=(Part.SEGMENTS,))

    others = [source(corpus, split) for corpus, split in LEARNT.items() if corpus != left_out]
    also = [source(corpus, split) for corpus, split in ALSO.items()]
    return Recipe(
        train=(*others, *also, source(OWN, "all")),
        development=Source(corpus=OWN, split="tenth-0"),
        keep=Keep.LAST,
        tune=False,
        augmentation=NOISE,
        learning_overlap=LEARNING_OVERLAP,
        epochs=epochs,
        batch=BATCH,
    )


def in_parts(graph: ArgumentGraph, words: int = WORDS) -> Iterator[ArgumentGraph]:
    """A graph without its relations, cut at ends of lines outside of components, in parts of so many words or more."""
    start, seen = 0, 0
    for line in graph.text.splitlines(keepends=True):
        seen += len(line)
        whole = not any(c.start < seen < c.end for c in graph.components)
        if whole and len(graph.text[start:seen].split()) >= words:
            yield _part(graph, start, seen)
            start = seen
    if graph.text[start:].strip():
        yield _part(graph, start, len(graph.text))


def _part(graph: ArgumentGraph, start: int, end: int) -> ArgumentGraph:
    document = Document(id=f"{graph.id}-{start}", text=graph.text[start:end])
    inner = [c for c in graph.components if start <= c.start and c.end <= end]
    return ArgumentGraph.build(document, [(c.id, c.type.value, c.start - start, c.end - start) for c in inner])


def scored_part(corpus: str, corpora: Path) -> list[ArgumentGraph]:
    """What is scored of a corpus."""
    found = read_corpus(corpus, corpora / corpus)
    splits = TESTS.get(corpus)
    return list(found.graphs) if splits is None else [graph for split in splits for graph in found.split(split)]


def any_text(miner: ArgumentMiner) -> ArgumentMiner:
    """Mines any text as one that argues."""
    return ArgumentMiner(miner.config.model_copy(update={"arguing": None}), miner.encoder, miner.backend)


def expected_sentences(miner: ArgumentMiner, document: Document) -> ArgumentGraph:
    """A component for each sentence that is taken to argue: as many as are expected to, those that do most probably."""
    encoded = miner.encoder.encode(document)
    likely = miner.scorer.likely(miner.scorer.words(encoded))
    spans = [span for span in sentences(document.text) if _has_words(encoded, *span)]
    shares = sentence_shares(likely, [word_spans(encoded, *span) for span in spans])
    most = np.argsort(-shares, kind="stable")[: round(float(shares.sum()))]
    return ArgumentGraph.build(document, [(f"s{k}", "claim", *spans[k]) for k in sorted(most.tolist())])


def _has_words(encoded: EncodedDocument, start: int, end: int) -> bool:
    """Whether the encoder reads anything there; of a lone byte order mark, say, it reads nothing."""
    return bool(((encoded.spans[:, 0] < end) & (encoded.spans[:, 1] > start)).any())


def sentence_shares(likely: Segments, ranges: Sequence[tuple[int, int]]) -> FloatArray:
    """`[sentence]`, the mean probability of the words, first to last, to lie in a segment."""
    ends = max((last for _, last in ranges), default=-1) + 1
    steps = np.zeros(max(ends, int(likely.last.max(initial=-1)) + 1) + 1)
    np.add.at(steps, likely.first, likely.probability)
    np.add.at(steps, likely.last + 1, -likely.probability)
    covered = steps.cumsum()
    return np.array([covered[first : last + 1].mean() for first, last in ranges])


def scored(
    read: Callable[[Document], ArgumentGraph], gold: Sequence[ArgumentGraph]
) -> tuple[Confusion, tuple[str, ...]]:
    """How sentences were taken, and what went wrong."""
    found = mine_all(lambda graph: read(graph.document), gold)
    return count_graphs(zip(gold, found.graphs, strict=True)), found.crashes


def main() -> int:
    """Trains what is missing, prints the figures and writes the record `across`; returns the exit code."""
    told = _options()
    told.runs.mkdir(parents=True, exist_ok=True)
    parts = told.runs / "parts.jsonl"
    if not parts.is_file():
        debates = read_corpus(LONG, told.corpora / LONG).graphs
        lines = [part.model_dump_json() for graph in debates for part in in_parts(graph)]
        parts.write_text("\n".join(lines) + "\n", encoding="utf-8")
    figures: dict[str, object] = {}
    scores: dict[str, list[float]] = {}
    for corpus in LEARNT:
        recipe = recipe_of(corpus, parts, told.documents, told.epochs)
        miner = ArgumentMiner.load(trained(recipe, told.corpora, told.runs / corpus, told.threads))
        gold = scored_part(corpus, told.corpora)
        ways: dict[str, Callable[[Document], ArgumentGraph]] = {
            EXPECTED: partial(expected_sentences, miner),
            AS_SHIPPED: any_text(decoding_as_shipped(miner)).mine,
            PLAIN: any_text(miner).mine,
        }
        found = {way: scored(read, gold) for way, read in ways.items()}
        crashed = sorted({crash for _, crashes in found.values() for crash in crashes})
        complain(crashed)
        for way, (counts, _) in found.items():
            scores.setdefault(way, []).append(counts.macro_f1)
            print(f"{corpus:20} {way:12} {counts}", flush=True)
        documents = {"documents": len(gold), "crashes": len(crashed), "network": described(miner)}
        figures[corpus] = {**{way: counts.figures() for way, (counts, _) in found.items()}, **documents}
    figures["mean_macro_f1"] = {way: fmean(each) for way, each in scores.items()}
    print(f"{'mean':20} " + ", ".join(f"{way} {fmean(each):.4f}" for way, each in scores.items()))
    files = [*corpus_files(told.corpora, *LEARNT, *ALSO), *(ROOT / OWN).glob("*.txt")]
    extra = {"documents": told.documents, "epochs": told.epochs}
    path = write_record(NAME, figures, data_digest=digest_files(files), seed=1, extra=extra)
    print(f"written to {path.relative_to(ROOT)}")
    return 0


def _options() -> argparse.Namespace:
    options = learning_parser(__doc__)
    options.add_argument("--runs", type=Path, required=True, help="the folder of the trainings")
    options.add_argument("--epochs", type=int, default=3)
    options.add_argument("--documents", type=int, default=60, help="of each source, an epoch")
    return told_with_corpora(options)


if __name__ == "__main__":
    sys.exit(main())
