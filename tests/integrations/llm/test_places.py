import random

import pytest

from argmine.integrations.llm.places import Places, plain


def stretches(text: str, quote: str) -> list[str]:
    return [text[span.start : span.end] for span in Places(text).equal(quote)]


def nearest(text: str, quote: str, similarity: float = 80) -> str | None:
    span = Places(text).nearest(quote, similarity)
    return None if span is None else text[span.start : span.end]


def test_quote_is_found_at_each_of_its_places() -> None:
    places = Places("So keep it. They say: keep it!").equal("keep it")
    assert [(span.start, span.end) for span in places] == [(3, 10), (22, 29)]


def test_outer_space_of_a_quote_is_left_out() -> None:
    assert stretches("So keep it.", "  keep it\n") == ["keep it"]


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("She said “it’s late” – again.", '"it\'s late" - again', "“it’s late” – again"),
        ("the  pool\nis\u00a0cheap", "the pool is cheap", "the  pool\nis\u00a0cheap"),
        ("And so… we left.", "so... we left", "so… we left"),
        ("The café is shut.", "the Café is shut", "The café is shut"),
        ("The cafe\u0301 is shut.", "The café", "The cafe\u0301"),
        ("co\u00adoperate\u200b now", "cooperate now", "co\u00adoperate\u200b now"),
        ("ﬁne STRASSE here", "fine straße", "ﬁne STRASSE"),
        ("🚲 lanes work", "LANES work", "lanes work"),
    ],
)
def test_typography_and_case_do_not_matter(text: str, quote: str, found: str) -> None:
    assert stretches(text, quote) == [found]


def test_exact_places_hide_those_that_are_equal_but_for_case() -> None:
    assert stretches("Keep it. So keep it.", "keep it") == ["keep it"]


def test_quote_that_cuts_a_word_stands_nowhere() -> None:
    assert stretches("Taxes are partly fair.", "are part") == []


def test_places_of_plain_text_point_at_the_source() -> None:
    folded = plain("A —\t\nb…")
    assert folded.text == "a - b..."
    assert list(folded.places) == [0, 1, 2, 3, 5, 6, 6, 6]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("The council closed the swiming pool in winter", "The council closed the old swimming pool for the winter"),
        ("council closed the old pool for the winter", "council closed the old swimming pool for the winter"),
        (
            "The council had closed the old swimming pool for winter",
            "The council closed the old swimming pool for the winter",
        ),
    ],
)
def test_nearly_equal_stretch_is_found_between_word_edges(quote: str, found: str) -> None:
    text = "Nobody asked us. The council closed the old swimming pool for the winter, as we all know. It was full."
    assert nearest(text, quote) == found


def test_stretch_that_is_not_like_enough_is_not_found() -> None:
    assert nearest("Nobody asked us. The council closed the pool.", "Parking should be free on Sundays") is None


def test_short_quote_is_not_looked_for_by_likeness() -> None:
    assert nearest("They closed it late.", "they close") is None


def test_nothing_is_near_in_an_empty_text() -> None:
    assert nearest("", "The council closed the pool") is None


@pytest.mark.parametrize("seed", range(20))
def test_a_quote_with_a_typing_error_finds_its_own_words(seed: int) -> None:
    draw = random.Random(seed)
    words = ["".join(draw.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(draw.randint(3, 9))) for _ in range(80)]
    start = draw.randint(0, 65)
    quote = " ".join(words[start : start + 10])
    place = draw.randint(5, len(quote) - 6)
    text = " ".join(words)
    assert nearest(text, quote[:place] + "#" + quote[place + 1 :]) == quote
