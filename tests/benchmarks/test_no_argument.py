"""Limits between texts that argue and texts that do not, and the texts themselves."""

import re
from pathlib import Path

import pytest

from argmine.config import Arguing, ModelConfig
from argmine.document import Document
from argmine.language import looks_english
from argmine.model_folder import CONFIG, read_config
from benchmarks import no_argument
from benchmarks.no_argument import Measured
from benchmarks.seeds import SPLITS, read_splits


def measured(cues: float, thesis: float) -> Measured:
    return Measured(Document(id="d", text="a text"), cues, thesis)


def test_limits_lie_halfway_between_texts_that_argue_nothing_and_those_that_do() -> None:
    """A thesis is sure from (1 + .6) / 2; of those that argue without, the fewest words of reasoning are 5."""
    nothing = [measured(2.0, 0.6), measured(1.0, 0.1)]
    arguing = [measured(5.0, 0.3), measured(9.0, 0.2), measured(2.5, 0.95)]
    rule = no_argument.choose(nothing, arguing, Arguing(fewest_words=80))
    assert rule == Arguing(fewest_words=80, least_cues=3.5, sure_thesis=0.8)


def test_without_texts_that_argue_and_lack_a_thesis_the_limit_stays_near() -> None:
    rule = no_argument.choose([measured(2.0, 0.6)], [measured(1.0, 0.9)], Arguing(least_cues=4.0))
    assert rule.least_cues == 5.0


@pytest.mark.parametrize("split", SPLITS)
def test_each_half_has_ten_texts_of_the_length_that_the_table_tells(split: str) -> None:
    table = (no_argument.TEXTS / "README.md").read_text(encoding="utf-8")
    documents = no_argument.read_texts(split)
    assert len(documents) == 10
    for document in documents:
        row = re.search(rf"\| {document.id} \| (\d+) \|", table)
        assert row is not None
        assert len(document.text.split()) == int(row[1])
        assert 150 <= int(row[1]) <= 400
        assert looks_english(document.text)


def test_the_table_names_every_text() -> None:
    table = (no_argument.TEXTS / "README.md").read_text(encoding="utf-8")
    assert set(read_splits(table)) == {path.stem for path in no_argument.TEXTS.glob("*.txt")}


def test_limits_are_written_for_the_scheme_that_was_asked_for(tmp_path: Path) -> None:
    known = ModelConfig.model_validate({"name": "t", "encoder": "t", "others": [{"name": "opinion"}]})
    (tmp_path / CONFIG).write_text(known.model_dump_json(), encoding="utf-8")
    of_opinion, of_main = Arguing(least_cues=2.0), Arguing(least_cues=5.0)
    no_argument._write(tmp_path, "opinion", of_opinion)
    no_argument._write(tmp_path, "", of_main)
    found = read_config(tmp_path / CONFIG)
    assert (found.arguing, found.reading("opinion").arguing) == (of_main, of_opinion)
