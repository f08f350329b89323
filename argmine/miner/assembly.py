"""From what is scored of a document's components to components and relations with calibrated probabilities."""

from collections.abc import Iterator

import numpy as np

from argmine.config import Calibration, Decoding, ModelConfig
from argmine.decoding import CLAIM, MAJOR_CLAIM, Forest, LinkScores, decode_forest, link_marginals
from argmine.document import Document
from argmine.encoding import FloatArray, IntArray
from argmine.graph import Alternative, Component, ComponentType, Relation, RelationType

TYPES = (ComponentType.MAJOR_CLAIM, ComponentType.CLAIM, ComponentType.PREMISE)
LABELS = (RelationType.SUPPORT, RelationType.ATTACK)
RUNNERS_UP = 3
DIGITS = 4


def assembled(
    document: Document, spans: IntArray, sure: FloatArray, ends: FloatArray, links: LinkScores, config: ModelConfig
) -> tuple[list[Component], Iterator[Relation]]:
    """The best forest over components.

    Args:
        document: what they are of.
        spans: `[m, 2]`, half-open code points of each.
        sure: `[m]`, the probability of each to match one at more than half of the words.
        ends: `[m]`, of each to be there as an end of a relation: what decoding takes it to be worth.
        links: what the upper layers say of them.
        config: decoding and calibration.
    """
    forest = decode_forest(links, config.decoding)
    kinds = np.exp(links.types[np.arange(len(spans)), forest.types])
    raw = ends * kinds
    known = calibrated(sure * kinds, config.component_calibration)
    components = [
        _component(document, n, TYPES[kind], start, end, p)
        for n, (kind, (start, end), p) in enumerate(zip(forest.types, spans.tolist(), known, strict=True), 1)
    ]
    chances = _chances(ends, raw, links, forest, config.decoding)
    return components, _relations(raw, chances, links, forest, config)


def _relations(
    raw: FloatArray, chances: FloatArray, links: LinkScores, forest: Forest, config: ModelConfig
) -> Iterator[Relation]:
    linked = [n for n, target in enumerate(forest.targets) if target >= 0]
    for number, source in enumerate(linked, 1):
        target, label = int(forest.targets[source]), int(forest.labels[source])
        by_arc = config.decoding.claims_point or TYPES[forest.types[source]] is ComponentType.PREMISE
        if by_arc:
            places = _places(links.candidates[source], source, target, forest)
            own = np.exp(links.labels[source])
            sure = (chances[source, places] * own[places, label]).sum()
            likelier = chances[source] * np.append(own.max(axis=-1), 1.0)
            others = _runners_up(likelier, links.candidates[source], places, config.relation_calibration)
        else:
            sure, others = raw[source] * raw[target] * np.exp(links.stances[source, label]), ()
        yield Relation(
            id=f"r{number}",
            source=f"c{source + 1}",
            target=f"c{target + 1}",
            type=LABELS[label],
            probability=calibrated(np.array([sure]), config.relation_calibration)[0],
            alternatives=others,
        )


def _places(candidates: IntArray, source: int, target: int, forest: Forest) -> IntArray:
    """Where a source's target stands among its candidates; of a claim on the thesis, where all its statements do."""
    if forest.types[source] == CLAIM and forest.types[target] == MAJOR_CLAIM:
        return np.flatnonzero((candidates >= 0) & (forest.types[candidates] == MAJOR_CLAIM))
    return np.flatnonzero(candidates == target)


def _chances(ends: FloatArray, raw: FloatArray, links: LinkScores, forest: Forest, decoding: Decoding) -> FloatArray:
    """`[m, k + 1]`, how likely each source bears on each candidate, whatever the label, and last on none.

    The source's span, times the target's span and type, times the marginal over all forests of pointing there (in
    which the source's type is counted).
    """
    marginals = link_marginals(links, decoding)
    source = ends * marginals.types[np.arange(len(ends)), forest.types]
    target = np.where(links.candidates < 0, 0.0, raw[links.candidates])
    return np.column_stack([source[:, None] * marginals.arcs * target, ends * marginals.root])


def _runners_up(
    chances: FloatArray, candidates: IntArray, places: IntArray, calibration: Calibration
) -> tuple[Alternative, ...]:
    best = np.argsort(-chances, kind="stable")[: RUNNERS_UP + len(places)]
    order = [k for k in best.tolist() if k not in places and chances[k] > 0][:RUNNERS_UP]
    known = calibrated(chances[order], calibration)
    return tuple(
        Alternative(target=f"c{candidates[k] + 1}" if k < len(candidates) else None, probability=p)
        for k, p in zip(order, known, strict=True)
        if p > 0
    )


def _component(document: Document, number: int, kind: ComponentType, start: int, end: int, sure: float) -> Component:
    text = document.text[start:end]
    return Component(id=f"c{number}", type=kind, start=start, end=end, text=text, probability=sure)


def calibrated(probabilities: FloatArray, calibration: Calibration) -> list[float]:
    """Probabilities as they are shown: calibrated and rounded."""
    shown = calibration.slope * logits(probabilities) + calibration.intercept
    return [float(x) for x in (1 / (1 + np.exp(-shown))).round(DIGITS)]


def logits(probabilities: FloatArray) -> FloatArray:
    """`log(p / (1 - p))` of each, finite for 0 and 1 too."""
    p = np.clip(probabilities.astype(np.float64), 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))
