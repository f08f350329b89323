"""A scheme learnt as a low-rank change: what it may touch, and that a folder's adapter is that very change."""

import copy
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from argmine.adapters import adapted, is_adapter
from argmine.document import Document
from argmine.encoding import FloatArray
from argmine.errors import RecipeError
from argmine.graph import ArgumentGraph
from argmine.integrations.transformers import ArgmineModel
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, read_config
from argmine.network import ArgumentNetwork
from argmine.runtime import WEIGHTS, BertBackend, OnnxBackend, TorchBackend, read_weights
from argmine.training.checkpoint import load_weights
from argmine.training.low_rank import adapt, taken_apart
from argmine.training.recipe import Keep, Recipe, SchemeRecipe
from argmine.training.run import Run
from argmine.training.trainer import model_config
from tests import tiny
from tests.training import made_up

TEXT = tiny.prose(9)


@pytest.fixture(scope="module")
def essays(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up.write_corpora(tmp_path_factory.mktemp("corpora"))


def adapter_recipe(init: Path, base: Path, name: str) -> Recipe:
    recipe = made_up.recipe(base, epochs=2)
    scheme = SchemeRecipe(name=name, places=False, development=recipe.development)
    train = tuple(source.model_copy(update={"scheme": name}) for source in recipe.train)
    changes = {"train": train, "schemes": (scheme,), "init": str(init), "adapter": 2, "keep": Keep.LAST}
    return Recipe.model_validate({**recipe.model_dump(), **changes})


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path, tiny_base: Path, essays: Path) -> Path:
    run = Run(adapter_recipe(tiny_model, tiny_base, "threads"), essays, tmp_path_factory.mktemp("run"))
    list(run.epochs())
    return run.finish()[0]


def shifted(network: ArgumentNetwork) -> ArgumentNetwork:
    """The network after a step of some size on whatever may be learnt."""
    torch.manual_seed(3)
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.requires_grad:
                parameter.add_(torch.randn_like(parameter) * 0.05)
    return network


def mined(network: ArgumentNetwork, scheme: str) -> ArgumentGraph:
    config = tiny.config().model_copy(update={"others": (tiny.scheme("threads"),)})
    return ArgumentMiner(config.reading(scheme), tiny.encoder(), TorchBackend(network, scheme=scheme)).mine(TEXT)


def test_nothing_is_changed_at_first(tiny_base: Path) -> None:
    network = tiny.network(tiny_base, schemes=("threads",))
    before = mined(network, "threads")
    adapt(network, "threads", 2)
    assert mined(network, "threads") == before


def test_heads_and_changes_are_learnt_and_nothing_else(tiny_base: Path) -> None:
    network = tiny.network(tiny_base, schemes=("threads", "news"))
    adapt(network, "threads", 2)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    moved = {name for name, value in shifted(network).state_dict().items() if not torch.equal(value, before[name])}
    assert all(name in moved for name in before if name.startswith("others.threads."))
    rest = {name for name in moved if not name.startswith("others.threads.")}
    assert not any(name.startswith(("others.", "boundaries.", "pairs.", "between")) for name in rest)
    assert not any("_embeddings." in name or name.endswith(".original") for name in rest)
    assert {name.split(".")[1] for name in rest if name.startswith("components.")} == {
        "pooled",
        "features",
        "norm",
        "layers",
        "out",
    }
    assert any(name.endswith("query.parametrizations.weight.0.up") for name in rest)


def test_a_folders_adapter_is_the_change_that_was_learnt(tiny_base: Path) -> None:
    plain = tiny.network(tiny_base, schemes=("threads",))
    learnt = copy.deepcopy(plain)
    adapt(learnt, "threads", 2)
    shifted(learnt)
    heads, adapter = taken_apart(learnt.state_dict(), "threads")
    arrays = {n: v.numpy() for n, v in (plain.state_dict() | heads | adapter).items()}
    merged = {name: torch.from_numpy(array.copy()) for name, array in adapted(arrays, "threads").items()}
    plain.load_state_dict(merged)
    assert mined(plain, "threads") == mined(learnt, "threads")
    assert mined(plain, "threads").components


def test_the_main_scheme_of_a_trained_folder_is_that_of_the_start(trained: Path, tiny_model: Path) -> None:
    before, after = read_weights(tiny_model / WEIGHTS), read_weights(trained / WEIGHTS)
    assert all(np.array_equal(after[name], value) for name, value in before.items())
    assert any(is_adapter(name) for name in after.keys() - before.keys())
    graphs = [ArgumentMiner.load(folder, threads=1).mine(TEXT) for folder in (tiny_model, trained)]
    assert graphs[0].components == graphs[1].components
    assert graphs[0].relations == graphs[1].relations
    assert read_config(trained / CONFIG).decoding == read_config(tiny_model / CONFIG).decoding


def test_a_recipe_says_by_which_scheme_texts_are_read(tiny_model: Path, tiny_base: Path) -> None:
    recipe = adapter_recipe(tiny_model, tiny_base, "threads")
    (scheme,) = recipe.schemes
    assert recipe.default == ""
    chosen = recipe.model_copy(update={"schemes": (scheme.model_copy(update={"read_by_default": True}),)})
    assert chosen.default == model_config(chosen).default == "threads"
    twice = {
        **chosen.model_dump(),
        "adapter": None,
        "schemes": [{**scheme.model_dump(), "name": name, "read_by_default": True} for name in ("threads", "news")],
    }
    with pytest.raises(ValidationError, match="one scheme at most is read by default"):
        Recipe.model_validate(twice)


def test_the_scheme_has_a_record_of_its_own(trained: Path) -> None:
    record = json.loads((trained / "training-threads.json").read_text("utf-8"))
    assert record["recipe"]["adapter"] == 2
    assert set(record["schemes"]) == {"threads"}


def test_a_trained_scheme_is_read_alike_in_both_backends(trained: Path) -> None:
    config = read_config(trained / CONFIG).reading("threads")
    reader = ArgumentMiner.load(trained, threads=1, scheme="threads")
    in_torch = ArgumentMiner(config, reader.encoder, TorchBackend.from_folder(trained, config))
    first, second = reader.mine(TEXT), in_torch.mine(TEXT)
    assert [(c.start, c.end, c.type) for c in first.components] == [(c.start, c.end, c.type) for c in second.components]
    words = reader.scorer.words(reader.encode(reader_document()))
    assert np.allclose(words, in_torch.scorer.words(in_torch.encode(reader_document())), atol=1e-4)
    main = ArgumentMiner.load(trained, threads=1)
    assert not np.allclose(words, main.scorer.words(reader.encode(reader_document())), atol=1e-3)


def test_a_scheme_that_is_adapted_anew_starts_from_the_main_one(
    trained: Path, tiny_model: Path, tiny_base: Path, essays: Path, tmp_path: Path
) -> None:
    run = Run(adapter_recipe(trained, tiny_base, "threads"), essays, tmp_path / "run")
    first = Run(adapter_recipe(tiny_model, tiny_base, "threads"), essays, tmp_path / "first")
    again, before = run.trainer.network.state_dict(), first.trainer.network.state_dict()
    assert again.keys() == before.keys()
    assert all(torch.equal(again[name], before[name]) for name in before if name.startswith("others."))


@pytest.mark.parametrize(("name", "rank"), [("threads", 2), ("threads", 3), ("news", 2)])
def test_a_scheme_goes_on_from_what_it_was(
    trained: Path, tiny_base: Path, essays: Path, tmp_path: Path, name: str, rank: int
) -> None:
    recipe = adapter_recipe(trained, tiny_base, name).model_copy(update={"init_scheme": "threads", "adapter": rank})
    heads, adapter = taken_apart(Run(recipe, essays, tmp_path / "run").trainer.network.state_dict(), name)
    kept = {n: value.float() for n, value in load_weights(trained).items()}
    shared = {n: value for n, value in kept.items() if not n.startswith("others.")}
    expected, found = _read(kept, "threads"), _read(shared | adapter, name)
    assert not all(np.array_equal(expected[n], value.numpy()) for n, value in shared.items()), "or nothing is shown"
    assert all(np.allclose(found[n], expected[n], atol=1e-7) for n in shared)
    before = {n.removeprefix("others.threads."): v for n, v in kept.items() if n.startswith("others.threads.")}
    assert all(torch.equal(v, before[n.removeprefix(f"others.{name}.")]) for n, v in heads.items())
    assert len(heads) == sum(not n.startswith("adapter.") for n in before)


def _read(weights: Mapping[str, torch.Tensor], scheme: str) -> dict[str, FloatArray]:
    return adapted({name: value.numpy() for name, value in weights.items()}, scheme)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"adapter": 1}, r"adapter of rank 1: others.threads.adapter.\S+ \(\d+, \d+\) does not fit into"),
        ({"init_scheme": "news"}, "has no scheme 'news'; it has essays, threads"),
    ],
)
def test_a_scheme_that_cannot_go_on_is_refused(
    trained: Path, tiny_base: Path, essays: Path, tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    recipe = adapter_recipe(trained, tiny_base, "threads").model_copy(update={"init_scheme": "threads", **changes})
    with pytest.raises(RecipeError, match=message):
        Run(recipe, essays, tmp_path / "run")


def test_a_scheme_goes_on_as_it_reads(trained: Path, tiny_base: Path, essays: Path, tmp_path: Path) -> None:
    recipe = adapter_recipe(trained, tiny_base, "threads")
    (scheme,) = recipe.schemes
    other = (scheme.model_copy(update={"places": True}),)
    with pytest.raises(RecipeError, match=r"reads with .*'places': False.*'places': True"):
        Run(recipe.model_copy(update={"init_scheme": "threads", "schemes": other}), essays, tmp_path / "run")


def test_a_scheme_becomes_the_main_one_of_a_network(trained: Path, tiny_base: Path) -> None:
    config = read_config(trained / CONFIG).reading("threads")
    network = tiny.network(tiny_base)
    network.load_state_dict(load_weights(trained, "threads"))
    alone = ArgumentMiner(config.model_copy(update={"scheme": ""}), tiny.encoder(), TorchBackend(network.eval()))
    by_scheme = ArgumentMiner(config, tiny.encoder(), TorchBackend.from_folder(trained, config))
    found, expected = (reader.with_threshold(0.01).mine(TEXT) for reader in (alone, by_scheme))
    assert expected.components
    assert (found.components, found.relations) == (expected.components, expected.relations)


def test_the_fast_precision_reads_the_changed_weights(trained: Path) -> None:
    config = read_config(trained / CONFIG).reading("threads")
    encoded = ArgumentMiner.load(trained, threads=1, scheme="threads").encode(reader_document())
    words = [
        ArgumentMiner(config.reading(scheme), tiny.encoder(), backend).scorer.words(encoded)
        for scheme, backend in (
            ("threads", BertBackend(trained, config, threads=1)),
            ("threads", OnnxBackend(trained, threads=1, scheme="threads")),
            ("threads", OnnxBackend(trained, threads=1)),
        )
    ]
    near, far = np.abs(words[0] - words[1]).mean(), np.abs(words[0] - words[2]).mean()
    assert near < 0.02 < far


def test_transformers_reads_and_keeps_a_scheme_that_changes_weights(trained: Path, tmp_path: Path) -> None:
    expected = ArgumentMiner.load(trained, threads=1, scheme="threads").with_threshold(0.01).mine(TEXT)
    loaded = ArgmineModel.from_pretrained(trained)
    loaded.save_pretrained(tmp_path / "saved")
    assert expected.components
    for reader in (
        loaded.miner(scheme="threads"),
        ArgmineModel.from_pretrained(tmp_path / "saved").miner(scheme="threads"),
        ArgumentMiner.load(tmp_path / "saved", scheme="threads"),
    ):
        found = reader.with_threshold(0.01).mine(TEXT)
        assert [(c.start, c.end, c.type) for c in found.components] == [
            (c.start, c.end, c.type) for c in expected.components
        ]
    network = loaded.miner(scheme="threads").backend.network  # type: ignore[attr-defined]
    assert loaded.miner(scheme="threads").backend.network is network  # type: ignore[attr-defined]
    with torch.no_grad():
        loaded.network.boundaries.start.bias.add_(1)
    assert loaded.miner(scheme="threads").backend.network is not network  # type: ignore[attr-defined]
    main = loaded.miner(scheme="essays").with_threshold(0.01).mine(TEXT)
    assert main.components != expected.components


def test_a_second_scheme_leaves_the_first(trained: Path, tmp_path: Path, tiny_base: Path, essays: Path) -> None:
    recipe = adapter_recipe(trained, tiny_base, "news")
    schemes = tuple(scheme.model_copy(update={"read_by_default": True}) for scheme in recipe.schemes)
    run = Run(recipe.model_copy(update={"schemes": schemes}), essays, tmp_path / "run")
    list(run.epochs())
    both = run.finish()[0]
    assert (read_config(trained / CONFIG).default, read_config(both / CONFIG).default) == ("", "news")
    assert [other.name for other in read_config(both / CONFIG).others] == ["threads", "news"]
    before, after = read_weights(trained / WEIGHTS), read_weights(both / WEIGHTS)
    assert all(np.array_equal(after[name], value) for name, value in before.items())
    graphs = [ArgumentMiner.load(folder, threads=1, scheme="threads").mine(TEXT) for folder in (trained, both)]
    assert graphs[0].components == graphs[1].components


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"init": None}, "an adapter is of a model to start from"),
        ({"schemes": (), "train": made_up.recipe(Path()).train}, "and of one scheme"),
        ({"train": made_up.recipe(Path()).train}, "an adapter learns its own scheme alone"),
    ],
)
def test_a_recipe_of_an_adapter_says_what_it_needs(change: dict[str, object], message: str) -> None:
    recipe = adapter_recipe(Path("start"), Path("base"), "threads")
    with pytest.raises(ValueError, match=message):
        Recipe.model_validate({**recipe.model_dump(), **change})


def reader_document() -> Document:
    return Document(id="d", text=TEXT)
