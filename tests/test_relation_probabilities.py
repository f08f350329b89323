"""A mined relation's probability: both ends, its arc over all forests and its label; against all forests one by one."""

from itertools import product

import numpy as np
import pytest

from argmine.config import Calibration, Decoding, ModelConfig
from argmine.decoding import LinkScores
from argmine.document import Document
from argmine.graph import ArgumentGraph
from argmine.miner import assembly
from argmine.miner.assembly import LABELS
from tests.forests import all_others, is_forest

TEXT = "trams are quiet people sleep keep them now"
SPANS = np.array([[0, 15], [16, 28], [29, 38], [39, 42]])
SURE = np.array([0.9, 0.8, 0.7, 0.6])
UNLIKE = (38, 116, 151)
"""Seeds by which a claim supports one statement of the thesis and attacks another."""
TYPES = ("major_claim", "claim", "premise")


def assembled(
    links: LinkScores, decoding: Decoding, calibration: Calibration | None = None, ends: float = 1.0
) -> ArgumentGraph:
    """The graph of four components of given spans; no network is asked."""
    config = ModelConfig(name="t", encoder="t", decoding=decoding, relation_calibration=calibration or Calibration())
    document = Document(id="d", text=TEXT)
    components, relations = assembly.assembled(document, SPANS, SURE, ends * SURE, links, config)
    return ArgumentGraph.build(document, components, relations)


def random_links(seed: int) -> LinkScores:
    rng = np.random.default_rng(seed)
    candidates = all_others(4)
    arcs = np.log(rng.dirichlet(np.ones(4), size=4))
    shapes = ((4, 3), (4, 3, 2), (4, 2))
    types, labels, stances = (np.log(rng.dirichlet(np.ones(s[-1]), size=s[:-1])) for s in shapes)
    return LinkScores(types, arcs[:, 0], candidates, arcs[:, 1:], labels, stances)


def joint(links: LinkScores, *, claims_point: bool) -> dict[tuple[int, int, str], float]:
    """Probability of each component (first) to point at each other (second, -1 the root) as each type (third)."""
    found: dict[tuple[int, int, str], float] = {}
    total = 0.0
    points = ("claim", "premise") if claims_point else ("premise",)
    ends = TYPES if claims_point else TYPES[:2]
    for targets in product(range(-1, 4), repeat=4):
        if any(n == t for n, t in enumerate(targets)) or not is_forest(targets):
            continue
        for kinds in product(*(ends if t < 0 else points for t in targets)):
            weight = 1.0
            for n, (t, kind) in enumerate(zip(targets, kinds, strict=True)):
                arc = links.root[n] if t < 0 else links.arcs[n, links.candidates[n].tolist().index(t)]
                weight *= float(np.exp(arc + links.types[n, TYPES.index(kind)]))
            total += weight
            for n, (t, kind) in enumerate(zip(targets, kinds, strict=True)):
                found[n, t, kind] = found.get((n, t, kind), 0.0) + weight
    return {key: weight / total for key, weight in found.items()}


@pytest.mark.parametrize("claims_point", [False, True])
@pytest.mark.parametrize("seed", [*range(6), *UNLIKE])
def test_a_relations_probability_is_of_both_ends_the_arc_over_all_forests_and_the_label(
    seed: int, claims_point: bool
) -> None:
    links = random_links(seed)
    graph = assembled(links, Decoding(claims_point=claims_point))
    marginal = joint(links, claims_point=claims_point)
    kinds = {c.id: c.type.value for c in graph.components}

    def right(n: int) -> float:
        return float(SURE[n] * np.exp(links.types[n, TYPES.index(kinds[f"c{n + 1}"])]))

    for relation in graph.relations:
        source, target = (int(name[1:]) - 1 for name in (relation.source, relation.target))
        kind, named = kinds[relation.source], LABELS.index(relation.type)
        if kind == "claim" and not claims_point:
            expected = right(source) * right(target) * np.exp(links.stances[source, named])
        else:
            label = np.exp(links.labels[source, links.candidates[source].tolist().index(target), named])
            expected = SURE[source] * marginal[source, target, kind] * right(target) * label
            if kind == "claim" and kinds[relation.target] == "major_claim":
                expected = sum(
                    SURE[source] * marginal[source, n, kind] * right(n) * np.exp(links.labels[source, k, named])
                    for k, n in enumerate(links.candidates[source].tolist())
                    if kinds[f"c{n + 1}"] == "major_claim"
                )
        assert relation.probability == pytest.approx(expected, abs=6e-5)


@pytest.mark.parametrize("seed", range(6))
def test_runners_up_are_the_next_best_targets_and_no_target_by_the_same_marginals(seed: int) -> None:
    links = random_links(seed)
    graph = assembled(links, Decoding(claims_point=True))
    marginal = joint(links, claims_point=True)
    kinds = {c.id: c.type.value for c in graph.components}
    for relation in graph.relations:
        source = int(relation.source[1:]) - 1
        kind = kinds[relation.source]
        chances: dict[str | None, float] = {None: SURE[source] * sum(marginal.get((source, -1, k), 0.0) for k in TYPES)}
        for place, other in enumerate(links.candidates[source].tolist()):
            target = SURE[other] * np.exp(links.types[other, TYPES.index(kinds[f"c{other + 1}"])])
            label = np.exp(links.labels[source, place].max())
            chances[f"c{other + 1}"] = SURE[source] * marginal[source, other, kind] * target * label
        del chances[relation.target]
        if kind == "claim" and kinds[relation.target] == "major_claim":
            chances = {name: p for name, p in chances.items() if name is None or kinds[name] != "major_claim"}
        ranked = sorted(((n, p) for n, p in chances.items() if p >= 5e-5), key=lambda item: -item[1])
        assert [a.target for a in relation.alternatives] == [name for name, _ in ranked[:3]]
        assert [a.probability for a in relation.alternatives] == pytest.approx([p for _, p in ranked[:3]], abs=6e-5)


def test_relations_are_calibrated_and_runners_up_alike() -> None:
    links, decoding = random_links(3), Decoding(claims_point=True)
    plain, moved = assembled(links, decoding), assembled(links, decoding, Calibration(slope=0.5, intercept=-1.0))
    pairs = [(r.probability, s.probability) for r, s in zip(plain.relations, moved.relations, strict=True)]
    for r, s in zip(plain.relations, moved.relations, strict=True):
        pairs += [(a.probability, b.probability) for a, b in zip(r.alternatives, s.alternatives, strict=True)]
    assert len(pairs) > 4
    for before, after in pairs:
        assert before is not None
        odds = 0.5 * np.log(before / (1 - before)) - 1.0
        assert after == pytest.approx(1 / (1 + np.exp(-odds)), abs=2e-3)


def test_ends_count_in_relations_and_not_in_components() -> None:
    links, decoding = random_links(3), Decoding(claims_point=True)
    whole, half = assembled(links, decoding), assembled(links, decoding, ends=0.5)
    assert [c.probability for c in half.components] == [c.probability for c in whole.components]
    assert whole.relations
    for relation, other in zip(half.relations, whole.relations, strict=True):
        assert other.probability is not None
        assert relation.probability == pytest.approx(other.probability / 4, abs=1e-4)
