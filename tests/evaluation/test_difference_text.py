from argmine.document import Document
from argmine.evaluation.difference import difference
from argmine.evaluation.difference_text import marked
from argmine.graph import ArgumentGraph, Component

TEXT = "Yes, we keep the trams. They are quiet. Buses are cheap but loud, so they say. Ask anyone at the stop."


def graph(parts: list[tuple[str, str, str]], links: list[tuple[str, str, str]] | None = None) -> ArgumentGraph:
    spans = [(name, kind, TEXT.index(words), TEXT.index(words) + len(words)) for name, kind, words in parts]
    return ArgumentGraph.build(Document(id="trams", text=TEXT), spans, links or [])


def component(words: str) -> Component:
    return graph([("x", "claim", words)]).components[0]


FIRST = graph(
    [
        ("m", "major_claim", "Yes, we keep the trams"),
        ("q", "claim", "They are quiet"),
        ("b", "claim", "Buses are cheap"),
        ("s", "premise", "so they say"),
    ],
    [("q", "m", "support"), ("b", "m", "attack"), ("s", "b", "support")],
)
SECOND = graph(
    [
        ("m", "major_claim", "we keep the trams"),
        ("q", "premise", "They are quiet"),
        ("b", "claim", "Buses are cheap but loud"),
        ("a", "premise", "Ask anyone at the stop"),
    ],
    [("q", "b", "attack"), ("b", "m", "support"), ("a", "q", "support")],
)


def test_difference_is_told_in_text_order() -> None:
    assert str(difference(FIRST, SECOND)).splitlines() == [
        "components            3 matched (0 the same, 2 moved, 1 retyped), 1 missing, 1 added",
        "relations             2 matched (0 the same, 1 relinked, 2 relabelled), 1 missing, 1 added",
        "tree edits            5 of at most 8 (0.62)",
        "",
        "moved                 [major claim] [-Yes,-] we keep the trams",
        "retyped               [claim → premise] They are quiet",
        "moved                 [claim] Buses are cheap {+but loud+}",
        "missing               [premise] so they say + → Buses are cheap",
        "added                 [premise] Ask anyone at the stop + → They are quiet",
        "",
        "relinked, relabelled  [claim] They are quiet + → Yes, we keep the trams, now − → Buses are cheap but loud",
        "relabelled            [claim] Buses are cheap − → Yes, we keep the trams, now +",
    ]


def test_difference_of_a_graph_from_itself_is_counts_alone() -> None:
    assert str(difference(FIRST, FIRST)).splitlines() == [
        "components  4 matched (4 the same, 0 moved, 0 retyped), 0 missing, 0 added",
        "relations   3 matched (3 the same, 0 relinked, 0 relabelled), 0 missing, 0 added",
        "tree edits  0 of at most 8 (0.00)",
    ]


def test_relation_of_common_components_is_told_by_itself() -> None:
    unlinked = FIRST.model_copy(update={"relations": FIRST.relations[:2]})
    assert str(difference(FIRST, unlinked)).splitlines()[-1] == "missing     [premise] so they say + → Buses are cheap"
    assert str(difference(unlinked, FIRST)).splitlines()[-1] == "added       [premise] so they say + → Buses are cheap"


def test_graph_without_trees_says_why() -> None:
    circle = FIRST.model_copy(update={"relations": ()}).components
    rounded = ArgumentGraph.build(FIRST.document, circle, [("q", "b", "support"), ("b", "q", "support")])
    assert "tree edits            none: trams: no forest: the relations run in a circle, q → b → q" in str(
        difference(FIRST, rounded)
    )


def test_words_are_marked_at_both_ends() -> None:
    assert marked(component("They are quiet"), component("are quiet. Buses")) == "[-They-] are quiet {+. Buses+}"


def test_part_of_a_word_is_marked_too() -> None:
    assert marked(component("Buses are cheap"), component("uses are cheap")) == "[-B-] uses are cheap"


def test_long_text_is_shown_from_both_ends() -> None:
    long = TEXT[: TEXT.index(" Ask")]
    found = marked(component(long), component(long))
    assert found == "Yes, we keep the trams. They are … are cheap but loud, so they say."


def test_codes_that_steer_a_terminal_are_not_shown() -> None:
    steering = ArgumentGraph.build(Document(id="x", text="a\x1b[2Jb c"), [("x", "claim", 0, 8)])
    assert "\x1b" not in str(difference(steering, ArgumentGraph.build(steering.document, [])))
