"""Protocol A on cases worked by hand, and against a second, naive implementation over token sets."""

import random

import pytest

from argmine.graph import ComponentType
from argmine.metrics.acl2017 import Acl2017Counts, TokenRelation, count_document, count_documents, relations
from argmine.metrics.counts import Counts
from argmine.metrics.token_documents import TokenComponent, TokenDocument

MAJOR, CLAIM, PREMISE = ComponentType.MAJOR_CLAIM, ComponentType.CLAIM, ComponentType.PREMISE


def major(start: int, end: int) -> TokenComponent:
    return TokenComponent(start, end, MAJOR, "None")


def claim(start: int, end: int, stance: str = "For") -> TokenComponent:
    return TokenComponent(start, end, CLAIM, f"Claim:{stance}")


def premise(start: int, end: int, target: int | None, kind: str = "Support") -> TokenComponent:
    return TokenComponent(start, end, PREMISE, f"Premise:{kind}", target)


def document(*components: TokenComponent, tokens: int = 40) -> TokenDocument:
    return TokenDocument(tokens, components)


def test_each_component_emits_one_relation() -> None:
    parts = document(major(2, 5), claim(6, 9, "Against"), premise(10, 12, 1, "Attack"), major(20, 25))
    assert relations(parts) == (
        TokenRelation((2, 5), "None", None),
        TokenRelation((6, 9), "Claim:Against", (20, 25)),
        TokenRelation((10, 12), "Premise:Attack", (6, 9)),
        TokenRelation((20, 25), "None", None),
    )


def test_claim_without_major_claim_goes_to_the_root() -> None:
    assert relations(document(claim(3, 4)))[0].target is None


def test_claim_goes_to_the_root_where_the_last_major_claim_starts_at_token_0() -> None:
    assert relations(document(major(0, 2), claim(3, 4)))[1].target is None
    assert relations(document(major(0, 2), claim(3, 4), major(5, 6)))[1].target == (5, 6)


def test_target_at_token_0_counts_as_the_root() -> None:
    assert relations(document(claim(0, 2), premise(3, 5, 0)))[1].target is None


def test_premise_without_target_goes_to_the_root() -> None:
    assert relations(document(premise(3, 5, None)))[0].target is None


def test_half_overlap_must_be_exceeded() -> None:
    gold = document(claim(0, 4))
    assert count_document(gold, document(claim(0, 2))).components_50 == Counts(spurious=1, missed=1)
    assert count_document(gold, document(claim(0, 3))).components_50 == Counts(found=1)
    assert count_document(gold, document(claim(0, 3))).components_100 == Counts(spurious=1, missed=1)


def test_overlap_is_over_the_longer_span() -> None:
    gold = document(claim(4, 6))
    assert count_document(gold, document(claim(2, 6))).components_50.found == 0


def test_types_must_be_equal_and_stance_is_no_part_of_them() -> None:
    gold = document(claim(4, 6, "For"), major(10, 12))
    predicted = document(claim(4, 6, "Against"), claim(10, 12))
    counts = count_document(gold, predicted)
    assert counts.components_100 == Counts(found=1, spurious=1, missed=1)
    assert counts.relations_100 == Counts(found=0, spurious=2, missed=2)


def test_two_overlapping_predictions_may_match_one_gold_component() -> None:
    gold = document(claim(0, 10))
    predicted = document(claim(0, 9), claim(1, 10))
    assert count_document(gold, predicted).components_50 == Counts(found=1, spurious=0, missed=0)


def test_type_of_the_target_is_not_compared() -> None:
    gold = document(claim(4, 6), premise(10, 12, 0))
    predicted = document(premise(4, 6, None), premise(10, 12, 0))
    assert count_document(gold, predicted).relations_100 == Counts(found=1, spurious=1, missed=1)


def test_last_major_claim_decides_all_claims() -> None:
    gold = document(claim(2, 4), claim(6, 8), major(20, 25))
    counts = count_document(gold, document(claim(2, 4), claim(6, 8), major(20, 26)))
    assert counts.relations_100 == Counts(found=1 - 1, spurious=3, missed=3)
    assert counts.relations_50 == Counts(found=3)
    assert (counts.last_major_claim_exact, counts.last_major_claims.gold) == (0, 1)


def test_last_major_claim_must_be_the_last_predicted_one() -> None:
    gold = document(major(2, 4))
    assert count_document(gold, document(major(2, 4))).last_major_claim_exact == 1
    assert count_document(gold, document(major(2, 4), major(8, 9))).last_major_claim_exact == 0


def test_documents_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="40 tokens, predicted 41"):
        count_document(document(), document(tokens=41))


def test_counts_add_up_and_print_their_gold_items() -> None:
    one = document(major(2, 5), claim(6, 9), premise(10, 12, 1))
    both = count_documents([(one, one), (one, document())])
    assert both.components_100 == both.relations_50 == Counts(found=3, missed=3)
    assert (both.documents, both.tokens) == (2, 80)
    assert str(both).count("(6 gold items)") == 4


def random_document(rng: random.Random) -> TokenDocument:
    spans = sorted({tuple(sorted(rng.sample(range(13), 2))) for _ in range(rng.randrange(6))})
    parts = []
    for start, end in spans:
        kind = rng.choice([MAJOR, CLAIM, PREMISE])
        label = {MAJOR: "None", CLAIM: f"Claim:{rng.choice('FA')}", PREMISE: f"Premise:{rng.choice('SA')}"}[kind]
        parts.append(TokenComponent(start, end, kind, label, rng.choice([None, *range(len(spans))])))
    return TokenDocument(13, tuple(parts))


def naive(gold: TokenDocument, predicted: TokenDocument, threshold: float) -> tuple[Counts, Counts]:
    """Components and relations by sets of token numbers; relations as dictionaries."""

    def close(x: TokenComponent, y: TokenComponent) -> bool:
        a, b = set(range(x.start, x.end)), set(range(y.start, y.end))
        return len(a & b) / max(len(a), len(b)) > threshold

    def target(parts: TokenDocument, x: TokenComponent) -> TokenComponent | None:
        majors = [c for c in parts.components if c.type is MAJOR]
        chosen = {MAJOR: None, CLAIM: majors[-1] if majors else None, PREMISE: None}[x.type]
        if x.type is PREMISE and x.target is not None:
            chosen = parts.components[x.target]
        return None if chosen and 0 in range(chosen.start, chosen.end) else chosen

    def related(x: TokenComponent, y: TokenComponent) -> bool:
        ends = target(gold, x), target(predicted, y)
        both = close(ends[0], ends[1]) if ends[0] and ends[1] else ends == (None, None)
        return x.label == y.label and close(x, y) and both

    def tally(same: object) -> Counts:
        assert callable(same)
        table = [[same(x, y) for y in predicted.components] for x in gold.components]
        found = sum(map(any, table))
        columns = [any(row[n] for row in table) for n in range(len(predicted.components))]
        return Counts(found, columns.count(False), len(table) - found)

    return tally(lambda x, y: x.type == y.type and close(x, y)), tally(related)


@pytest.mark.parametrize("seed", range(200))
def test_counts_equal_a_naive_scorer(seed: int) -> None:
    rng = random.Random(seed)
    gold, predicted = random_document(rng), random_document(rng)
    counts = count_document(gold, predicted)
    assert (counts.components_100, counts.relations_100) == naive(gold, predicted, 0.999)
    assert (counts.components_50, counts.relations_50) == naive(gold, predicted, 0.5)


def test_no_documents_give_no_counts() -> None:
    assert count_documents([]) == Acl2017Counts()
