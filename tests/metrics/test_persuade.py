"""Protocol H: matching by Kaggle's rule, and what counts as an element."""

import csv
import random
from itertools import groupby, islice
from pathlib import Path

import pytest
from pydantic import JsonValue

from argmine.corpora import persuade1
from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph, Component
from argmine.metrics.counts import Counts
from argmine.metrics.persuade import LABELS, Element, count_graph, count_graphs, elements, macro_f1

TEXT = " ".join(f"w{n:02}" for n in range(30))
Words = tuple[str, int, int]


def graph(*parts: Words, meta: dict[str, JsonValue] | None = None) -> ArgumentGraph:
    """Elements as label, first word and the word after the last; each word has three letters."""
    components = [
        Component.model_validate(
            {"id": f"c{n}", "type": "claim", "label": label, "start": 4 * first, "end": 4 * last - 1}
            | {"text": TEXT[4 * first : 4 * last - 1]}
        )
        for n, (label, first, last) in enumerate(parts)
    ]
    return ArgumentGraph.build(Document(id="essay", text=TEXT), components, meta=meta)


def count(gold: tuple[Words, ...], predicted: tuple[Words, ...], label: str = "Claim") -> Counts:
    return count_graph(graph(*gold), graph(*predicted))[label]


def test_both_shares_must_be_half() -> None:
    assert count((("Claim", 0, 10),), (("Claim", 0, 5),)) == Counts(found=1)
    assert count((("Claim", 0, 10),), (("Claim", 0, 4),)) == Counts(spurious=1, missed=1)
    assert count((("Claim", 0, 4),), (("Claim", 0, 9),)) == Counts(spurious=1, missed=1)


def test_classes_are_matched_apart() -> None:
    counts = count_graph(graph(("Claim", 0, 10)), graph(("Evidence", 0, 10)))
    assert (counts["Claim"], counts["Evidence"]) == (Counts(missed=1), Counts(spurious=1))
    assert set(counts) == set(LABELS)
    assert counts["Rebuttal"] == Counts()


def test_of_two_matches_the_greater_is_taken() -> None:
    gold, predicted = graph(("Claim", 0, 10)), graph(("Claim", 0, 5), ("Claim", 5, 11))
    assert count_graph(gold, predicted)["Claim"] == Counts(found=1, spurious=1)


def test_one_prediction_may_find_two_gold_elements() -> None:
    assert count((("Claim", 0, 5), ("Claim", 5, 10)), (("Claim", 0, 10),)) == Counts(found=2)


def test_macro_f1_is_over_the_classes_seen() -> None:
    gold = graph(("Claim", 0, 5), ("Evidence", 6, 12), ("Position", 13, 20))
    predicted = graph(("Claim", 0, 5), ("Claim", 6, 12), ("Position", 13, 20))
    assert macro_f1(count_graph(gold, predicted)) == pytest.approx((2 / 3 + 0 + 1) / 3)
    assert macro_f1(count_graph(graph(), graph())) == 0


def test_leads_and_words_are_read_from_meta() -> None:
    lead: JsonValue = {"id": "c9", "label": "Lead", "start": 0, "end": 15}
    told = graph(("Claim", 5, 10), meta={"units": [lead], "words": {"c0": [5, 8]}})
    assert elements(told) == [Element("Claim", (5, 9)), Element("Lead", (0, 4))]


def test_leads_may_be_predicted_as_components() -> None:
    lead: JsonValue = {"id": "c9", "label": "Lead", "start": 0, "end": 15}
    counts = count_graph(graph(meta={"units": [lead]}), graph(("Lead", 0, 4)))
    assert counts["Lead"] == Counts(found=1)


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        ({"units": "none"}, r"essay: meta\['units'\] must be a list, found 'none'"),
        ({"units": [{"id": "c9"}]}, "a unit of meta.* has id, label, start and end, found {'id': 'c9'}"),
        ({"words": {"c0": [3]}}, r"essay: meta\['words'\] gives no first and last word of c0"),
        ({"units": [{"id": "c9", "label": "Title", "start": 0, "end": 3}]}, "essay: c9 has the label 'Title'"),
    ],
)
def test_meta_of_another_form_is_refused(meta: dict[str, JsonValue], message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        elements(graph(("Claim", 0, 5), meta=meta))


def test_element_without_label_is_refused() -> None:
    bare = ArgumentGraph.build(Document(id="essay", text=TEXT), [("c1", "claim", 0, 7)])
    with pytest.raises(EvaluationError, match="essay: c1 has no label, scored are Claim, Concluding Statement"):
        count_graph(graph(), bare)


def by_joining(gold: list[Words], predicted: list[Words]) -> Counts:
    """Kaggle's scorer as it is written: all pairs, those below half dropped, sorted, the first of each gold one."""
    pairs = []
    for x in gold:
        for y in predicted:
            mine, theirs = set(range(*x[1:])), set(range(*y[1:]))
            shares = len(mine & theirs) / len(mine), len(mine & theirs) / len(theirs)
            if shares[0] >= 0.5 and shares[1] >= 0.5:
                pairs.append((max(shares), -predicted.index(y), x, y))
    taken: dict[Words, Words] = {}
    for _, _, x, y in sorted(pairs, key=lambda pair: (-pair[0], -pair[1])):
        taken.setdefault(x, y)
    return Counts(len(taken), len(set(predicted) - set(taken.values())), len(gold) - len(taken))


@pytest.mark.parametrize("seed", range(100))
def test_counts_equal_a_naive_scorer(seed: int) -> None:
    rng = random.Random(seed)

    def some() -> list[Words]:
        spans = {tuple(sorted(rng.sample(range(13), 2))) for _ in range(rng.randrange(7))}
        return sorted(("Claim", start, end) for start, end in spans)

    gold, predicted = some(), some()
    assert count(tuple(gold), tuple(predicted)) == by_joining(gold, predicted)


@pytest.fixture(scope="module")
def essays(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus's first fifty essays, in a folder as the owners lay theirs out."""
    folder = tmp_path_factory.mktemp("persuade1")
    with (corpora / "persuade1" / "train.csv").open(encoding="utf-8", newline="") as table:
        rows = csv.reader(table)
        header = next(rows)
        kept = [(name, list(group)) for name, group in islice(groupby(rows, key=lambda row: row[0]), 50)]
    (folder / "train").mkdir()
    with (folder / "train.csv").open("w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerows([header, *(row for _, group in kept for row in group)])
    for name, _ in kept:
        (folder / "train" / f"{name}.txt").write_bytes((corpora / "persuade1" / "train" / f"{name}.txt").read_bytes())
    return folder


def test_an_essay_scores_itself(essays: Path) -> None:
    graphs = persuade1.read(essays).graphs
    counts = count_graphs((graph, graph) for graph in graphs)
    assert macro_f1(counts) == 1
    words = [graph.meta["words"] for graph in graphs]
    assert sum(c.gold for c in counts.values()) == sum(len(each) for each in words if isinstance(each, dict)) > 400
