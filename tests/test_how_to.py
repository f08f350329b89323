"""The examples of how-tos: those of spaCy with the default model, those of correcting with a tiny one."""

import json
import re
import shlex
from pathlib import Path

import pytest

from argmine import cli
from argmine.model_folder import find_model
from argmine.training.recipe import Recipe
from tests import tiny

HOW_TO = Path(__file__).parent.parent / "docs" / "how-to"


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (HOW_TO / name).read_text("utf-8"), re.DOTALL | re.MULTILINE)


def commands(name: str) -> list[list[str]]:
    """The words of each command of argmine."""
    lines = re.findall(r"^ *\$ (argmine .*)$", (HOW_TO / name).read_text("utf-8"), re.MULTILINE)
    return [shlex.split(line)[1:] for line in lines]


def test_the_examples_of_spacy_run() -> None:
    found = blocks("spacy.md", "python")
    assert len(found) == 3
    known: dict[str, object] = {}
    for block in found:
        exec(block, known)  # noqa: S102 - our own words
    assert "major_claim" in str(known["html"]) or "claim" in str(known["html"])


def test_the_recipe_of_correcting_is_one() -> None:
    (block,) = blocks("correct-and-learn.md", "json")
    recipe = Recipe.model_validate(json.loads(block))
    assert [source.place for source in recipe.train] == ["corrected", "aae2"]


def test_the_commands_of_correcting_run_one_after_the_other(
    tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All but the one that needs a licensed corpus."""
    for folder in ("pieces", "more"):
        (tmp_path / folder).mkdir()
        for n in (3, 4):
            (tmp_path / folder / f"{n}.txt").write_text(tiny.prose(n))
    (tmp_path / "corrected").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("argmine.model_folder.packaged_folder", lambda name: _packaged(name, tiny_model))
    assert find_model("default") == tiny_model
    given = [words for words in commands("correct-and-learn.md") if "recipe.json" not in words]
    assert [words[0] for words in given] == ["mine", "convert", "convert", "convert", "train", "mine"]
    for words in given:
        expanded = [str(p) for w in words for p in (sorted(Path().glob(w)) if "*" in w else [w])]
        assert cli.main(expanded) == 0, words
    assert (tmp_path / "runs" / "mine" / "model" / "model.safetensors").is_file()


def _packaged(name: str | Path, tiny_model: Path) -> Path:
    return tiny_model if name == "default" else Path("nowhere") / name
