"""Sentences that argue: where sentences end, and which of them hold components."""

from pathlib import Path

import pytest

from argmine.corpora import read_corpus
from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph
from argmine.metrics.sentences import count_graph, count_graphs, sentence_words, sentences

TEXT = "Trams are quiet, and clean. Are they? The council said so on Monday.\nKeep the trams"


def graph(*parts: str, text: str = TEXT) -> ArgumentGraph:
    places = [(f"c{n}", "claim", text.index(part), text.index(part) + len(part)) for n, part in enumerate(parts)]
    return ArgumentGraph.build(Document(id="trams", text=text), places)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("One. Two.", ["One.", "Two."]),
        ("No stop", ["No stop"]),
        ("A title\nIts text. ", ["A title", "Its text."]),
        ("Wait... What?! Yes…  So.", ["Wait...", "What?!", "Yes…", "So."]),
        ('"Stop!" (Now.) Go.', ['"Stop!"', "(Now.)", "Go."]),
        ("He said so. “We go.” 7 came. $5 went.", ["He said so.", "“We go.”", "7 came.", "$5 went."]),
        ("It rose by 2.5 points. it fell", ["It rose by 2.5 points. it fell"]),
        ("Ask Mr. Hill, e.g. Tuesdays. J. Hill came.", ["Ask Mr. Hill, e.g. Tuesdays.", "J. Hill came."]),
        ("See fig. 3 here. No. It broke.", ["See fig. 3 here.", "No.", "It broke."]),
        ("So do I. They do.", ["So do I.", "They do."]),
        ("Écoles ouvertes. École fermée.", ["Écoles ouvertes.", "École fermée."]),
    ],
)
def test_sentences_end_by_the_rule(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_sentence_words_are_counted_through_the_text() -> None:
    assert sentence_words(TEXT) == [(0, 5), (5, 7), (7, 13), (13, 16)]


def test_half_of_the_words_makes_a_sentence_argue() -> None:
    gold = graph("Trams are quiet", "said so on", "Keep the trams")
    predicted = graph("Trams are", "said so", "Keep the trams")
    counts = count_graph(gold, predicted)
    assert counts.pairs == {("argument", "none"): 2, ("none", "none"): 1, ("argument", "argument"): 1}
    assert counts.macro_f1 == pytest.approx((1 / 2 + 1 / 2) / 2)


def test_words_in_two_components_count_once() -> None:
    counts = count_graph(graph(), graph("Trams are", "are quiet,"))
    assert counts.pairs[("none", "argument")] == 1
    assert count_graph(graph(), graph("Trams are", "Trams are quiet"[:9])).pairs[("none", "argument")] == 0


def test_counts_add_up() -> None:
    pair = (graph("Keep the trams"), graph("Keep the trams"))
    assert count_graphs([pair, pair]).gold == 8


def test_other_text_is_refused() -> None:
    with pytest.raises(EvaluationError, match="was predicted over another text"):
        count_graph(graph(), graph(text="Keep the trams."))


def test_components_of_essays_seldom_cross_a_sentence_end(corpora: Path) -> None:
    graphs = read_corpus("aae2", corpora / "aae2").graphs
    crossing = 0
    for essay in graphs:
        ends = [end for _, end in sentences(essay.text)]
        crossing += sum(any(c.start < end - 1 and end + 1 < c.end for end in ends) for c in essay.components)
    assert sum(len(essay.components) for essay in graphs) == 6_089
    assert crossing <= 1
