"""The default model's digests are of the documents of its training."""

import json
from pathlib import Path

from argmine.corpora.fingerprints import TrainingDigests
from argmine.model_folder import TRAINING
from argmine.training.recipe import Recipe

ROOT = Path(__file__).parent.parent.parent


def test_the_default_model_has_digests_of_its_documents() -> None:
    folder = ROOT / "models" / "default"
    record = json.loads((folder / TRAINING).read_text())
    path = folder / record["digests"]
    digests = TrainingDigests.model_validate_json(path.read_bytes())
    for part, key in ((digests.train, "train_documents"), (digests.development, "development_documents")):
        documents = record[key]["documents"]
        assert 0.9 * documents < len(part.letters) <= part.documents  # a few essays are there twice
    assert digests.development.documents <= record["development_documents"]["documents"]
    assert path.stat().st_size < 300_000


def test_the_default_model_was_trained_by_the_recipe_beside_it() -> None:
    folder = ROOT / "models" / "default"
    told = Recipe.model_validate_json((folder / "recipe.json").read_bytes())
    assert told == Recipe.model_validate(json.loads((folder / TRAINING).read_text())["recipe"])
