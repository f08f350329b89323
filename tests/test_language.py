"""English is told from other languages, in prose of our own."""

import json
from pathlib import Path
from time import perf_counter

import pytest

from argmine.corpora import read_corpus
from argmine.language import FUNCTION_WORDS, looks_english

SEEDS = Path(__file__).parent.parent / "seeds"
SAMPLES = json.loads((Path(__file__).parent / "languages.json").read_text(encoding="utf-8"))
OTHERS, ENGLISH, UNTOLD = SAMPLES["other"], SAMPLES["english"], SAMPLES["too short to tell"]


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_other_languages_do_not_look_english(text: str) -> None:
    assert not looks_english(text)


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH.keys())
def test_english_looks_english(text: str) -> None:
    assert looks_english(text)


@pytest.mark.parametrize("text", UNTOLD.values(), ids=UNTOLD.keys())
def test_what_is_too_short_to_tell_is_taken_for_english(text: str) -> None:
    assert looks_english(text)


@pytest.mark.parametrize("path", sorted(SEEDS.rglob("*.txt")), ids=lambda path: path.stem)
def test_the_seeds_look_english(path: Path) -> None:
    assert looks_english(path.read_text(encoding="utf-8"))


def test_function_words_are_lower_case_words() -> None:
    assert all(word == word.lower() for word in FUNCTION_WORDS)
    assert len(FUNCTION_WORDS) > 100


def test_asking_takes_next_to_no_time() -> None:
    """A thousand words in well under a hundredth of what it takes to mine them (0.2 s)."""
    text = ENGLISH["prose"] * 60
    times = []
    for _ in range(20):
        start = perf_counter()
        looks_english(text)
        times.append(perf_counter() - start)
    assert min(times) < 0.002


@pytest.mark.parametrize("name", ["aae2", "cmv-modes", "webis-editorials16", "microtexts-part1", "cdcp", "abstrct"])
def test_no_document_of_the_english_corpora_is_taken_for_another_language(name: str, corpora: Path) -> None:
    graphs = read_corpus(name, corpora / name).graphs
    assert [graph.id for graph in graphs if not looks_english(graph.text)] == []
