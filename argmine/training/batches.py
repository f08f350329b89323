"""Examples → padded tensors."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import Tensor

from argmine.config import Windows
from argmine.encoding import (
    DocumentEncoder,
    FloatArray,
    IntArray,
    component_features,
    marker_spans,
    pair_features,
    windows,
)
from argmine.training.examples import Example


@dataclass(frozen=True, slots=True)
class Batch:
    """b documents in w windows of p pieces, of at most n words and m components; see `Example`.

    `first` and `last` are `[b, n]` places of each word's pieces among the `w * p`; `words` is `[b]`, how many words
    count; `gold` is `[g, 3]`: document, first word and length less one of each segment to be found, `weights` `[g]`.
    `targets` is `[b, m, m + 1]`, the root first; `segmented` is `[b]`, whether a document's segments are learnt.
    """

    ids: Tensor
    mask: Tensor
    features: Tensor
    first: Tensor
    last: Tensor
    words: Tensor
    gold: Tensor
    weights: Tensor
    segmented: Tensor
    segments: Tensor
    markers: Tensor
    component_features: Tensor
    present: Tensor
    pairs: Tensor
    allowed: Tensor
    types: Tensor
    targets: Tensor
    points: Tensor
    labels: Tensor
    stances: Tensor

    @property
    def is_word(self) -> Tensor:
        """`[b, n]`, true where a word is and not padding."""
        return torch.arange(self.first.shape[1], device=self.words.device) < self.words[:, None]

    def to(self, device: torch.device) -> "Batch":
        """The same on another device."""
        return Batch(*(getattr(self, f.name).to(device, non_blocking=True) for f in fields(self)))


def make_batch(examples: Sequence[Example], encoder: DocumentEncoder, sizes: Windows) -> Batch:
    """Pads `examples` to the longest of them."""
    cuts = [(b, w) for b, e in enumerate(examples) for w in windows(e.encoded, sizes.size, sizes.overlap)]
    longest = max(w.end - w.start + 2 for _, w in cuts)
    longest = min(sizes.size, -(-longest // 32) * 32)
    columns = zip(*(encoder.window(examples[b].encoded, w, longest) for b, w in cuts), strict=True)
    ids, mask, features = (torch.from_numpy(np.stack(column)) for column in columns)
    places = [np.zeros(len(e.encoded.ids), np.int64) for e in examples]
    for row, (b, w) in enumerate(cuts):
        places[b][w.own_start : w.own_end] = row * longest + 1 + np.arange(w.own_start, w.own_end) - w.start
    words = [places[b][e.encoded.pieces] for b, e in enumerate(examples)]
    gold = [_numbered_gold(e, b) for b, e in enumerate(examples)]
    return Batch(
        ids,
        mask,
        features,
        _pad([w[:, 0] for w in words]),
        _pad([w[:, 1] for w in words]),
        torch.tensor([len(e.encoded) for e in examples]),
        torch.from_numpy(np.concatenate(gold)),
        torch.from_numpy(np.concatenate([e.weights for e in examples])).float(),
        torch.tensor([e.segmented for e in examples]),
        _pad([e.segments for e in examples]),
        _pad([marker_spans(e.encoded, e.segments) for e in examples]),
        _pad([component_features(e.encoded, e.segments) for e in examples]),
        _pad([np.ones(len(e.segments), np.int64) for e in examples]).bool(),
        _pad_square([pair_features(e.encoded, e.segments, _all_pairs(len(e.segments))) for e in examples]),
        _pad_square([e.allowed.astype(np.int64) for e in examples]).bool(),
        _pad([e.types for e in examples]),
        _pad_square([e.targets for e in examples]),
        _pad([e.points for e in examples], -1),
        _pad([e.labels for e in examples]),
        _pad([e.stances for e in examples]),
    )


def _numbered_gold(example: Example, number: int) -> IntArray:
    first, last = example.gold.T
    return np.stack([np.full(len(first), number), first, last - first], axis=1)


def _all_pairs(count: int) -> IntArray:
    return np.broadcast_to(np.arange(count), (count, count))


def _pad(rows: Sequence[IntArray | FloatArray], value: int = 0) -> Tensor:
    longest = max(1, *(len(row) for row in rows))
    full = np.full((len(rows), longest, *rows[0].shape[1:]), value, rows[0].dtype)
    for n, row in enumerate(rows):
        full[n, : len(row)] = row
    return _tensor(full)


def _pad_square(rows: Sequence[IntArray | FloatArray]) -> Tensor:
    """Rows of `[m, m]` or `[m, m + 1]` arrays, padded to the longest m."""
    longest = max(1, *(len(row) for row in rows))
    wider = rows[0].shape[1] - rows[0].shape[0]
    full = np.zeros((len(rows), longest, longest + wider), rows[0].dtype)
    for n, row in enumerate(rows):
        full[n, : row.shape[0], : row.shape[1]] = row
    return _tensor(full)


def _tensor(array: IntArray | FloatArray) -> Tensor:
    tensor = torch.from_numpy(array)
    return tensor.float() if tensor.is_floating_point() else tensor
