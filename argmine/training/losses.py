"""What the network is trained to make small."""

import torch
from torch import Tensor

from argmine.network import NEVER, ArgumentNetwork, Components, band_scores, log_partition, pool
from argmine.training.batches import Batch
from argmine.training.recipe import LossWeights


def losses(network: ArgumentNetwork, batch: Batch, weights: LossWeights) -> dict[str, Tensor]:
    """Each part of the loss by name, weighted; their sum is minimised.

    Segments count a nat a gold segment, the other parts are means over what has them.
    """
    hidden = network.pieces(batch.ids, batch.mask, batch.features)
    words = network.words(hidden, batch.first, batch.last)
    words = words * batch.is_word[..., None]  # as the last word of a document sees nothing after it when it is alone
    components = network.components(pool(words, batch.segments, batch.markers), batch.component_features, batch.present)
    logits = network.arcs(components, batch.pairs, batch.present)
    emphasis = logits.new_tensor([1.0, weights.attack])
    return {
        "segments": weights.segments * _segments(network, words, batch),
        "types": weights.types * _cross_entropy(components.types, batch.types),
        "arcs": weights.arcs * _arcs(components, logits, batch),
        "labels": weights.labels * _labels(components, batch, emphasis),
        "stances": weights.stances * _cross_entropy(components.stances, batch.stances, emphasis),
    }


def _segments(network: ArgumentNetwork, words: Tensor, batch: Batch) -> Tensor:
    with torch.autocast(words.device.type, enabled=False):
        band = band_scores(network.boundaries(words.float()))
        gold = (band[batch.gold[:, 0], batch.gold[:, 1], batch.gold[:, 2]] * batch.weights).sum()
        return (log_partition(band, batch.words).sum() - gold) / batch.weights.sum().clamp(min=1.0)


def _arcs(components: Components, logits: Tensor, batch: Batch) -> Tensor:
    count = logits.shape[1]
    itself = torch.eye(count, dtype=torch.bool, device=logits.device)
    logits = logits.masked_fill(itself | ~batch.present[:, None, :], NEVER)
    return _cross_entropy(torch.cat([components.root[..., None], logits], dim=-1), batch.targets)


def _labels(components: Components, batch: Batch, emphasis: Tensor) -> Tensor:
    target = batch.points.clamp(min=0)[..., None].expand(-1, -1, 2)
    return _cross_entropy(components.label_source + components.label_target.gather(1, target), batch.labels, emphasis)


def _cross_entropy(logits: Tensor, wanted: Tensor, emphasis: Tensor | None = None) -> Tensor:
    """Mean over the rows of `wanted`, each counted by its sum, so a row of zeros not at all."""
    weighted = wanted if emphasis is None else wanted * emphasis
    return -(weighted * logits.log_softmax(-1)).sum() / weighted.sum().clamp(min=1e-6)
