"""What the network is trained to make small."""

import torch
from torch import Tensor

from argmine.network import NEVER, ArgumentNetwork, BoundaryTagger, Components, band_scores, log_partition, pool
from argmine.training.batches import Batch
from argmine.training.recipe import LossWeights


def losses(network: ArgumentNetwork, batch: Batch, weights: LossWeights, scheme: str = "") -> dict[str, Tensor]:
    """Each part of the loss by name, weighted; their sum is minimised.

    Segments count a nat a gold segment, the other parts are means over what has them.
    """
    hidden = network.pieces(batch.ids, batch.mask, batch.features)
    words = network.words(hidden, batch.first, batch.last)
    words = words * batch.is_word[..., None]  # as the last word of a document sees nothing after it when it is alone
    pooled = pool(words, batch.segments, batch.markers)
    components = network.components(pooled, batch.component_features, batch.present, network.readout(scheme))
    logits = network.arcs(components, batch.pairs, batch.present, scheme)
    emphasis = logits.new_tensor([1.0, weights.attack])
    return {
        "segments": weights.segments * segments_loss(network.tagger(scheme), words, batch),
        "types": weights.types * _cross_entropy(components.types, batch.types),
        "arcs": weights.arcs * _arcs(components, logits, batch),
        "labels": weights.labels * _labels(components, batch, emphasis),
        "stances": weights.stances * _cross_entropy(components.stances, batch.stances, emphasis),
    }


def segments_loss(tagger: BoundaryTagger, words: Tensor, batch: Batch) -> Tensor:
    """Nats a gold segment, of `[b, n, h]` words, under the semi-Markov model."""
    if not batch.segmented.any():
        return words.sum() * 0.0
    with torch.autocast(words.device.type, enabled=False):
        band = band_scores(tagger(words.float()))
        gold = (band[batch.gold[:, 0], batch.gold[:, 1], batch.gold[:, 2]] * batch.weights).sum()
        every = (log_partition(band, batch.words) * batch.segmented).sum()
        return (every - gold) / batch.weights.sum().clamp(min=1.0)


def _arcs(components: Components, logits: Tensor, batch: Batch) -> Tensor:
    count = logits.shape[1]
    itself = torch.eye(count, dtype=torch.bool, device=logits.device)
    logits = logits.masked_fill(itself | ~batch.present[:, None, :] | ~batch.allowed, NEVER)
    return _cross_entropy(torch.cat([components.root[..., None], logits], dim=-1), batch.targets)


def _labels(components: Components, batch: Batch, emphasis: Tensor) -> Tensor:
    target = batch.points.clamp(min=0)[..., None].expand(-1, -1, 2)
    return _cross_entropy(components.label_source + components.label_target.gather(1, target), batch.labels, emphasis)


def _cross_entropy(logits: Tensor, wanted: Tensor, emphasis: Tensor | None = None) -> Tensor:
    """Mean over the rows of `wanted`, each counted by its sum, so a row of zeros not at all.

    A row that sums to more than one names several right answers, of which any will do: it counts once, by the sum of
    their probabilities.
    """
    log_probabilities = logits.log_softmax(-1)
    several = wanted.sum(-1) > 1 + 1e-3
    any_of = log_probabilities.masked_fill(wanted == 0, NEVER).logsumexp(-1)
    wanted = wanted * ~several[..., None]
    weighted = wanted if emphasis is None else wanted * emphasis
    total = (weighted * log_probabilities).sum() + (any_of * several).sum()
    return -total / (weighted.sum() + several.sum()).clamp(min=1e-6)
