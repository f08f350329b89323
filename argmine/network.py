"""The network: encoder, boundary tagger, component layer; forward and loss, in torch.

    pieces ─ encoder ─ words ┬─ BoundaryTagger ─────────────────── segments
                             └─ pooled segments ─ ComponentLayer ── types, arcs, labels, stances

The encoder runs once over the text; all that looks at found components again is a light layer above it.
What it computes is decoded by `argmine.decoding`; `argmine.training` feeds `losses`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoConfig, AutoModel, PreTrainedConfig

from argmine.config import ModelConfig, Sizes
from argmine.encoding import CASES, COMPONENT_FEATURES, PAIRS, PLACES
from argmine.segments import partition

NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Boundaries:
    """`argmine.decoding.BoundaryScores` of a batch, in tensors: `[b, n]`, `[b, n, d]` and `[l]`."""

    start: Tensor
    end: Tensor
    inside: Tensor
    left: Tensor
    right: Tensor
    length: Tensor


@dataclass(frozen=True, slots=True)
class Components:
    """What the component layer says of `[b, m]` components.

    Attributes:
        types: `[b, m, 3]` logits of major claim, claim, premise.
        stances: `[b, m, 2]` logits of a claim's support or attack on the thesis.
        root: `[b, m]` logit of pointing at no other component.
        source: `[b, m, d]` and `target`: `[b, m, d]`, whose products are the logits of arcs.
        label_source: `[b, m, 2]` and `label_target`: `[b, m, 2]`, whose sums are the logits of an arc's label.
    """

    types: Tensor
    stances: Tensor
    root: Tensor
    source: Tensor
    target: Tensor
    label_source: Tensor
    label_target: Tensor


class PieceEncoder(nn.Module):
    """A pre-trained encoder that also sees case and paragraph of each piece."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        size = int(encoder.config.hidden_size)  # type: ignore[union-attr,arg-type]
        self.features = nn.ModuleList(nn.Embedding(count, size) for count in (CASES, PLACES))
        for table in self.features:
            nn.init.zeros_(table.weight)  # type: ignore[arg-type]

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        """`[w, p]` ids and mask, `[w, p, 2]` features → `[w, p, h]`."""
        embedded: Tensor = self.encoder.get_input_embeddings()(ids)  # type: ignore[operator]
        for column, table in enumerate(self.features):
            embedded = embedded + table(features[..., column])
        hidden: Tensor = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return hidden


class BoundaryTagger(nn.Module):
    """Scores whole segments from their start, end, inside and length and the words just outside."""

    def __init__(self, hidden: int, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.starts = _layer(2 * hidden, 2 * sizes.boundary, dropout)
        self.ends = _layer(2 * hidden, 2 * sizes.boundary, dropout)
        self.insides = nn.Sequential(_layer(hidden, 2 * sizes.boundary, dropout), nn.Linear(2 * sizes.boundary, 1))
        self.start = nn.Linear(2 * sizes.boundary, 1)
        self.end = nn.Linear(2 * sizes.boundary, 1)
        self.left = nn.Linear(2 * sizes.boundary, sizes.boundary)
        self.right = nn.Linear(2 * sizes.boundary, sizes.boundary)
        self.length = nn.Parameter(torch.zeros(sizes.longest_segment))

    def forward(self, words: Tensor) -> Boundaries:
        """`[b, n, h]` words → scores."""
        outside = torch.zeros_like(words[:, :1])
        before = torch.cat([outside, words[:, :-1]], dim=1)
        after = torch.cat([words[:, 1:], outside], dim=1)
        starts = self.starts(torch.cat([words, before], dim=-1))
        ends = self.ends(torch.cat([words, after], dim=-1))
        scale = self.left.out_features**-0.5
        return Boundaries(
            self.start(starts).squeeze(-1).float(),
            self.end(ends).squeeze(-1).float(),
            self.insides(words).squeeze(-1).float(),
            self.left(starts).float() * scale,
            self.right(ends).float(),
            self.length,
        )


class Readout(nn.Module):
    """Reads types, arcs, labels and stances off the states of components, by one scheme of annotation."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self._add_readout(sizes)

    def _add_readout(self, sizes: Sizes) -> None:
        size = sizes.component
        self.types = nn.Linear(size, 3)
        self.stances = nn.Linear(size, 2)
        self.root = nn.Linear(size, 1)
        self.typed = nn.Linear(3, size, bias=False)
        self.source = nn.Linear(size, sizes.arc)
        self.target = nn.Linear(size, sizes.arc)
        self.label_source = nn.Linear(size, 2)
        self.label_target = nn.Linear(size, 2)

    def read(self, states: Tensor) -> Components:
        """`[b, m, s]` states → scores; arcs and labels see the types."""
        types = self.types(states).float()
        states = states + self.typed(types.softmax(-1).to(states.dtype))
        return Components(
            types,
            self.stances(states).float(),
            self.root(states).squeeze(-1).float(),
            self.source(states).float() * self.source.out_features**-0.5,
            self.target(states).float(),
            self.label_source(states).float(),
            self.label_target(states).float(),
        )


class ComponentLayer(Readout):
    """Lets the found components of a document see each other before types and links are scored.

    It reads its own scheme, the main one, itself; the others have readouts of their own.
    """

    def __init__(self, hidden: int, sizes: Sizes, dropout: float) -> None:
        nn.Module.__init__(self)  # the readout comes last, so that a seed gives the weights that it always gave
        size = sizes.component
        self.pooled = nn.Linear(4 * hidden, size)
        self.features = nn.ModuleList(nn.Embedding(count, size) for count in COMPONENT_FEATURES)
        self.norm = nn.LayerNorm(size)
        self.dropout = nn.Dropout(dropout)
        layers = (_Attending(size, sizes.component_heads, dropout) for _ in range(sizes.component_layers))
        self.layers = nn.ModuleList(layers)
        self.out = _layer(size, size, dropout)
        self._add_readout(sizes)

    def forward(self, pooled: Tensor, features: Tensor, mask: Tensor, readout: Readout | None = None) -> Components:
        """`[b, m, 4h]` pooled words, `[b, m, 5]` features, `[b, m]` true where a component is → scores."""
        states = self.pooled(pooled)
        for column, table in enumerate(self.features):
            states = states + table(features[..., column])
        states = self.dropout(self.norm(states))
        for layer in self.layers:
            states = layer(states, mask)
        return (self if readout is None else readout).read(self.out(states))


class SchemeHeads(nn.Module):
    """What a scheme of annotation beside the main one has for itself; encoder and component layer are shared."""

    def __init__(self, hidden: int, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.boundaries = BoundaryTagger(hidden, sizes, dropout)
        self.readout = Readout(sizes)
        self.pairs = nn.Embedding(PAIRS, 3)
        self.between = nn.Parameter(torch.zeros(2))
        nn.init.zeros_(self.pairs.weight)


class ArgumentNetwork(nn.Module):
    """The whole network; its parts are called one after another by whoever holds spans and windows.

    Args:
        encoder: any that `AutoModel` loads.
        sizes: of the layers above it.
        dropout: in those layers.
        schemes: the schemes of annotation beside the main one, which have heads of their own.
    """

    def __init__(self, encoder: nn.Module, sizes: Sizes, *, dropout: float = 0.1, schemes: Sequence[str] = ()) -> None:
        super().__init__()
        hidden = int(encoder.config.hidden_size)  # type: ignore[union-attr,arg-type]
        self.pieces = PieceEncoder(encoder)
        self.boundaries = BoundaryTagger(hidden, sizes, dropout)
        self.components = ComponentLayer(hidden, sizes, dropout)
        self.pairs = nn.Embedding(PAIRS, 3)
        self.between = nn.Parameter(torch.zeros(2))
        nn.init.zeros_(self.pairs.weight)
        self.others = nn.ModuleDict({name: SchemeHeads(hidden, sizes, dropout) for name in schemes})

    @classmethod
    def from_encoder(
        cls, folder: str | Path, sizes: Sizes, *, dropout: float = 0.1, schemes: Sequence[str] = ()
    ) -> "ArgumentNetwork":
        """On a pre-trained encoder: any name or folder that `AutoModel` loads; of a model's folder, the shape alone.

        Its attention is without dropout, which would keep torch from its fused kernels (six times as slow on a CPU).
        """
        own = Path(folder) / "encoder.json"
        shape = AutoConfig.from_pretrained(own if own.is_file() else folder)
        for name in ("attention_probs_dropout_prob", "attention_dropout"):
            if hasattr(shape, name):
                setattr(shape, name, 0.0)
        if own.is_file():
            encoder = AutoModel.from_config(shape)  # type: ignore[no-untyped-call]
        else:
            encoder = AutoModel.from_pretrained(folder, config=shape, dtype=torch.float32)
        return cls(_without_pooler(encoder), sizes, dropout=dropout, schemes=schemes)

    @classmethod
    def from_config(cls, folder: str | Path, config: ModelConfig) -> "ArgumentNetwork":
        """Untrained, for the weights of a model folder, whose `encoder.json` gives the encoder's shape."""
        shape = AutoConfig.from_pretrained(Path(folder) / "encoder.json", trust_remote_code=False)
        return cls.from_shape(shape, config)

    @classmethod
    def from_shape(cls, shape: PreTrainedConfig, config: ModelConfig) -> "ArgumentNetwork":
        """Untrained, on an untrained encoder of that shape; none of a model's own code is run."""
        encoder = AutoModel.from_config(shape, trust_remote_code=False)  # type: ignore[no-untyped-call]
        return cls(_without_pooler(encoder), config.sizes, schemes=[scheme.name for scheme in config.others])

    def tagger(self, scheme: str = "") -> BoundaryTagger:
        """The boundary tagger of a scheme; of the main one where the name is empty."""
        return self._of(scheme).boundaries if scheme else self.boundaries

    def readout(self, scheme: str = "") -> Readout:
        """The readout of a scheme, the main one's being the component layer itself."""
        return self._of(scheme).readout if scheme else self.components

    def places(self, scheme: str = "") -> tuple[nn.Embedding, Tensor]:
        """What pair features and passed-over conclusions add to an arc in a scheme."""
        own = self._of(scheme) if scheme else self
        return own.pairs, own.between

    def start_scheme(self, scheme: str) -> None:
        """Gives a scheme the weights of the main one, to go on from."""
        heads = self._of(scheme)
        heads.boundaries.load_state_dict(self.boundaries.state_dict())
        own = heads.readout.state_dict()
        heads.readout.load_state_dict({n: v for n, v in self.components.state_dict().items() if n in own})
        heads.pairs.load_state_dict(self.pairs.state_dict())
        heads.between.data.copy_(self.between.data)

    def _of(self, scheme: str) -> SchemeHeads:
        heads = self.others[scheme]
        if not isinstance(heads, SchemeHeads):
            raise TypeError(f"{scheme} is {type(heads).__name__}")
        return heads

    def words(self, hidden: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """`[w, p, h]` states and `[b, n]` places among the `w * p` of each word's end pieces → `[b, n, h]`."""
        flat = hidden.flatten(0, 1)
        return (flat[first] + flat[last]) * 0.5

    def arcs(self, components: Components, pairs: Tensor, present: Tensor, scheme: str = "") -> Tensor:
        """`[b, m, m]` logits of an arc from each component to each other.

        What is near counts by the type that it seems to have, and so do the conclusions that an arc would pass over:
        most premises of student essays bear on the nearest claim.

        Args:
            components: what the component layer says.
            pairs: `[b, m, m]` features.
            present: `[b, m]`, true where a component is.
            scheme: whose weights are used.
        """
        types = components.types.softmax(-1)
        table, between = self.places(scheme)
        placed = (table(pairs).float() * types[:, None]).sum(-1)
        passed = (passed_over((1 - types[..., 2]) * present) * between).sum(-1)
        logits: Tensor = torch.einsum("bid,bjd->bij", components.source, components.target) + placed + passed
        return logits


def passed_over(conclusions: Tensor) -> Tensor:
    """`[b, m, m, 2]`: how many conclusions lie between two components, and whether any does, both as expected.

    Args:
        conclusions: `[b, m]`, the probability of each component to be one.
    """
    number = torch.arange(conclusions.shape[1], device=conclusions.device)
    high = torch.maximum(number[:, None], number[None, :])
    low = torch.minimum(torch.minimum(number[:, None], number[None, :]) + 1, high)
    through = functional.pad(conclusions.cumsum(1), (1, 0))
    count = (through[:, high] - through[:, low]).clamp(min=0.0)
    return torch.stack([count, count.clamp(max=1.0)], dim=-1)


def pool(words: Tensor, segments: Tensor, markers: Tensor) -> Tensor:
    """`[b, m, 4h]`: first word, last word, mean of the words, mean of the marker words before.

    Args:
        words: `[b, n, h]`.
        segments: `[b, m, 2]`, first and last word of each segment.
        markers: `[b, m, 2]`, half-open words before it; zeros where there are none.
    """
    ends = [_take(words, segments[..., side]) for side in (0, 1)]
    inner = _mean(words, segments[..., 0], segments[..., 1] + 1)
    return torch.cat([*ends, inner, _mean(words, markers[..., 0], markers[..., 1])], dim=-1)


def band_scores(scores: Boundaries) -> Tensor:
    """`[b, n, l]`, the score of the segment of l + 1 words that starts at each word, as `decoding.segment_scores`.

    What ends beyond the text's last place has no meaning; the caller masks it.
    """
    count = scores.start.shape[1]
    longest = min(len(scores.length), count)
    together = scores.left @ scores.right.transpose(1, 2)
    first = torch.arange(count, device=together.device)[:, None]
    last = first + torch.arange(longest, device=together.device)[None, :]
    fits = last < count
    last = last.clamp(max=count - 1)
    through = functional.pad(scores.inside.cumsum(1), (1, 0))
    band = (
        scores.start[:, :, None]
        + scores.end[:, last]
        + through[:, last + 1]
        - through[:, first]
        + together.gather(2, last.expand(len(together), -1, -1))
        + scores.length[None, None, :longest]
    )
    return band.masked_fill(~fits, NEVER)


def segmentation_loss(band: Tensor, words: Tensor, gold: Tensor) -> Tensor:
    """`[b]`, minus the log-likelihood of each document's gold segments under the semi-Markov model.

    Args:
        band: `[b, n, l]`, from `band_scores`.
        words: `[b]`, how many words each document has.
        gold: `[b, n, l]`, 1 at the gold segments.
    """
    return log_partition(band, words) - (band * gold).sum((1, 2))


def log_partition(band: Tensor, words: Tensor) -> Tensor:
    """`[b]`, the log of the summed weights of all segmentations of the first `words` words.

    Args:
        band: `[b, n, l]`, from `band_scores`.
        words: `[b]`.
    """
    total: Tensor = _LogPartition.apply(band, words)  # type: ignore[no-untyped-call]
    return total


class _LogPartition(torch.autograd.Function):
    """By `argmine.segments`, whose marginals are the gradient: a step of autograd a word would take half a training."""

    @staticmethod
    def forward(ctx: Any, band: Tensor, words: Tensor) -> Tensor:
        scores = band.detach().cpu().double().numpy()
        totals, marginals = np.empty(len(scores)), np.zeros_like(scores)
        for row, count in enumerate(words.tolist()):
            if not count:  # one way, without a segment
                totals[row] = 0.0
                continue
            own = scores[row, :count, :count]
            last = np.arange(count)[:, None] + np.arange(own.shape[1])
            totals[row], marginals[row, :count, :count] = partition(np.where(last < count, own, -np.inf))
        ctx.save_for_backward(torch.from_numpy(marginals).to(band))
        return torch.from_numpy(totals).to(band)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
        (marginals,) = ctx.saved_tensors
        return gradient[:, None, None] * marginals, None


def _layer(inputs: int, outputs: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, outputs), nn.GELU(), nn.Dropout(dropout))


class _Attending(nn.Module):
    """A pre-norm transformer layer over the components of a document."""

    def __init__(self, size: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(size)
        self.query_key_value = nn.Linear(size, 3 * size)
        self.mixed = nn.Linear(size, size)
        self.feed_norm = nn.LayerNorm(size)
        self.feed = nn.Sequential(_layer(size, 2 * size, dropout), nn.Linear(2 * size, size))
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        batch, count, size = states.shape
        parts = self.query_key_value(self.norm(states)).view(batch, count, 3, self.heads, size // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        logits = query @ key.transpose(-1, -2) * (size // self.heads) ** -0.5
        weights = logits.masked_fill(~mask[:, None, None, :], NEVER).softmax(-1)
        mixed = (self.dropout(weights) @ value).transpose(1, 2).reshape(batch, count, size)
        states = states + self.dropout(self.mixed(mixed))
        fed: Tensor = states + self.dropout(self.feed(self.feed_norm(states)))
        return fed


def _take(words: Tensor, places: Tensor) -> Tensor:
    return words.gather(1, places[..., None].expand(-1, -1, words.shape[-1]))


def _mean(words: Tensor, start: Tensor, end: Tensor) -> Tensor:
    through = functional.pad(words.float().cumsum(1), (0, 0, 1, 0))
    sums = _take(through, end) - _take(through, start)
    return (sums / (end - start).clamp(min=1)[..., None]).to(words.dtype)


def _without_pooler(encoder: nn.Module) -> nn.Module:
    if getattr(encoder, "pooler", None) is not None:
        encoder.pooler = None  # type: ignore[assignment]
    return encoder
