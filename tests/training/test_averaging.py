"""The mean of a scheme in several models: what it is of, what is refused, and what is told of it."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from pydantic import ValidationError
from safetensors.torch import save_file
from torch import Tensor

from argmine.adapters import own_weights
from argmine.config import Calibration
from argmine.corpora.fingerprints import TrainingDigests, read_digests
from argmine.errors import RecipeError
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, DIGESTS, read_config, revision
from argmine.runtime import WEIGHTS
from argmine.training.averaging import mean_weights
from argmine.training.checkpoint import load_weights
from argmine.training.package import write_config
from argmine.training.recipe import Keep, Recipe, SchemeRecipe
from argmine.training.run import Run
from argmine.training.scores import score
from tests.training import made_up

NAME = "threads"


@pytest.fixture(scope="module")
def essays(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up.write_corpora(tmp_path_factory.mktemp("corpora"))


def recipe_of(init: Path, base: Path, **changes: object) -> Recipe:
    recipe = made_up.recipe(base, epochs=1)
    own = {
        "train": tuple(source.model_copy(update={"scheme": NAME}) for source in recipe.train),
        "schemes": (SchemeRecipe(name=NAME, places=False, development=recipe.development),),
        "init": str(init),
        "adapter": 2,
        "keep": Keep.LAST,
    }
    return Recipe.model_validate({**recipe.model_dump(), **own, **changes})


def learnt(recipe: Recipe, essays: Path, folder: Path) -> Path:
    run = Run(recipe, essays, folder)
    list(run.epochs())
    return run.finish()[0]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path, tiny_base: Path, essays: Path) -> Path:
    start = tmp_path_factory.mktemp("start") / "model"
    shutil.copytree(tiny_model, start)
    (start / DIGESTS).write_text(TrainingDigests.of([], []).model_dump_json(), encoding="utf-8")
    return learnt(recipe_of(start, tiny_base), essays, tmp_path_factory.mktemp("first"))


def test_each_counts_for_as_much() -> None:
    found = mean_weights([{"a": torch.tensor([1.0, 2.0])}, {"a": torch.tensor([2.0, 6.0], dtype=torch.bfloat16)}])
    assert torch.equal(found["a"], torch.tensor([1.5, 4.0]))


def test_the_first_counts_for_its_share_and_the_others_for_the_rest_alike() -> None:
    one, two, three = ({"a": torch.tensor([value])} for value in (1.0, 10.0, 100.0))
    assert mean_weights([one, two, three], 0.8)["a"].item() == pytest.approx(0.8 + 1.0 + 10.0)
    assert mean_weights([two], 0.8)["a"].item() == 10.0


def test_a_share_is_of_a_mean(first: Path, tiny_base: Path) -> None:
    with pytest.raises(ValidationError, match="mean_share is of a mean with other models"):
        recipe_of(first, tiny_base, mean_share=0.5)


@pytest.mark.parametrize("share", [None, 0.75])
def test_a_scheme_is_the_mean_of_what_is_learnt_and_of_what_it_was(
    first: Path, tiny_base: Path, essays: Path, tmp_path: Path, share: float | None
) -> None:
    going_on: dict[str, object] = {"init_scheme": NAME, "encoder_rate": 0.05, "head_rate": 0.05}
    alone = learnt(recipe_of(first, tiny_base, **going_on), essays, tmp_path / "alone")
    with_first = recipe_of(first, tiny_base, **going_on, mean_with=(str(first),), mean_share=share)
    mean = learnt(with_first, essays, tmp_path / "mean")
    before, after, found = (own_weights(load_weights(folder), NAME) for folder in (first, alone, mean))
    assert found.keys() == before.keys()
    expected = mean_weights([after, before], share)
    assert _alike(found, expected)
    assert not _alike(before, expected)
    assert not _alike(after, expected)
    shared, start = load_weights(mean), load_weights(first)
    assert all(torch.equal(shared[name], start[name]) for name in start if name not in found)


def _alike(one: dict[str, Tensor], other: dict[str, Tensor]) -> bool:
    """But for rounding to bf16, once in each of two models and once in their mean."""
    return all(torch.allclose(one[name].float(), other[name].float(), atol=0.005, rtol=0.01) for name in one)


def test_scores_on_development_data_are_those_of_the_mean(
    first: Path, tiny_base: Path, essays: Path, tmp_path: Path
) -> None:
    recipe = recipe_of(first, tiny_base, init_scheme=NAME, head_rate=0.05, mean_with=(str(first),))
    run = Run(recipe, essays, tmp_path / "mean")
    list(run.epochs())
    folder, scores = run.finish()
    assert score(ArgumentMiner.load(folder, threads=1, scheme=NAME), run.material.development) == scores


def test_untuned_a_scheme_keeps_how_it_decoded_and_was_calibrated(
    first: Path, tiny_base: Path, essays: Path, tmp_path: Path
) -> None:
    start = tmp_path / "start"
    shutil.copytree(first, start)
    config = read_config(start / CONFIG)
    odd = {"type_weight": 0.9, "major_claim_bias": -0.3, "claim_bias": 0.7, "segment_threshold": 0.44}
    decoding = config.others[0].decoding.model_copy(update=odd)
    calibration = Calibration(slope=0.7, intercept=0.2)
    before = config.others[0].model_copy(update={"decoding": decoding, "relation_calibration": calibration})
    write_config(start, config.model_copy(update={"others": (before,)}))
    going_on: dict[str, object] = {"init_scheme": NAME, "encoder_rate": 0.05, "head_rate": 0.05}
    for tune in (False, True):
        recipe = recipe_of(start, tiny_base, **going_on, tune=tune)
        (own,) = recipe.schemes
        by_f1 = recipe.model_copy(update={"schemes": (own.model_copy(update={"threshold_by_f1": 0.3}),)})
        run = Run(by_f1, essays, tmp_path / f"tune-{tune}")
        list(run.epochs())
        (found,) = read_config(run.finish()[0] / CONFIG).others
        assert (found.relation_calibration == calibration) is not tune
        assert (found.decoding == decoding.model_copy(update={"threshold_by_f1": 0.3})) is not tune
        assert set(run.schemes) == {NAME}


def test_it_is_told_with_what_the_mean_is_and_whether_all_it_learnt_from_is_known(
    first: Path, tiny_base: Path, essays: Path, tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(first, bare)
    (bare / DIGESTS).unlink()
    for model, complete in ((first, True), (bare, False)):
        recipe = recipe_of(first, tiny_base, mean_with=(str(model),))
        folder = learnt(recipe, essays, tmp_path / f"with-{model.name}")
        record = json.loads((folder / f"training-{NAME}.json").read_text("utf-8"))
        assert record["mean_with"] == [revision(model)]
        assert record["scheme_documents"] == {NAME: record["development_documents"]}
        digests = read_digests(folder / DIGESTS)
        assert digests is not None
        assert digests.complete is complete


def test_models_that_have_no_mean_with_it_are_refused_before_it_learns(
    first: Path, tiny_model: Path, tiny_base: Path, essays: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(first, other)
    weights = load_weights(first)
    shared = min(name for name in weights if not name.startswith("others."))
    weights[shared] = weights[shared] + 1
    save_file(weights, other / WEIGHTS)
    for model, changes, message in (
        (tiny_model, {}, f"no scheme '{NAME}' of the recipe's shape"),
        (first, {"adapter": 3}, f"no scheme '{NAME}' of the recipe's shape"),
        (other, {}, "main scheme is not that of"),
    ):
        recipe = recipe_of(first, tiny_base, **changes, mean_with=(str(model),))
        with pytest.raises(RecipeError, match=message):
            Run(recipe, essays, tmp_path / "run")


def test_a_mean_is_of_an_adapter(tiny_base: Path) -> None:
    with pytest.raises(ValidationError, match="mean_with is of an adapter's scheme"):
        Recipe.model_validate({**made_up.recipe(tiny_base, epochs=1).model_dump(), "mean_with": ("default",)})
