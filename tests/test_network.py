"""The network's parts against their numpy twins, and documents in a batch against the same alone."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch

from argmine import scoring, segments
from argmine.document import Document
from argmine.encoding import candidate_targets
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from argmine.network import (
    ArgumentNetwork,
    Boundaries,
    band_scores,
    log_partition,
    passed_over,
    pool,
    segmentation_loss,
)
from argmine.runtime import TorchBackend
from argmine.training.batches import make_batch
from argmine.training.examples import Example, Reading, make_example
from argmine.training.losses import _cross_entropy, losses
from argmine.training.recipe import LossWeights
from tests import tiny
from tests.test_segments import random_boundaries, segmentations


def as_batch(scores: segments.BoundaryScores) -> Boundaries:
    columns = (scores.start, scores.end, scores.inside, scores.left, scores.right)
    start, end, inside, left, right = (torch.from_numpy(column)[None] for column in columns)
    return Boundaries(start, end, inside, left, right, torch.from_numpy(scores.length))


@pytest.mark.parametrize("seed", range(10))
def test_band_scores_equal_those_of_decoding(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = random_boundaries(rng, int(rng.integers(1, 9)), int(rng.integers(1, 6)))
    expected = segments.segment_scores(scores)
    found = band_scores(as_batch(scores))[0].numpy()
    fits = np.isfinite(expected)
    assert found[fits] == pytest.approx(expected[fits])
    assert (found[~fits] < -1000).all()


@pytest.mark.parametrize("seed", range(10))
def test_log_partition_equals_brute_force(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count, longest = int(rng.integers(1, 7)), int(rng.integers(1, 5))
    band = band_scores(as_batch(random_boundaries(rng, count, longest)))
    ways = segmentations(count, band.shape[2])
    totals = [sum(float(band[0, first, length - 1]) for first, length in way) for way in ways]
    assert float(log_partition(band, torch.tensor([count]))) == pytest.approx(np.logaddexp.reduce(totals))


@pytest.mark.parametrize("words", [[7, 4], [1, 2]])
def test_the_gradient_of_the_log_partition_is_that_of_small_steps(words: list[int]) -> None:
    rng = np.random.default_rng(words[0])
    band = torch.from_numpy(rng.normal(size=(2, max(words), 3))).requires_grad_()
    counts = torch.tensor(words)
    assert torch.autograd.gradcheck(lambda scores: log_partition(scores, counts), band)


def test_a_document_without_words_has_one_segmentation() -> None:
    band = torch.zeros(2, 3, 2, dtype=torch.float64, requires_grad=True)
    found = log_partition(band, torch.tensor([0, 1]))
    found.sum().backward()  # type: ignore[no-untyped-call]
    assert found.tolist() == pytest.approx([0.0, np.log(2)])
    assert band.grad is not None
    assert band.grad[0].abs().sum() == 0


def test_log_partition_counts_no_padding() -> None:
    rng = np.random.default_rng(0)
    band = torch.from_numpy(rng.normal(size=(1, 9, 4)))
    alone = log_partition(band[:, :6].where(torch.arange(6)[:, None] + torch.arange(4) < 6, -1e4), torch.tensor([6]))
    assert float(log_partition(band, torch.tensor([6]))) == pytest.approx(float(alone))


def test_segmentation_loss_is_minus_the_log_of_the_gold_share() -> None:
    band = torch.log(torch.tensor([[[2.0, 3.0], [4.0, 1e-30]]], dtype=torch.float64))
    gold = torch.zeros(1, 2, 2, dtype=torch.float64)
    gold[0, 0, 1] = 1
    # ways: none 1, first 2, second 4, both 8, the long one 3
    assert float(segmentation_loss(band, torch.tensor([2]), gold)) == pytest.approx(-np.log(3 / 18))


def test_pool_equals_that_of_the_miner() -> None:
    words = np.random.default_rng(0).normal(size=(12, 5)).astype(np.float32)
    segments = np.array([[0, 0], [2, 6], [7, 11]])
    markers = np.array([[0, 0], [1, 2], [7, 7]])
    expected = scoring.pool(words, segments, markers)
    found = pool(*(torch.from_numpy(array)[None] for array in (words, segments, markers)))
    assert found[0].numpy() == pytest.approx(expected, abs=1e-5)
    assert expected[1, 10:15] == pytest.approx(words[2:7].mean(0), abs=1e-6)
    assert expected[1, 15:20] == pytest.approx(words[1], abs=1e-6)
    assert not expected[0, 15:].any()


@pytest.mark.parametrize("seed", range(5))
def test_conclusions_passed_over_equal_a_naive_count(seed: int) -> None:
    chances = np.random.default_rng(seed).random(7) * 0.6
    candidates = candidate_targets(7)
    found = passed_over(torch.from_numpy(chances)[None])[0].numpy()
    in_rows = scoring.passed_over(chances, candidates)
    for source, row in enumerate(candidates.tolist()):
        for place, target in enumerate(row):
            count = chances[min(source, target) + 1 : max(source, target)].sum()
            assert found[source, target] == pytest.approx([count, min(count, 1.0)])
            assert in_rows[source, place] == pytest.approx([count, min(count, 1.0)])


@pytest.fixture(scope="module")
def network(tiny_base: Path) -> ArgumentNetwork:
    return tiny.network(tiny_base)


def test_a_trained_network_loads_into_one_made_from_its_configuration(
    network: ArgumentNetwork, tiny_model: Path
) -> None:
    other = ArgumentNetwork.from_config(tiny_model, tiny.config())
    assert {n: v.shape for n, v in other.state_dict().items()} == {n: v.shape for n, v in network.state_dict().items()}
    other.load_state_dict(network.state_dict())
    ids = torch.tensor([[2, 9, 10, 3]])
    inputs = (ids, torch.ones_like(ids), torch.zeros(1, 4, 2, dtype=torch.int64))
    assert torch.equal(other.eval().pieces(*inputs), network.pieces(*inputs))


def test_attention_has_no_dropout_and_the_rest_has(tiny_base: Path) -> None:
    made = ArgumentNetwork.from_encoder(tiny_base, tiny.SIZES, dropout=0.3)
    assert made.pieces.encoder.config.attention_probs_dropout_prob == 0.0  # type: ignore[union-attr]
    assert {m.p for m in made.components.modules() if isinstance(m, torch.nn.Dropout)} == {0.3}


def graph_of(text: str, name: str) -> ArgumentGraph:
    """Each sentence a component: a major claim, then claims and premises in turn."""
    starts = [0, *(n + 2 for n in range(len(text)) if text[n] == "." and n + 2 < len(text))]
    ends = [*(text.rindex(".", a, b) for a, b in pairwise(starts)), len(text) - 1]
    kinds = ["major_claim", *(("claim", "premise")[n % 2] for n in range(len(starts)))]
    parts = [(f"c{n}", kinds[n], a, b) for n, (a, b) in enumerate(zip(starts, ends, strict=True))]
    links = [
        (f"c{n}", "c0" if kinds[n] == "claim" else f"c{n - 1}", ("support", "attack")[n % 3 == 0])
        for n in range(1, len(parts))
    ]
    return ArgumentGraph.build(Document(id=name, text=text), parts, links)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_losses_of_a_document_do_not_depend_on_its_neighbours(network: ArgumentNetwork, order: tuple[int, ...]) -> None:
    encoder = tiny.encoder()
    texts = [tiny.prose(2), tiny.prose(9), tiny.prose(5, stop=".\n")]
    examples = [make_example(graph_of(text, str(n)), encoder) for n, text in enumerate(texts)]
    weights = LossWeights(attack=1.0)

    def parts(numbers: tuple[int, ...]) -> dict[str, float]:
        batch = make_batch([examples[n] for n in numbers], encoder, tiny.WINDOWS)
        with torch.no_grad():
            return {name: float(value) for name, value in losses(network, batch, weights).items()}

    alone = [parts((n,)) for n in range(3)]
    together = parts(order)
    sizes = {
        "segments": [len(e.gold) for e in examples],
        "types": [len(e.gold) for e in examples],
        "arcs": [len(e.gold) for e in examples],
        "labels": [int(e.labels.sum()) for e in examples],
        "stances": [int(e.stances.sum()) for e in examples],
    }
    for name, counts in sizes.items():
        mean = sum(part[name] * count for part, count in zip(alone, counts, strict=True)) / sum(counts)
        assert together[name] == pytest.approx(mean, rel=1e-4, abs=1e-5), name


def test_what_is_trained_and_what_is_mined_score_alike(network: ArgumentNetwork) -> None:
    """Words, segments, types and arcs of a batch of the training, and those that the miner makes of the same text."""
    encoder = tiny.encoder()
    example = make_example(graph_of(tiny.prose(12), "d"), encoder)
    batch = make_batch([example], encoder, tiny.WINDOWS)
    with torch.no_grad():
        words = network.words(network.pieces(batch.ids, batch.mask, batch.features), batch.first, batch.last)
        band = band_scores(network.boundaries(words))[0].numpy()
        pooled = pool(words, batch.segments, batch.markers)
        components = network.components(pooled, batch.component_features, batch.present)
        arcs = network.arcs(components, batch.pairs, batch.present)[0].fill_diagonal_(-torch.inf)
        full = torch.cat([components.root[0][:, None], arcs], dim=1).log_softmax(-1).numpy()
    mined = ArgumentMiner(tiny.config(), encoder, TorchBackend(network))
    mined_words = mined.scorer.words(example.encoded)
    mined_band = segments.segment_scores(mined.scorer.boundaries(mined_words))
    links = mined.scorer.link_scores(example.encoded, mined_words, example.gold)
    fits = np.isfinite(mined_band)
    assert mined_words == pytest.approx(words[0].numpy(), abs=1e-4)
    assert mined_band[fits] == pytest.approx(band[fits], abs=1e-3)
    assert links.types == pytest.approx(components.types[0].log_softmax(-1).numpy(), abs=1e-3)
    assert links.root == pytest.approx(full[:, 0], abs=1e-3)
    rows = np.arange(len(example.gold))[:, None]
    assert links.arcs == pytest.approx(full[rows, links.candidates + 1], abs=1e-3)


def test_a_lesson_counts_as_its_expected_gold(network: ArgumentNetwork) -> None:
    """The loss of a lesson that is sure of two graphs by halves is the mean of theirs, part by part."""
    encoder = tiny.encoder()
    text = tiny.prose(5)
    one = make_example(graph_of(text, "d"), encoder)
    other = replace(one, types=np.roll(one.types, 1, axis=1), stances=np.roll(one.stances, 1, axis=1))
    mixed = replace(one, types=(one.types + other.types) / 2, stances=(one.stances + other.stances) / 2)
    weights = LossWeights(attack=1.0)

    def parts(example: Example) -> dict[str, float]:
        with torch.no_grad():
            found = losses(network, make_batch([example], encoder, tiny.WINDOWS), weights)
        return {name: float(value) for name, value in found.items()}

    first, second, both = parts(one), parts(other), parts(mixed)
    assert first["types"] != pytest.approx(second["types"], rel=1e-3)
    for name, value in both.items():
        assert value == pytest.approx((first[name] + second[name]) / 2, rel=1e-4), name


def test_segments_count_by_their_weight(network: ArgumentNetwork) -> None:
    encoder = tiny.encoder()
    sure = make_example(graph_of(tiny.prose(5), "d"), encoder)
    count = len(sure.gold)
    doubt = replace(sure, gold=np.concatenate([sure.gold, sure.gold]), weights=np.full(2 * count, 0.5))

    def segments(example: Example) -> float:
        with torch.no_grad():
            batch = make_batch([example], encoder, tiny.WINDOWS)
            return float(losses(network, batch, LossWeights())["segments"])

    assert segments(doubt) == pytest.approx(segments(sure), rel=1e-5)


def test_a_row_of_several_right_answers_counts_by_their_sum() -> None:
    logits = torch.tensor([[0.0, 1.0, 2.0, -1.0], [1.0, 0.0, 0.0, 0.0]])
    wanted = torch.tensor([[0.0, 1.0, 1.0, 0.0], [1.0, 0.0, 0.0, 0.0]])
    p = logits.softmax(-1)
    by_hand = -(torch.log(p[0, 1] + p[0, 2]) + torch.log(p[1, 0])) / 2
    assert float(_cross_entropy(logits, wanted)) == pytest.approx(float(by_hand), rel=1e-5)


def test_a_scheme_learns_by_its_own_heads(tiny_base: Path) -> None:
    network = tiny.network(tiny_base, schemes=("threads",))
    encoder = tiny.encoder()
    batch = make_batch([make_example(graph_of(tiny.prose(5), "d"), encoder)], encoder, tiny.WINDOWS)
    sum(losses(network, batch, LossWeights(), "threads").values()).backward()  # type: ignore[union-attr]
    moved = {name for name, value in network.named_parameters() if value.grad is not None and value.grad.any()}
    own = {name for name in moved if name.startswith("others.threads.")}
    assert any(".boundaries." in name for name in own)
    assert any(".readout." in name for name in own)
    assert any(name.startswith("pieces.encoder.") for name in moved)
    assert any(name.startswith("components.pooled") for name in moved)
    assert not any(name.startswith(("boundaries.", "components.types", "components.source", "pairs")) for name in moved)


def test_segments_that_are_not_learnt_leave_the_tagger_alone(network: ArgumentNetwork) -> None:
    encoder = tiny.encoder()
    example = make_example(graph_of(tiny.prose(5), "d"), encoder, Reading(segments=False))
    batch = make_batch([example], encoder, tiny.WINDOWS)
    assert float(losses(network, batch, LossWeights())["segments"].detach()) == 0.0
