"""The default model's digests are of the documents of its training."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from argmine.corpora import read_corpus
from argmine.corpora.fingerprints import TrainingDigests
from argmine.corpora.opinions import REPOSITORY
from argmine.corpora.parts import part_of
from argmine.graph import ArgumentGraph
from argmine.model_folder import CONFIG, TRAINING, read_config
from argmine.training.recipe import Recipe, read_recipe

OWN = "opinions"
ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "models" / "default"
RECORDS = {"recipe.json": TRAINING, "opinion.json": "training-opinion.json"}
"""The record of training by each recipe that made the model or a scheme of it."""


def record_of(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / RECORDS[name]).read_text("utf-8"))
    return read


def own_pieces(record: dict[str, Any]) -> list[ArgumentGraph]:
    """What schemes are tuned on: pieces of the repository."""
    sources = [scheme.development for scheme in Recipe.model_validate(record["recipe"]).schemes]
    assert all(source.corpus == OWN for source in sources)
    corpus = read_corpus(OWN, REPOSITORY)
    return [graph for source in sources for graph in part_of(corpus, source.split)]


def test_schemes_are_tuned_on_pieces_whose_digests_are_kept() -> None:
    digests = TrainingDigests.model_validate_json((FOLDER / "training-digests.json").read_bytes())
    texts = [graph.text for graph in own_pieces(record_of("opinion.json"))]
    assert [counts["documents"] for counts in record_of("opinion.json")["scheme_documents"].values()] == [len(texts)]
    assert all(digests.development.known_among(texts))


def test_the_default_model_has_digests_of_its_documents() -> None:
    records = [record_of(name) for name in RECORDS]
    (path,) = {FOLDER / record["digests"] for record in records}
    digests = TrainingDigests.model_validate_json(path.read_bytes())
    for part, key in ((digests.train, "train_documents"), (digests.development, "development_documents")):
        told = [record[key]["documents"] for record in records]
        assert 0.9 * max(told) < len(part.letters) <= part.documents  # a few essays are there twice
    tuned_on = [counts for record in records for counts in record.get("scheme_documents", {}).values()]
    looked_at = [*(record["development_documents"] for record in records), *tuned_on]
    assert digests.development.documents <= sum(counts["documents"] for counts in looked_at)
    assert path.stat().st_size < 400_000


def test_every_scheme_has_a_record_of_its_training() -> None:
    others = {other.name for other in read_config(FOLDER / CONFIG).others}
    assert {f"{name}.json" for name in others} == RECORDS.keys() - {"recipe.json"}


def test_the_card_tells_how_each_model_is_made_that_a_recipe_of_the_scheme_goes_on_from() -> None:
    made = set(re.findall(r"argmine train .*--output (\S+)", (FOLDER / "README.md").read_text("utf-8")))
    paths = sorted(FOLDER.glob("opinion*.json"))
    recipes = [read_recipe(path) for path in paths]
    wanted = {
        model
        for recipe in recipes
        for model in (recipe.init, *recipe.mean_with)
        if model not in (None, "models/default")
    }
    assert len(paths) == len(recipes) == 4
    assert wanted == {"runs/opinion7/model", "runs/opinion8/model", "runs/opinion9/model"}
    assert wanted <= {f"{output}/model" for output in made}


@pytest.mark.parametrize("name", RECORDS)
def test_the_default_model_was_trained_by_the_recipe_beside_it(name: str) -> None:
    told = Recipe.model_validate_json((FOLDER / name).read_bytes())
    assert told == Recipe.model_validate(record_of(name)["recipe"])
