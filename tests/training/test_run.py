"""A whole training of a tiny network on made-up essays: what lies in its folder at the end."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

import argmine
from argmine.corpora.fingerprints import TrainingDigests
from argmine.document import Document
from argmine.errors import RecipeError
from argmine.miner import ArgumentMiner
from argmine.model_folder import TRAINING
from argmine.training.recipe import Recipe, SchemeRecipe, read_recipe
from argmine.training.run import LOG, MODEL, Run
from argmine.training.scores import Scores, score
from argmine.training.trainer import Epoch
from tests.training import made_up


@dataclass(frozen=True, slots=True)
class Trained:
    """A finished run, and what it gave on its way."""

    run: Run
    epochs: list[Epoch]
    log_at_each: list[str]
    model: Path
    scores: Scores


@pytest.fixture(scope="module")
def essays(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up.write_corpora(tmp_path_factory.mktemp("corpora"))


@pytest.fixture(scope="module")
def recipe(tiny_base: Path) -> Recipe:
    return made_up.recipe(tiny_base)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, recipe: Recipe, essays: Path) -> Trained:
    run = Run(recipe, essays, tmp_path_factory.mktemp("runs") / "deep" / "run")
    assert run.done == 0
    assert (run.folder / LOG).read_text() == ""
    epochs, logs = [], []
    for epoch in run.epochs():
        epochs.append(epoch)
        logs.append((run.folder / LOG).read_text())
    return Trained(run, epochs, logs, *run.finish())


def test_the_log_has_a_line_an_epoch_before_it_is_given(trained: Trained) -> None:
    assert [log.count("\n") for log in trained.log_at_each] == [1, 2]
    lines = [json.loads(line) for line in (trained.run.folder / LOG).read_text().splitlines()]
    assert lines == [asdict(epoch) for epoch in trained.epochs] == list(trained.run.log())
    assert [line["number"] for line in lines] == [1, 2]


def test_the_recipe_lies_beside_what_it_made(trained: Trained, recipe: Recipe) -> None:
    assert read_recipe(trained.run.folder / "recipe.json") == recipe


def test_nothing_unfinished_is_left(trained: Trained) -> None:
    best = f"best-{trained.run.trainer.progress.best}.safetensors"
    names = {path.name for path in trained.run.folder.iterdir()}
    assert names == {best, "checkpoint.safetensors", LOG, MODEL, "recipe.json"}
    assert not list(trained.run.folder.rglob("*partial*"))


def test_the_model_is_one_that_mines_as_it_was_scored(trained: Trained) -> None:
    assert trained.model == trained.run.folder / MODEL
    miner = ArgumentMiner.load(trained.model, threads=1)
    assert score(miner, trained.run.material.development) == trained.scores
    text = "We must keep the trams.\nThey are quiet."
    assert argmine.load(trained.model).mine(text).text == miner.mine(Document(id="d", text=text)).text == text


def test_tuning_makes_the_development_figure_no_worse(trained: Trained) -> None:
    best = trained.epochs[trained.run.trainer.progress.best - 1]
    assert best.development.selection == max(epoch.development.selection for epoch in trained.epochs)
    assert trained.scores.selection >= best.development.selection


def test_the_licence_names_the_corpora(trained: Trained) -> None:
    wanted = "research only, as the corpora are that it was trained on: aae2 (research only, no redistribution)"
    assert ArgumentMiner.load(trained.model, threads=1).licence == wanted


def test_the_record_says_what_the_model_was_made_of(trained: Trained, recipe: Recipe) -> None:
    record = json.loads((trained.model / TRAINING).read_text())
    assert set(record) == {
        "recipe",
        "selected_epoch",
        "development",
        "schemes",
        "epoch_seconds",
        "train_documents",
        "development_documents",
        "scheme_documents",
        "digests",
        "lessons",
        "init",
        "mean_with",
        "left_out",
        "unfit",
        "repairs",
        "versions",
        "python",
        "device",
        "threads",
    }
    assert Recipe.model_validate(record["recipe"]) == recipe
    assert record["selected_epoch"] == trained.run.trainer.progress.best
    assert Scores(**record["development"]) == trained.scores
    assert len(record["epoch_seconds"]) == 2
    assert record["mean_with"] == []
    assert record["scheme_documents"] == {}
    assert record["left_out"] == ["aae2/essay012", "aae2/essay024"]
    assert record["repairs"] == {"aae2": {}}
    assert record["versions"]["argmine"] == argmine.__version__
    counts = {"documents": 3, "components": 12, "relations": 9}
    assert counts.items() <= record["train_documents"].items()
    assert record["development_documents"]["documents"] == 2
    assert record["train_documents"]["digest"] != record["development_documents"]["digest"]


def test_the_digests_know_the_documents_again(trained: Trained) -> None:
    record = json.loads((trained.model / TRAINING).read_text())
    digests = TrainingDigests.model_validate_json((trained.model / record["digests"]).read_bytes())
    material = trained.run.material
    assert (digests.train.documents, digests.development.documents) == (3, 2)
    assert all(digests.train.known_among(graph.text.upper() for graph in material.learnt))
    assert all(digests.development.known_among(graph.text for graph in material.development))
    assert not any(digests.train.known_among(graph.text for graph in material.development))


def test_finishing_twice_gives_the_same_revision(trained: Trained, recipe: Recipe, essays: Path) -> None:
    first = ArgumentMiner.load(trained.model, threads=1).revision
    again = Run(recipe, essays, trained.run.folder)
    assert again.done == 2
    assert list(again.epochs()) == []
    model, scores = again.finish()
    assert (ArgumentMiner.load(model, threads=1).revision, scores) == (first, trained.scores)


def test_a_log_that_a_kill_left_behind_is_made_good(trained: Trained, recipe: Recipe, essays: Path) -> None:
    path = trained.run.folder / LOG
    whole = path.read_text()
    path.write_text(whole.splitlines()[0] + "\n{")
    Run(recipe, essays, trained.run.folder)
    assert path.read_text() == whole


def test_a_folder_of_another_recipe_is_refused_and_left_alone(trained: Trained, recipe: Recipe, essays: Path) -> None:
    before = {path: path.read_bytes() for path in trained.run.folder.iterdir() if path.is_file()}
    with pytest.raises(RecipeError, match="the checkpoint was made by another recipe; give another folder"):
        Run(recipe.model_copy(update={"epochs": 3}), essays, trained.run.folder)
    assert before == {path: path.read_bytes() for path in trained.run.folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(
    ("name", "data"), [("config.json", b"{}"), ("config.json", b"{bad"), ("model.safetensors", b"garbage" * 9)]
)
def test_a_damaged_encoder_is_refused(
    tiny_base: Path, recipe: Recipe, essays: Path, tmp_path: Path, name: str, data: bytes
) -> None:
    for path in tiny_base.iterdir():
        (tmp_path / path.name).write_bytes(data if path.name == name else path.read_bytes())
    with pytest.raises(RecipeError, match=f"the encoder '{tmp_path}' cannot be loaded: "):
        Run(recipe.model_copy(update={"encoder": str(tmp_path)}), essays, tmp_path / "run")


def test_a_scheme_is_trained_tuned_and_read(tmp_path: Path, recipe: Recipe, essays: Path) -> None:
    main = recipe.train[0]
    threads = SchemeRecipe(name="threads", development=recipe.development, threshold_by_f1=0.3, overlap_weight=0.5)
    own = main.model_copy(update={"scheme": "threads", "across": False})
    both = recipe.model_copy(update={"train": (main, own), "schemes": (threads,), "epochs": 1})
    run = Run(both, essays, tmp_path / "run")
    assert run.trainer.steps_an_epoch == 6
    (epoch,) = run.epochs()
    assert all(value >= 0 for value in epoch.losses.values())
    model, _ = run.finish()
    (found,) = ArgumentMiner.load(model, threads=1).config.others
    assert (found.name, found.places, found.decoding.claims_point) == ("threads", False, True)
    assert (found.decoding.threshold_by_f1, found.decoding.overlap_weight) == (0.3, 0.5)
    reader = ArgumentMiner.load(model, threads=1, scheme="threads")
    assert reader.config.decoding == found.decoding
    fixed = reader.with_threshold(0.4).config.decoding
    assert (fixed.segment_threshold, fixed.threshold_by_f1, fixed.overlap_weight) == (0.4, 0.0, 0.0)
    assert reader.mine("We must keep the trams.").model == reader.info
    assert reader.info.name == "made-up/threads"
    record = json.loads((model / TRAINING).read_text())
    assert set(record["schemes"]["threads"]) == {"spans", "conclusions", "premises", "links"}


def test_a_source_of_an_unknown_scheme_is_refused(recipe: Recipe) -> None:
    stray = recipe.train[0].model_copy(update={"scheme": "threads"})
    with pytest.raises(ValueError, match="aae2 is of the scheme 'threads', which is not among the schemes"):
        Recipe.model_validate(recipe.model_dump() | {"train": [stray.model_dump()]})
