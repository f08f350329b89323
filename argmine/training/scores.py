"""What is to be great on development data.

An epoch is selected by protocols A (essay level) and D, with the words of the encoder for tokens; a scheme beside the
main one is tuned by spans, roles and links at half of the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from argmine.encoding import DocumentEncoder
from argmine.graph import ArgumentGraph
from argmine.metrics import acl2017, bio, overlap
from argmine.metrics.token_documents import token_document
from argmine.miner import ArgumentMiner


@dataclass(frozen=True, slots=True)
class Scores:
    """C-F1 and R-F1 at 100 and 50 %, exact span F1 regardless of type, macro-F1 of BIO."""

    c_f1: float
    r_f1: float
    c_f1_half: float
    r_f1_half: float
    spans: float
    bio: float

    @property
    def selection(self) -> float:
        """What is to be great: the mean of C-F1 and R-F1 at 100 %."""
        return (self.c_f1 + self.r_f1) / 2


@dataclass(frozen=True, slots=True)
class OverlapScores:
    """F1 of spans, conclusions, premises and links that match at more than half of the words."""

    spans: float
    conclusions: float
    premises: float
    links: float

    @property
    def selection(self) -> float:
        """What is to be great: the mean of spans, roles and links."""
        return (self.spans + (self.conclusions + self.premises) / 2 + self.links) / 3


def count_overlap(_: DocumentEncoder, gold: Sequence[ArgumentGraph], found: Sequence[ArgumentGraph]) -> OverlapScores:
    """Scores of predicted graphs of the same documents."""
    counts = overlap.count_graphs(zip(gold, found, strict=True))
    return OverlapScores(*(c.f1 for c in (counts.spans, counts.conclusions, counts.premises, counts.links)))


def score(miner: ArgumentMiner, gold: Sequence[ArgumentGraph]) -> Scores:
    """Mines the texts of gold graphs and counts."""
    return count(miner.encoder, gold, [miner.mine(graph.document) for graph in gold])


def count(encoder: DocumentEncoder, gold: Sequence[ArgumentGraph], predicted: Sequence[ArgumentGraph]) -> Scores:
    """Scores of predicted graphs of the same documents."""
    pairs = []
    for wanted, given in zip(gold, predicted, strict=True):
        offsets = [(int(a), int(b)) for a, b in encoder.encode(wanted.document).spans]
        pairs.append((token_document(wanted, offsets), token_document(given, offsets)))
    a, d = acl2017.count_documents(pairs), bio.count_documents(pairs)
    return Scores(
        a.components_100.f1,
        a.relations_100.f1,
        a.components_50.f1,
        a.relations_50.f1,
        d.spans.f1,
        d.tags.macro_f1,
    )
