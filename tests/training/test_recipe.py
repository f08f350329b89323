"""What a recipe's file may hold, and what is said of one that may not."""

import json
from pathlib import Path

import pytest

from argmine.errors import RecipeError
from argmine.training.recipe import Recipe, read_recipe


def test_a_recipe_reads_back(tmp_path: Path) -> None:
    recipe = Recipe(epochs=3, seed=7, bf16=False)
    path = tmp_path / "recipe.json"
    path.write_text(recipe.model_dump_json(indent=2), encoding="utf-8")
    assert read_recipe(path) == recipe


def test_what_a_recipe_leaves_out_is_as_by_default(tmp_path: Path) -> None:
    path = tmp_path / "recipe.json"
    path.write_text('{"epochs": 3}', encoding="utf-8")
    assert read_recipe(path) == Recipe(epochs=3)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"epoch": 3}, "epoch: Extra inputs are not permitted"),
        ({"augmentation": {"jiter": 0.1}}, "augmentation.jiter: Extra inputs are not permitted"),
        ({"epochs": 0}, "epochs: Input should be greater than or equal to 1"),
        ({"dropout": 1.5}, "dropout: Input should be less than or equal to 1"),
        ({"encoder_rate": "Infinity"}, "encoder_rate: Input should be a finite number"),
        ({"train": []}, "train: Tuple should have at least 1 item"),
        ({"train": [{"corpus": "aae2"}]}, "train.0: a source is a corpus and a split of it, or graphs"),
        ({"windows": {"size": 64, "overlap": 40}}, "windows: .*overlap 40 is more than half"),
        ({"learning_overlap": 257}, "learning_overlap 257 is more than half of 512"),
        ({"seed": 2**32}, "seed: Input should be less than 4294967296"),
        ({"seed": "one"}, "seed: Input should be a valid integer"),
        ({"epochs": 0, "seed": -1}, "seed: .*; epochs: "),
        ([], "Input should be an object"),
    ],
)
def test_a_fault_is_named_by_file_and_key(tmp_path: Path, content: object, reason: str) -> None:
    path = tmp_path / "recipe.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(RecipeError, match=reason) as caught:
        read_recipe(path)
    assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"epochs: 3"])
def test_what_is_no_json_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "recipe.json"
    path.write_bytes(data)
    with pytest.raises(RecipeError, match="Invalid JSON"):
        read_recipe(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"none\.json: No such file or directory"):
        read_recipe(tmp_path / "none.json")
