"""`argmine train`: what it says without a terminal, and its one line of error."""

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from argmine import cli
from argmine.errors import RecipeError
from argmine.miner import ArgumentMiner
from argmine.training import command
from argmine.training.command import train
from argmine.training.data import read_sources
from argmine.training.lessons import read_lessons
from argmine.training.recipe import Recipe, Source
from tests.training import made_up

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def essays(tmp_path: Path) -> Path:
    return made_up.write_corpora(tmp_path / "corpora")


@pytest.fixture
def recipe(tmp_path: Path, tiny_base: Path) -> Path:
    return made_up.write_recipe(tmp_path / "recipe.json", made_up.recipe(tiny_base))


@pytest.fixture
def argmine_train(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Exit code, output and errors of the command, called with a folder named `[run]`."""
    monkeypatch.setenv("COLUMNS", "60")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "ARGMINE_CORPORA"):
        monkeypatch.delenv(name, raising=False)

    def call(recipe: Path, corpora: Path, *more: str) -> tuple[int, str, str]:
        folder = str(tmp_path / "[run]")
        code = cli.main(["train", str(recipe), "--corpora", str(corpora), "--output", folder, *more])
        return code, *capsys.readouterr()

    return call


def refused(result: tuple[int, str, str]) -> str:
    """The one line of a refusal."""
    code, out, err = result
    assert (code, out) == (1, "")
    assert err.startswith("argmine: ")
    assert err.count("\n") == 1
    return err


def test_a_training_tells_its_progress_without_a_terminal(
    monkeypatch: pytest.MonkeyPatch, argmine_train: Command, recipe: Path, essays: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "[run]"
    code, out, err = argmine_train(recipe, essays)
    assert (code, out) == (0, f"{folder / 'model'}\n")
    assert "\x1b" not in err
    lines = err.splitlines()
    assert lines[0] == "3 documents to learn from, 2 to select on, 2 left out"
    assert [line.partition(":")[0] for line in lines if line.startswith("epoch ")] == ["epoch 1", "epoch 2"]
    assert all("development C-F1 " in line for line in lines if line.startswith("epoch "))
    assert "(best)" in err
    assert "6/6" in err
    assert lines[-2] == "tuning on development data"
    assert lines[-1].startswith(f"{folder / 'model'}: development C-F1 ")
    assert (folder / "curves.png").read_bytes().startswith(b"\x89PNG")
    assert ArgumentMiner.load(folder / "model", threads=1).config.name == "made-up"

    refusal = refused(argmine_train(recipe, essays, "--seed", "2"))
    assert "checkpoint.safetensors: the checkpoint was made by another recipe; give another folder" in refusal

    monkeypatch.setattr("argmine.training.run.write_package", lambda *_: None)  # it takes long
    again = argmine_train(recipe, essays)
    assert again[:2] == (0, out)
    assert "going on after epoch 2 of 2" in again[2].splitlines()
    assert "epoch 1:" not in again[2]


def test_a_seed_takes_the_place_of_the_recipes_own(
    monkeypatch: pytest.MonkeyPatch, recipe: Path, essays: Path, tmp_path: Path
) -> None:
    class Enough(Exception):  # noqa: N818
        pass

    def stop(*_: object) -> None:
        raise Enough

    monkeypatch.setattr("argmine.training.command._follow", stop)
    with pytest.raises(Enough):
        train(recipe, essays, tmp_path / "run", seed=7)
    assert json.loads((tmp_path / "run" / "recipe.json").read_text())["seed"] == 7
    assert json.loads(recipe.read_text())["seed"] == 3


def test_missing_extras_are_told_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, argmine_train: Command, tmp_path: Path
) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name != "onnx" else find_spec(name))
    with pytest.raises(RecipeError, match="training needs matplotlib, onnxscript"):
        train(tmp_path / "none.json", tmp_path, tmp_path / "run")
    message = refused(argmine_train(tmp_path / "none.json", tmp_path))
    assert message == "argmine: training needs matplotlib, onnxscript: pip install 'argmine[train]'\n"
    assert not (tmp_path / "[run]").exists()


def test_a_missing_recipe_is_one_line(argmine_train: Command, essays: Path, tmp_path: Path) -> None:
    message = refused(argmine_train(tmp_path / "none.json", essays))
    assert message == f"argmine: {tmp_path / 'none.json'}: No such file or directory\n"


def test_an_unknown_key_is_one_line(argmine_train: Command, essays: Path, tmp_path: Path) -> None:
    path = tmp_path / "recipe.json"
    path.write_text('{"epoch": 3}')
    assert refused(argmine_train(path, essays)) == f"argmine: {path}: epoch: Extra inputs are not permitted\n"


def test_a_missing_corpora_folder_is_one_line(argmine_train: Command, recipe: Path, tmp_path: Path) -> None:
    message = refused(argmine_train(recipe, tmp_path / "nowhere"))
    assert str(tmp_path / "nowhere" / "aae2" / "train-test-split.csv") in message
    assert "No such file or directory" in message
    assert not (tmp_path / "[run]").exists()


def test_an_unknown_corpus_is_one_line(argmine_train: Command, recipe: Path, essays: Path) -> None:
    recipe.write_text(recipe.read_text().replace('"corpus": "aae2"', '"corpus": "aae3"'))
    assert refused(argmine_train(recipe, essays)).startswith("argmine: unknown corpus 'aae3'; known are aae2, ")


def test_an_encoder_that_is_none_is_one_line(
    argmine_train: Command, tmp_path: Path, essays: Path, tiny_base: Path
) -> None:
    folder = tmp_path / "encoder"
    folder.mkdir()
    (folder / "tokenizer.json").write_bytes((tiny_base / "tokenizer.json").read_bytes())
    recipe = made_up.write_recipe(tmp_path / "recipe.json", made_up.recipe(folder))
    assert f"the encoder '{folder}' cannot be loaded: " in refused(argmine_train(recipe, essays))


def test_a_folder_that_is_a_file_is_one_line(
    argmine_train: Command, recipe: Path, essays: Path, tmp_path: Path
) -> None:
    (tmp_path / "[run]").write_text("in the way")
    assert refused(argmine_train(recipe, essays)) == f"argmine: {tmp_path / '[run]'}: File exists\n"


def test_a_seed_that_is_too_great_is_refused(argmine_train: Command, recipe: Path, essays: Path) -> None:
    code, out, err = argmine_train(recipe, essays, "--seed", "1" + "0" * 20)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_teaching_writes_lessons_that_can_be_learnt(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tiny_model: Path,
    tiny_base: Path,
    essays: Path,
    tmp_path: Path,
) -> None:
    path = tmp_path / "lessons"
    of = ["--corpus", "aae2", "--split", "train", "--corpora", str(essays), "--output", str(path)]
    assert cli.main(["teach", str(tiny_model), *of, "--documents", "2"]) == 0
    lessons = read_lessons(path)
    assert len(lessons.by_id) == 2
    found = sum(len(lesson.segments) for lesson in lessons.by_id.values())
    assert capsys.readouterr().out == f"{path}: 2 documents, {found} segments\n"

    taught = Source(corpus="aae2", split="train", lessons=str(path))
    recipe = made_up.recipe(tiny_base).model_copy(update={"train": (taught,), "init": str(tiny_model), "epochs": 1})
    monkeypatch.setattr("argmine.training.run.write_package", lambda *_: (tmp_path / "run" / "model").mkdir())
    model = train(made_up.write_recipe(tmp_path / "recipe.json", recipe), essays, tmp_path / "run")
    record = json.loads((model / "training.json").read_text())
    assert record["train_documents"]["documents"] == len(lessons.by_id.keys() - held_out(essays))
    assert record["train_documents"]["components"] == 0
    assert record["lessons"][str(path)]["digest"] == lessons.digest
    assert record["init"] == ArgumentMiner.load(tiny_model).revision


def test_teaching_goes_on_behind_what_is_skipped(tiny_model: Path, essays: Path, tmp_path: Path) -> None:
    of = ["teach", str(tiny_model), "--corpus", "aae2", "--split", "train", "--corpora", str(essays), "--output"]
    for name, options in {"all": [], "first": ["--documents", "2"], "rest": ["--skip", "2"]}.items():
        assert cli.main([*of, str(tmp_path / name), *options]) == 0
    whole, first, rest = (list(read_lessons(tmp_path / name).by_id) for name in ("all", "first", "rest"))
    assert len(first) == 2
    assert sorted(first + rest) == sorted(whole)


def held_out(essays: Path) -> set[str]:
    """Ids of `train` that a training leaves out."""
    recipe = Recipe(train=(Source(corpus="aae2", split="train"),))
    return {name.removeprefix("aae2/") for name in read_sources(recipe, essays).left_out}


def test_teaching_without_a_model_is_one_line_of_error(
    capsys: pytest.CaptureFixture[str], essays: Path, tmp_path: Path
) -> None:
    of = ["--corpus", "aae2", "--split", "train", "--corpora", str(essays), "--output", str(tmp_path / "lessons")]
    assert cli.main(["teach", str(tmp_path / "nothing"), *of]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("argmine: ")
    assert err.count("\n") == 1
    assert not (tmp_path / "lessons").exists()
