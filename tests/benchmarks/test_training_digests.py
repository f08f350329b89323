"""The default model's digests are of the documents of its training."""

import json
from pathlib import Path
from typing import Any

import pytest

from argmine.corpora.fingerprints import TrainingDigests
from argmine.model_folder import CONFIG, TRAINING, read_config
from argmine.training.recipe import Recipe

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "models" / "default"
RECORDS = {"recipe.json": TRAINING, "opinion.json": "training-opinion.json"}
"""The record of training by each recipe that made the model or a scheme of it."""


def record_of(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / RECORDS[name]).read_text("utf-8"))
    return read


def test_the_default_model_has_digests_of_its_documents() -> None:
    records = [record_of(name) for name in RECORDS]
    (path,) = {FOLDER / record["digests"] for record in records}
    digests = TrainingDigests.model_validate_json(path.read_bytes())
    for part, key in ((digests.train, "train_documents"), (digests.development, "development_documents")):
        told = [record[key]["documents"] for record in records]
        assert 0.9 * max(told) < len(part.letters) <= part.documents  # a few essays are there twice
    assert digests.development.documents <= sum(record["development_documents"]["documents"] for record in records)
    assert path.stat().st_size < 400_000


def test_every_scheme_has_a_record_of_its_training() -> None:
    others = {other.name for other in read_config(FOLDER / CONFIG).others}
    assert {f"{name}.json" for name in others} == RECORDS.keys() - {"recipe.json"}


@pytest.mark.parametrize("name", RECORDS)
def test_the_default_model_was_trained_by_the_recipe_beside_it(name: str) -> None:
    told = Recipe.model_validate_json((FOLDER / name).read_bytes())
    assert told == Recipe.model_validate(record_of(name)["recipe"])
