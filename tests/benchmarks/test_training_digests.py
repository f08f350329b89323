"""Digests for a model that was trained without: of the very documents of its training, or none."""

import json
from pathlib import Path

import pytest

from argmine.corpora.fingerprints import TrainingDigests
from argmine.errors import RecipeError
from argmine.model_folder import DIGESTS, TRAINING
from argmine.training.data import read_sources
from argmine.training.run import counted, digests_of
from benchmarks.training_digests import write_digests
from tests.training import made_up

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def essays(tmp_path: Path) -> Path:
    return made_up.write_corpora(tmp_path / "corpora")


@pytest.fixture
def model(tmp_path: Path, essays: Path) -> Path:
    recipe = made_up.recipe(tmp_path)
    material = read_sources(recipe, essays)
    record = {
        "recipe": recipe.model_dump(mode="json"),
        "train_documents": counted(material.learnt),
        "development_documents": counted(material.development),
        "left_out": material.left_out,
    }
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / TRAINING).write_text(json.dumps(record))
    return folder


def test_digests_are_those_of_the_recipes_documents(model: Path, essays: Path) -> None:
    digests = TrainingDigests.model_validate_json(write_digests(model, essays).read_bytes())
    assert digests == digests_of(read_sources(made_up.recipe(model), essays))
    assert list(json.loads((model / TRAINING).read_text())) == [
        "recipe",
        "train_documents",
        "development_documents",
        "digests",
        "left_out",
    ]


def test_other_documents_are_refused_and_nothing_is_written(model: Path, essays: Path) -> None:
    essay = essays / "aae2" / "brat-project-final" / "essay001.txt"
    essay.write_text(essay.read_text() + "One line more.\n")
    with pytest.raises(RecipeError, match=r"train_documents were .*, the corpora now give"):
        write_digests(model, essays)
    assert not (model / DIGESTS).exists()


def test_the_default_model_has_digests_of_its_documents() -> None:
    folder = ROOT / "models" / "default"
    record = json.loads((folder / TRAINING).read_text())
    path = folder / record["digests"]
    digests = TrainingDigests.model_validate_json(path.read_bytes())
    for part, key in ((digests.train, "train_documents"), (digests.development, "development_documents")):
        documents = record[key]["documents"]
        assert 0.9 * documents < len(part.letters) <= part.documents <= documents  # a few essays are there twice
    assert path.stat().st_size < 300_000
