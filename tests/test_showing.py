"""What a miner shows of what it finds, and what it warns of."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

import argmine
from argmine.cli import main
from argmine.confidence import keep_sure
from argmine.config import Arguing, ErrorTable, ModelConfig, Shown
from argmine.document import Document
from argmine.graph import ArgumentGraph, Component, ComponentType
from argmine.miner import ARGUES_NOTHING, LIMITED, NOT_ENGLISH, ArgumentMiner
from argmine.runtime import Backend
from tests import tiny

RULE = Arguing(fewest_words=5, words_a_component=8)
PLAIN = "Whisk two eggs with the sugar and pour the milk into it."
ARGUED = "We should keep the trams, because they are so quiet that people sleep."
GERMAN = (
    "Die Stadt sollte ihre Straßenbahnen behalten, denn sie sind leise und bringen am Abend viele Menschen nach Hause."
    " Wer im Norden wohnt, hat sonst nur den Bus."
)
TABLE = ErrorTable(documents=9, components=(0.4, 0.2, 0.0), relations=(0.8, 0.5, 0.5))


def miner(**settings: object) -> ArgumentMiner:
    """A miner of which no network is asked."""
    config = ModelConfig.model_validate({"name": "t", "encoder": "t", "arguing": RULE, **settings})
    return ArgumentMiner(config, tiny.encoder(), cast("Backend", SimpleNamespace(name="none", precision="fp32")))


def graph(text: str, *probabilities: float) -> ArgumentGraph:
    """A claim for each probability, on the words of the text in turn."""
    starts = [0, *(n + 1 for n, letter in enumerate(text) if letter == " ")]
    components = [
        Component(id=f"c{n}", type=ComponentType.CLAIM, start=s, end=s + 2, text=text[s : s + 2], probability=p)
        for n, (s, p) in enumerate(zip(starts, probabilities, strict=False), 1)
    ]
    return ArgumentGraph.build(Document(id="d", text=text), components)


def shown(found: ArgumentGraph) -> list[str]:
    return [c.id for c in found.components]


def test_a_text_that_argues_is_shown_whole_and_without_a_warning() -> None:
    found = graph(ARGUED, 0.9, 0.2)
    assert miner()._shown(found, 0.1) == found


def test_a_text_that_argues_nothing_is_warned_of_and_little_of_it_shown() -> None:
    """Twelve words, a component in eight."""
    found = miner()._shown(graph(PLAIN, 0.5, 0.7, 0.6), 0.1)
    assert shown(found) == ["c2"]
    assert found.warnings == (ARGUES_NOTHING, LIMITED)


def test_a_sure_thesis_makes_any_text_one_that_argues() -> None:
    assert miner()._shown(graph(PLAIN, 0.5, 0.7), 0.95).warnings == ()


def test_another_language_is_warned_of_and_not_called_without_argument() -> None:
    found = miner()._shown(graph(GERMAN, 0.9, 0.8, 0.7, 0.6), 0.95)
    assert found.warnings == (NOT_ENGLISH, LIMITED)
    assert len(found.components) == len(GERMAN.split()) // 8 == 3


def test_where_there_is_little_anyway_nothing_is_said_of_leaving_out() -> None:
    found = miner()._shown(graph(PLAIN, 0.5), 0.1)
    assert shown(found) == ["c1"]
    assert found.warnings == (ARGUES_NOTHING,)


def test_a_scheme_whose_texts_always_argue_is_shown_whole() -> None:
    found = graph(PLAIN, 0.5, 0.7, 0.6)
    assert miner(arguing=None)._shown(found, 0.1) == found
    assert miner(arguing=None)._shown(graph(GERMAN, 0.5), 0.1).warnings == (NOT_ENGLISH,)
    config = ModelConfig.model_validate({"name": "t", "encoder": "t", "others": [{"name": "trials", "arguing": None}]})
    assert (config.arguing, config.reading("trials").arguing) == (Arguing(), None)


def test_who_says_what_is_sure_enough_is_shown_all_of_it_with_the_warning() -> None:
    found = miner(shown=Shown(components=0.55, relations=0))._shown(graph(PLAIN, 0.5, 0.7, 0.6), 0.1)
    assert shown(found) == ["c2", "c3"]
    assert found.warnings == (ARGUES_NOTHING,)


def test_a_miner_with_a_least_probability_says_so_in_its_revision() -> None:
    plain = miner()
    sure = plain.with_least_probability(0.5)
    assert (plain.info.revision, sure.info.revision) == ("unsaved", "unsaved+min-probability=0.5")
    assert sure.config.shown == Shown(components=0.5, relations=0.5)
    assert plain.config.shown is None


@pytest.mark.parametrize("wrong", [-0.1, 1.01, float("nan")])
def test_a_least_probability_is_one(wrong: float) -> None:
    with pytest.raises(ValueError, match="lies between 0 and 1"):
        miner().with_least_probability(wrong)


def test_a_greatest_error_is_looked_up_for_components_and_relations_apart() -> None:
    """Of 9 documents: (9 · .2 + 1) / 10 = .28 at .5 for components; relations never get below .55."""
    sure = miner(errors=TABLE).with_max_error(0.3)
    assert sure.config.shown == Shown(components=0.5, relations=2.0)
    assert sure.info.revision == "unsaved+max-error=0.3"


def test_a_model_without_a_table_of_errors_promises_nothing() -> None:
    with pytest.raises(ValueError, match="the model t was calibrated without a table of errors"):
        miner().with_max_error(0.3)


def test_a_scheme_has_its_own_table_of_errors() -> None:
    other = {"name": "opinion", "errors": TABLE}
    config = ModelConfig.model_validate({"name": "t", "encoder": "t", "others": [other]})
    assert (config.errors, config.reading("opinion").errors) == (None, TABLE)


def test_mining_with_a_least_probability_leaves_out_what_is_less_sure(tiny_miner: ArgumentMiner) -> None:
    text = tiny.prose(6)
    whole = tiny_miner.mine(text)
    limit = sorted(c.probability or 0.0 for c in whole.components)[len(whole.components) // 2]
    found = tiny_miner.mine(text, min_probability=limit)
    assert 0 < len(found.components) < len(whole.components)
    assert found.model_copy(update={"model": whole.model}) == keep_sure(whole, limit)
    assert found.detached
    (many,) = tiny_miner.with_least_probability(limit).mine_many([Document(id="document", text=text)])
    assert many == found
    assert tiny_miner.mine(text, min_probability=0.0).components == whole.components


def test_loading_sets_what_is_shown(tiny_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps({**config, "errors": TABLE.model_dump()}), encoding="utf-8")
    assert argmine.load(folder, min_probability=0.4).config.shown == Shown(components=0.4, relations=0.4)
    assert argmine.load(folder, max_error=0.3).config.shown == Shown(components=0.5, relations=2.0)
    with pytest.raises(ValueError, match="not both"):
        argmine.load(folder, min_probability=0.4, max_error=0.3)


def test_the_command_shows_what_is_sure(
    tiny_model: Path, tiny_miner: ArgumentMiner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    piece = tmp_path / "piece.txt"
    piece.write_text(tiny.prose(6), encoding="utf-8")
    whole = tiny_miner.mine(piece.read_text(encoding="utf-8"))
    limit = sorted(c.probability or 0.0 for c in whole.components)[len(whole.components) // 2]
    options = ["mine", str(piece), "--model", str(tiny_model), "--format", "json"]
    assert main([*options, "--min-probability", str(limit)]) == 0
    found = ArgumentGraph.model_validate_json(capsys.readouterr().out)
    assert shown(found) == shown(keep_sure(whole, limit))
    assert found.detached == keep_sure(whole, limit).detached
    assert main([*options, "--max-error", "0.1"]) == 2
    assert "calibrated without a table of errors" in capsys.readouterr().err
