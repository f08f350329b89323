"""A network that tells a corpus's own labels over given components, and which of them are joined: protocols F and G.

It goes on from the default model's main scheme: encoder, tagger, component layer and arcs are those, a readout of its
own tells the labels. Every ordered pair of components is judged for itself, for these corpora are no forests.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from argmine.config import ModelConfig, Sizes
from argmine.corpora.labels import component_type
from argmine.encoding import DocumentEncoder, IntArray, word_spans
from argmine.graph import ArgumentGraph, Component, Relation, RelationType
from argmine.metrics.labels import own_label
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, read_config
from argmine.network import ArgumentNetwork, Components, Readout, pool
from argmine.runtime import TorchBackend
from argmine.training.batches import Batch, make_batch
from argmine.training.data import read_encoder
from argmine.training.examples import Example, with_noise
from argmine.training.losses import segments_loss
from argmine.training.recipe import Augmentation
from argmine.training.trainer import linear_schedule
from benchmarks.mining import DEFAULT
from benchmarks.weights import main_weights

KINDS = (RelationType.SUPPORT, RelationType.ATTACK)
NOISE = Augmentation(hide_words=0.1)
NO_LABEL = -100
"""What `cross_entropy` passes over."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What a corpus tells apart: its name, the classes of its components, the class of each label."""

    corpus: str
    classes: tuple[str, ...]
    class_of: Mapping[str, str]

    def of(self, graph: ArgumentGraph) -> list[int]:
        """The class of each component by its place among the classes."""
        return [self.classes.index(self.class_of[own_label(graph, c, self.class_of)]) for c in graph.components]


@dataclass(frozen=True, slots=True)
class Settings:
    """How it learns."""

    epochs: int = 8
    batch: int = 8
    encoder_rate: float = 1e-4
    head_rate: float = 5e-4
    dropout: float = 0.2
    segments: bool = False
    seed: int = 1


class LabelReadout(Readout):
    """A readout that also tells the corpus's own labels, `own` of the last call: `[b, m, classes]`."""

    def __init__(self, sizes: Sizes, classes: int) -> None:
        super().__init__(sizes)
        self.label = nn.Linear(sizes.component, classes)
        self.own = torch.empty(0)

    def read(self, states: Tensor) -> Components:
        """As a readout does."""
        self.own = self.label(states).float()
        return super().read(states)


@dataclass(frozen=True, slots=True)
class Judged:
    """What is thought of m components: `[m, classes]` and `[m, m, kinds + 1]` log probabilities, no relation first."""

    labels: NDArray[np.float64]
    pairs: NDArray[np.float64]


class Labeller:
    """One network for one corpus.

    Args:
        labels: what it tells apart.
        settings: how it learns.
    """

    def __init__(self, labels: Labels, settings: Settings) -> None:
        self.labels, self.settings = labels, settings
        self.encoder: DocumentEncoder = read_encoder(str(DEFAULT))
        own = read_config(DEFAULT / CONFIG)
        self.config: ModelConfig = own.model_copy(update={"arguing": None, "others": (), "default": ""})
        torch.manual_seed(settings.seed)
        self.network = ArgumentNetwork.from_encoder(DEFAULT, self.config.sizes, dropout=settings.dropout)
        self.network.load_state_dict({name: value.float() for name, value in main_weights().items()})
        self.readout = LabelReadout(self.config.sizes, len(labels.classes))
        known = self.network.components.state_dict()
        self.readout.load_state_dict({n: v for n, v in known.items() if n in self.readout.state_dict()}, strict=False)

    def learn(self, graphs: Sequence[ArgumentGraph], told: Callable[[int, float], None] = lambda *_: None) -> None:
        """Goes through the graphs `epochs` times; `told` hears each epoch's number and mean loss."""
        settings, optimiser = self.settings, self._optimiser()
        per_epoch = -(-len(graphs) // settings.batch)
        for epoch in range(settings.epochs):
            rng = np.random.default_rng([settings.seed, epoch])
            torch.manual_seed(settings.seed * 1000 + epoch)
            self.network.train()
            self.readout.train()
            total = 0.0
            for number, group in enumerate(batches_of(graphs, settings.batch, rng)):
                rate = linear_schedule(epoch * per_epoch + number, per_epoch * settings.epochs, 0.1)
                with torch.autocast("cpu", torch.bfloat16):
                    loss = self._loss(group, rng)
                step(optimiser, loss, rate)
                total += float(loss.detach()) / per_epoch
            told(epoch + 1, total)
        self.network.eval()
        self.readout.eval()

    def judge(self, graph: ArgumentGraph) -> Judged:
        """What is thought of the components at a graph's spans; nothing else of it is looked at."""
        count = len(graph.components)
        if not count:
            return Judged(np.zeros((0, len(self.labels.classes))), np.zeros((0, 0, len(KINDS) + 1)))
        with torch.no_grad():
            own, pairs, _ = self._scores(
                make_batch([example_of(graph, self.encoder)], self.encoder, self.config.windows)
            )
        return Judged(
            own[0, :count].log_softmax(-1).double().numpy(), pairs[0, :count, :count].log_softmax(-1).double().numpy()
        )

    def miner(self) -> ArgumentMiner:
        """What finds the components where they are not given."""
        return ArgumentMiner(self.config, self.encoder, TorchBackend(self.network))

    def _scores(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """`[b, m, classes]`, `[b, m, m, kinds + 1]` logits, and the words' states."""
        network = self.network
        hidden = network.pieces(batch.ids, batch.mask, batch.features)
        words = network.words(hidden, batch.first, batch.last) * batch.is_word[..., None]
        pooled = pool(words, batch.segments, batch.markers)
        components = network.components(pooled, batch.component_features, batch.present, self.readout)
        arcs = network.arcs(components, batch.pairs, batch.present)
        kinds = components.label_source[:, :, None] + components.label_target[:, None]
        linked = arcs[..., None] + kinds.log_softmax(-1)
        return self.readout.own, torch.cat([torch.zeros_like(arcs)[..., None], linked], dim=-1), words

    def _loss(self, graphs: Sequence[ArgumentGraph], rng: np.random.Generator) -> Tensor:
        examples = [self._example(graph, rng) for graph in graphs]
        batch = make_batch(examples, self.encoder, self.config.windows)
        own, pairs, words = self._scores(batch)
        size = own.shape[1]
        wanted = torch.stack([_padded(np.array(self.labels.of(g), np.int64), size) for g in graphs])
        joined = torch.stack([_padded(relations_of(g), size, size) for g in graphs])
        loss = functional.cross_entropy(own.flatten(0, 1), wanted.flatten(), ignore_index=NO_LABEL)
        loss = loss + _pair_loss(pairs, joined)
        if self.settings.segments:
            loss = loss + segments_loss(self.network.boundaries, words, batch)
        return loss

    def _example(self, graph: ArgumentGraph, rng: np.random.Generator) -> Example:
        example = example_of(graph, self.encoder)
        short = example.gold[:, 1] - example.gold[:, 0] < self.config.sizes.longest_segment
        example = replace(example, gold=example.gold[short], weights=example.weights[short])
        return with_noise(example, NOISE, rng, blank=self.encoder.blank)

    def _optimiser(self) -> torch.optim.Optimizer:
        groups = [
            {"params": [*self.network.pieces.parameters()], "peak": self.settings.encoder_rate},
            {
                "params": [
                    p
                    for part in (self.network.boundaries, self.network.components, self.network.pairs, self.readout)
                    for p in part.parameters()
                ],
                "peak": self.settings.head_rate,
            },
            {"params": [self.network.between], "peak": self.settings.head_rate},
        ]
        return torch.optim.AdamW([{**group, "lr": 0.0} for group in groups], weight_decay=0.01, fused=True)


def step(optimiser: torch.optim.Optimizer, loss: Tensor, rate: float) -> None:
    """One step down a loss, at a share of each group's `peak` rate."""
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * rate
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_([p for group in optimiser.param_groups for p in group["params"]], 1.0)
    optimiser.step()
    optimiser.zero_grad(set_to_none=True)


def example_of(graph: ArgumentGraph, encoder: DocumentEncoder) -> Example:
    """The example of a graph's spans, which may share a word; its labels and relations are told apart."""
    encoded = encoder.encode(graph.document)
    spans = np.array([word_spans(encoded, c.start, c.end) for c in graph.components], np.int64).reshape(-1, 2)
    count = len(spans)
    return Example(
        encoded,
        gold=spans,
        weights=np.ones(count),
        segmented=True,
        segments=spans,
        types=np.zeros((count, 3)),
        targets=np.zeros((count, count + 1)),
        allowed=np.ones((count, count), bool),
        points=np.full(count, -1),
        labels=np.zeros((count, 2)),
        stances=np.zeros((count, 2)),
    )


def relations_of(graph: ArgumentGraph) -> IntArray:
    """`[m, m]`: 0 where nothing joins a source and a target, else 1 and the kind's place; none to itself, -100."""
    place = {c.id: n for n, c in enumerate(graph.components)}
    found = np.zeros((len(place), len(place)), np.int64)
    np.fill_diagonal(found, NO_LABEL)
    for relation in reversed(graph.relations):
        if relation.source != relation.target:
            found[place[relation.source], place[relation.target]] = 1 + KINDS.index(relation.type)
    return found


def graph_of(labels: Labels, graph: ArgumentGraph, judged: Judged, threshold: float) -> ArgumentGraph:
    """The graph over the same spans: likeliest labels, relations at least as likely as the threshold."""
    names = [labels.classes[k] for k in judged.labels.argmax(1)] if len(judged.labels) else []
    components = [_labelled(labels, graph, c, name) for c, name in zip(graph.components, names, strict=True)]
    linked = np.exp(np.logaddexp.reduce(judged.pairs[..., 1:], axis=-1)) if names else np.zeros((0, 0))
    np.fill_diagonal(linked, 0.0)
    relations = [
        Relation(
            id=f"r{number}",
            source=components[a].id,
            target=components[b].id,
            type=KINDS[int(judged.pairs[a, b, 1:].argmax())],
        )
        for number, (a, b) in enumerate(np.argwhere(linked >= threshold).tolist(), 1)
    ]
    return ArgumentGraph.build(graph.document, components, relations)


def _labelled(labels: Labels, graph: ArgumentGraph, component: Component, name: str) -> Component:
    kind = component_type(labels.corpus, name)
    if kind is None:
        raise AssertionError(f"{name} is no component of {labels.corpus}")
    return Component(
        id=component.id,
        type=kind,
        label=name,
        start=component.start,
        end=component.end,
        text=graph.text[component.start : component.end],
    )


def batches_of(graphs: Sequence[ArgumentGraph], size: int, rng: np.random.Generator) -> list[list[ArgumentGraph]]:
    """Batches of like length, in random order."""
    lengths = np.array([len(graph.text) for graph in graphs]) * rng.uniform(0.8, 1.25, len(graphs))
    order = np.argsort(lengths, kind="stable")
    groups = [[graphs[k] for k in order[start : start + size]] for start in range(0, len(order), size)]
    return [groups[k] for k in rng.permutation(len(groups))]


def _pair_loss(pairs: Tensor, joined: Tensor) -> Tensor:
    """Summed over pairs, a component's share each: a mean over all pairs would hardly count the few that are joined."""
    loss = functional.cross_entropy(pairs.flatten(0, 2), joined.flatten(), ignore_index=NO_LABEL, reduction="sum")
    components = (joined.diagonal(dim1=1, dim2=2) == NO_LABEL).sum()
    return loss / components.clamp(min=1)


def _padded(values: IntArray, *shape: int) -> Tensor:
    full = np.full(shape, NO_LABEL, np.int64)
    full[tuple(slice(0, n) for n in values.shape)] = values
    return torch.from_numpy(full)
