"""Question: how well are the elements of school essays found by their own labels (protocol H, Kaggle's rule)?

Data: PERSUADE 1.0. Scored is a tenth of the essays by the committed folds, thresholds are set on 300 of the next tenth,
learnt from are `--documents` essays of the others, drawn once: first those with a counterclaim or a rebuttal, the
classes that are rare. Method: the encoder of the default model's main scheme, which saw texts of the other tenths
without their labels, goes on with a layer that gives each word one of fifteen tags (outside, first and further word of
seven elements). The likeliest sequence of tags is taken, with a bias for each class; an element is kept where it has as
many words, and its words on average as great a probability. Biases and what is kept are what is best on the 300.
Macro-F1 of one run. That rare classes are drawn first and that classes have a bias was settled when a run without both
had been scored; a record without `biases` is that one.

    python -m benchmarks.persuade --corpora DIR
    python -m benchmarks.persuade --corpora DIR --documents 300 --development    # to try it; no record
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from argmine.corpora import read_corpus
from argmine.corpora.folds import tenth_of
from argmine.corpora.labels import component_type
from argmine.encoding import EncodedDocument, word_spans
from argmine.graph import ArgumentGraph, Component
from argmine.metrics.counts import Counts
from argmine.metrics.persuade import LABELS, count_graphs, macro_f1, units
from argmine.model_folder import CONFIG, read_config
from argmine.network import ArgumentNetwork
from argmine.training.batches import make_batch
from argmine.training.data import read_encoder
from argmine.training.examples import with_noise
from argmine.training.trainer import linear_schedule
from benchmarks.mining import DEFAULT, corpus_files, learning_parser, told_with_corpora
from benchmarks.own_labels import NO_LABEL, NOISE, batches_of, example_of, step
from benchmarks.record import ROOT, digest_files, write_record
from benchmarks.trained import LEARNING_OVERLAP
from benchmarks.weights import main_weights, origin

NAME = "persuade1"
RECORD = "persuade"
SCORED, CHOSEN_ON, CHOSEN = 0, 1, 300
OUTSIDE = 0
TAGS = 1 + 2 * len(LABELS)
RARE = frozenset({"Counterclaim", "Rebuttal"})
BIASES = (-0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
ROUNDS = 2
LEAST_WORDS = (1, 2, 3, 4, 6, 8, 12, 16, 24)
LEAST_SHARES = (0.0, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
BATCH, SEED = 8, 1
ENCODER_RATE, HEAD_RATE = 1e-4, 1e-3

NO_BIAS: Mapping[str, float] = dict.fromkeys(LABELS, 0.0)

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """An element as found: its class, half-open characters, how many words it has and how sure they are on average."""

    label: str
    start: int
    end: int
    words: int
    share: float


@dataclass(frozen=True, slots=True)
class Least:
    """What an element of a class needs to be kept."""

    words: int
    share: float


KEEP_ALL: Mapping[str, Least] = dict.fromkeys(LABELS, Least(1, 0.0))


@dataclass(frozen=True, slots=True)
class Read:
    """An essay's words, and `[n, TAGS]` log probabilities of their tags."""

    encoded: EncodedDocument
    logs: FloatArray


class Tagger(nn.Module):
    """An encoder and a layer that gives each word its tags."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(SEED)
        config = read_config(DEFAULT / CONFIG)
        self.encoder, self.windows = read_encoder(str(DEFAULT)), config.windows
        self.network = ArgumentNetwork.from_encoder(DEFAULT, config.sizes)
        self.network.load_state_dict({name: value.float() for name, value in main_weights().items()})
        hidden = self.network.components.pooled.in_features // 4
        self.tags = nn.Sequential(nn.Dropout(0.2), nn.Linear(hidden, TAGS))

    def forward(self, graphs: Sequence[ArgumentGraph], rng: np.random.Generator | None = None) -> Tensor:
        """`[b, n, TAGS]` logits of the words of each; with words hidden at random where chance is given."""
        examples = [
            example_of(graph.model_copy(update={"components": (), "relations": ()}), self.encoder) for graph in graphs
        ]
        if rng is not None:
            examples = [with_noise(example, NOISE, rng, blank=self.encoder.blank) for example in examples]
        windows = self.windows.model_copy(update={"overlap": LEARNING_OVERLAP}) if self.training else self.windows
        batch = make_batch(examples, self.encoder, windows)
        hidden = self.network.pieces(batch.ids, batch.mask, batch.features)
        logits: Tensor = self.tags(self.network.words(hidden, batch.first, batch.last))
        return logits

    def learn(self, graphs: Sequence[ArgumentGraph]) -> None:
        """Goes through the graphs once."""
        pieces = [*self.network.pieces.parameters()]
        groups = [{"params": pieces, "peak": ENCODER_RATE}, {"params": [*self.tags.parameters()], "peak": HEAD_RATE}]
        optimiser = torch.optim.AdamW([{**group, "lr": 0.0} for group in groups], weight_decay=0.01, fused=True)
        rng = np.random.default_rng(SEED)
        steps = batches_of(graphs, BATCH, rng)
        self.train()
        total = 0.0
        for number, group in enumerate(steps):
            with torch.autocast("cpu", torch.bfloat16):
                logits = self(group, rng)
            wanted = [tags_of(graph, self.encoder.encode(graph.document)) for graph in group]
            longest = logits.shape[1]
            full = [np.pad(tags, (0, longest - len(tags)), constant_values=NO_LABEL) for tags in wanted]
            loss = functional.cross_entropy(
                logits.float().flatten(0, 1), torch.from_numpy(np.concatenate(full)), ignore_index=NO_LABEL
            )
            step(optimiser, loss, linear_schedule(number, len(steps), 0.1))
            total += float(loss.detach())
            if (number + 1) % 50 == 0 or number + 1 == len(steps):
                print(f"step {number + 1} of {len(steps)}: mean loss {total / (number + 1):.3f}", flush=True)
        self.eval()

    def read(self, graph: ArgumentGraph) -> Read:
        """What it says of an essay's text; nothing else of the graph is looked at."""
        encoded = self.encoder.encode(graph.document)
        if not len(encoded):
            return Read(encoded, np.zeros((0, TAGS)))
        with torch.no_grad():
            logs = self([graph])[0, : len(encoded)].log_softmax(-1).double().numpy()
        return Read(encoded, logs)


def tags_of(graph: ArgumentGraph, encoded: EncodedDocument) -> NDArray[np.int64]:
    """`[n]`, the tag of each word: outside, else first or further word of an element; a later element overwrites."""
    tags = np.full(len(encoded), OUTSIDE)
    for _, label, span in units(graph):
        first, last = word_spans(encoded, span.start, span.end)
        kind = LABELS.index(label)
        tags[first : last + 1] = 2 + 2 * kind
        tags[first] = 1 + 2 * kind
    return tags


def best_tags(logs: FloatArray) -> NDArray[np.int64]:
    """`[n]`, the likeliest tags in which a further word follows a word of the same element.

    Args:
        logs: `[n, TAGS]` log probabilities.
    """
    count = len(logs)
    best, back = logs[0].copy(), np.zeros((count, TAGS), np.int64)
    best[2::2] = -np.inf  # an element does not begin with a further word
    for n in range(1, count):
        top = int(best.argmax())
        before = np.full(TAGS, top)
        inner = np.arange(2, TAGS, 2)
        before[inner] = np.where(best[inner] >= best[inner - 1], inner, inner - 1)
        best, back[n] = best[before] + logs[n], before
    tags = np.empty(count, np.int64)
    tags[-1] = best.argmax()
    for n in range(count - 1, 0, -1):
        tags[n - 1] = back[n, tags[n]]
    return tags


def elements_of(read: Read, biases: Mapping[str, float] = NO_BIAS) -> Iterator[Found]:
    """The elements of the likeliest tags, the tags of a class being likelier by its bias, in nats."""
    logs, spans = read.logs, read.encoded.spans
    if not len(logs):
        return
    tags = best_tags(logs + np.array([0.0, *np.repeat([biases[label] for label in LABELS], 2)]))
    starts = np.flatnonzero((tags % 2 == 1) & (tags != OUTSIDE))
    for first in starts.tolist():
        kind = (int(tags[first]) - 1) // 2
        end = first + 1
        while end < len(tags) and tags[end] == 2 + 2 * kind:
            end += 1
        own = np.exp(logs[first:end, [1 + 2 * kind, 2 + 2 * kind]]).sum(axis=1).mean()
        yield Found(LABELS[kind], int(spans[first, 0]), int(spans[end - 1, 1]), end - first, float(own))


def graph_of(graph: ArgumentGraph, found: Sequence[Found], least: Mapping[str, Least]) -> ArgumentGraph:
    """The graph of what is kept, leads in `meta["units"]`, as the reader of the corpus has them."""
    kept = [e for e in found if e.words >= least[e.label].words and e.share >= least[e.label].share]
    components: list[Component] = []
    leads: list[dict[str, str | int]] = []
    for number, one in enumerate(kept, 1):
        kind = component_type(NAME, one.label)
        if kind is None:
            leads.append({"id": f"e{number}", "label": one.label, "start": one.start, "end": one.end})
            continue
        text = graph.text[one.start : one.end]
        components.append(
            Component(id=f"e{number}", type=kind, label=one.label, start=one.start, end=one.end, text=text)
        )
    built = ArgumentGraph.build(graph.document, components)
    return built.model_copy(update={"meta": {"units": leads}})


def found_in(read: Sequence[Read], biases: Mapping[str, float]) -> list[list[Found]]:
    """`elements_of` each."""
    return [list(elements_of(one, biases)) for one in read]


def biases_of(gold: Sequence[ArgumentGraph], read: Sequence[Read]) -> dict[str, float]:
    """What is best for macro-F1 with everything kept, class by class, the rarest first, as often as `ROUNDS` says."""

    def value(biases: Mapping[str, float]) -> float:
        return macro_f1(scored(gold, found_in(read, biases), KEEP_ALL))

    counts = Counter(label for graph in gold for _, label, _ in units(graph))
    biases = dict(NO_BIAS)
    best = value(biases)
    for label in sorted(LABELS, key=counts.__getitem__) * ROUNDS:
        for bias in BIASES:
            other = biases | {label: bias}
            found = value(other)
            if found > best:
                best, biases = found, other
    return biases


def drawn(graphs: Sequence[ArgumentGraph], count: int) -> list[ArgumentGraph]:
    """So many of the essays, in their order: those with an element of a rare class first, else by chance."""

    def common(n: int) -> bool:
        return not any(label in RARE for _, label, _ in units(graphs[n]))

    order = sorted(np.random.default_rng(SEED).permutation(len(graphs)).tolist(), key=common)
    return [graphs[n] for n in sorted(order[:count])]


def chosen(gold: Sequence[ArgumentGraph], found: Sequence[Sequence[Found]]) -> dict[str, Least]:
    """What is best for each class by itself: a class's F1 does not depend on what is kept of the others."""
    best = {label: (-1.0, least) for label, least in KEEP_ALL.items()}
    for words, share in product(LEAST_WORDS, LEAST_SHARES):
        least = Least(words, share)
        for label, counts in scored(gold, found, dict.fromkeys(LABELS, least)).items():
            if counts.f1 > best[label][0]:
                best[label] = (counts.f1, least)
    return {label: least for label, (_, least) in best.items()}


def scored(
    gold: Sequence[ArgumentGraph], found: Sequence[Sequence[Found]], least: Mapping[str, Least]
) -> dict[str, Counts]:
    """Counts by class."""
    return count_graphs((graph, graph_of(graph, one, least)) for graph, one in zip(gold, found, strict=True))


def main() -> int:
    """Learns, prints the figures and writes the record `persuade`; returns the exit code."""
    options = learning_parser(__doc__, "the 300")
    options.add_argument("--documents", type=int, default=6000, help="to learn from")
    told = told_with_corpora(options)
    if told.threads:
        torch.set_num_threads(told.threads)
    graphs = read_corpus(NAME, told.corpora / NAME).graphs
    tenths = {graph.id: tenth_of(NAME, graph.id) for graph in graphs}
    others = [graph for graph in graphs if tenths[graph.id] not in (SCORED, CHOSEN_ON)]
    learnt = drawn(others, told.documents)
    tagger = Tagger()
    tagger.learn(learnt)
    kept = [graph for graph in graphs if tenths[graph.id] == CHOSEN_ON][:CHOSEN]
    read = [tagger.read(graph) for graph in kept]
    biases = biases_of(kept, read)
    found = found_in(read, biases)
    least = chosen(kept, found)
    development = scored(kept, found, least)
    print(f"development {macro_f1(development):.4f}, biases {biases}")
    if told.development:
        return 0
    gold = [graph for graph in graphs if tenths[graph.id] == SCORED]
    counts = scored(gold, found_in([tagger.read(graph) for graph in gold], biases), least)
    figures = {
        "macro_f1": macro_f1(counts),
        "classes": {label: one.figures() for label, one in counts.items()},
        "development_macro_f1": macro_f1(development),
    }
    for label, one in counts.items():
        print(f"{label:22} {one}")
    print(f"{'macro-F1':22} {figures['macro_f1']:.4f}")
    extra = {
        "documents": {"learnt": len(learnt), "chosen_on": len(kept), "scored": len(gold)},
        "biases": biases,
        "least": {label: {"words": one.words, "share": one.share} for label, one in least.items()},
        **origin(),
    }
    files = corpus_files(told.corpora, NAME)
    path = write_record(RECORD, figures, data_digest=digest_files(files), seed=SEED, extra=extra)
    print(f"written to {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
