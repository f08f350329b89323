"""Models and the pipeline in Transformers: equal to argmine's own in torch; folders that both load."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoConfig, AutoModel, pipeline
from transformers.utils import logging

from argmine.config import ModelConfig
from argmine.document import Document
from argmine.errors import ModelError
from argmine.graph import ArgumentGraph
from argmine.integrations.transformers import ArgmineConfig, ArgmineModel, ArgumentMiningPipeline
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, DIGESTS, VOCABULARY
from argmine.runtime import ENCODER, WEIGHTS, TorchBackend
from tests import tiny

make: Callable[..., Any] = pipeline
"""It is typed as one that knows the tasks of Transformers alone."""
TEXTS = [tiny.prose(5), "", tiny.prose(3)]


@pytest.fixture(scope="module", autouse=True)
def _quiet() -> Iterator[None]:
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    yield
    logging.set_verbosity_warning()  # type: ignore[no-untyped-call]
    logging.enable_progress_bar()  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def model(tiny_model: Path) -> ArgmineModel:
    return ArgmineModel.from_pretrained(tiny_model)


@pytest.fixture(scope="module")
def in_torch(tiny_model: Path) -> ArgumentMiner:
    """argmine's own way to run the folder in torch."""
    loaded = ArgumentMiner.load(tiny_model, threads=1)
    backend = TorchBackend.from_folder(tiny_model, loaded.config)
    return ArgumentMiner(loaded.config, loaded.encoder, backend, revision=loaded.revision)


@pytest.fixture(scope="module")
def saved(model: ArgmineModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "model"
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def pipe(tiny_model: Path) -> ArgumentMiningPipeline:
    made = make("argument-mining", model=str(tiny_model), device="cpu")
    assert isinstance(made, ArgumentMiningPipeline)
    return made


def expected(miner: ArgumentMiner) -> list[ArgumentGraph]:
    return list(miner.mine_many(TEXTS))


def test_a_model_mines_what_argmine_mines_in_torch(model: ArgmineModel, in_torch: ArgumentMiner) -> None:
    assert len(in_torch.mine(TEXTS[0]).components) > 2
    assert list(model.miner().mine_many(TEXTS)) == expected(in_torch)


def test_auto_classes_load_the_folder(tiny_model: Path, in_torch: ArgumentMiner) -> None:
    config, found = AutoConfig.from_pretrained(tiny_model), AutoModel.from_pretrained(tiny_model)
    assert isinstance(config, ArgmineConfig)
    assert config.settings == tiny.config()
    assert isinstance(found, ArgmineModel)
    assert found.dtype == torch.float32
    assert found.miner().mine(TEXTS[0]) == in_torch.mine(TEXTS[0])


def test_a_folder_of_another_kind_is_still_of_that_kind(tiny_base: Path) -> None:
    assert AutoConfig.from_pretrained(tiny_base).model_type == "bert"


def test_without_a_model_the_pipeline_mines_by_the_packaged_one() -> None:
    loaded = ArgumentMiner.load("default")
    graph = make("argument-mining", device="cpu")("We should keep the trams. They are quiet.")
    assert graph.model is not None
    assert (graph.model.name, graph.model.revision) == (loaded.info.name, loaded.info.revision)


def test_every_weight_is_loaded(model: ArgmineModel, in_torch: ArgumentMiner) -> None:
    assert isinstance(in_torch.backend, TorchBackend)
    wanted = in_torch.backend.network.state_dict()
    found = model.network.state_dict()
    assert found.keys() == wanted.keys()
    assert all(torch.equal(found[name], wanted[name]) for name in wanted)


def test_forward_gives_the_encoders_states(model: ArgmineModel) -> None:
    ids, mask = torch.arange(5, 13)[None], torch.ones(1, 8, dtype=torch.int64)
    states = model(ids, mask, torch.zeros(1, 8, 2, dtype=torch.int64)).last_hidden_state
    assert states.shape == (1, 8, 32)


def test_a_saved_folder_has_the_form_of_argmines(saved: Path, model: ArgmineModel) -> None:
    assert {CONFIG, ENCODER, VOCABULARY, WEIGHTS, "README.md"} <= {path.name for path in saved.iterdir()}
    assert ModelConfig.model_validate_json((saved / CONFIG).read_bytes()) == model.config.settings
    assert not [path.name for path in saved.iterdir() if path.suffix in (".py", ".bin", ".onnx")]


def test_argmine_loads_what_transformers_saved(saved: Path, in_torch: ArgumentMiner) -> None:
    found, wanted = ArgumentMiner.load(saved).mine(TEXTS[0]), in_torch.mine(TEXTS[0])
    assert found.model is not None
    assert (found.model.backend, found.model.precision) == ("torch", "fp32")
    assert (found.components, found.relations) == (wanted.components, wanted.relations)


def test_transformers_loads_what_it_saved(saved: Path) -> None:
    found = AutoModel.from_pretrained(saved)
    assert found.miner().mine(TEXTS[0]) == ArgumentMiner.load(saved).mine(TEXTS[0])


def test_the_licence_stands_in_the_card_and_its_metadata(saved: Path, model: ArgmineModel) -> None:
    from huggingface_hub import ModelCard

    card = ModelCard.load(saved / "README.md")
    assert (card.data.license, card.data.license_name) == ("other", "research-only")
    assert card.data.library_name == "argmine"
    assert model.config.settings.licence in card.text


def test_what_was_learnt_from_is_still_known_after_saving(tiny_model: Path, tmp_path: Path) -> None:
    loaded = ArgmineModel.from_pretrained(tiny_model)
    (tmp_path / DIGESTS).write_text("{}")
    loaded.origin = tmp_path
    loaded.save_pretrained(tmp_path / "saved")
    assert (tmp_path / "saved" / DIGESTS).read_text() == "{}"


def test_the_packaged_model_is_loaded_by_no_name(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch, in_torch: ArgumentMiner
) -> None:
    monkeypatch.setattr("argmine.integrations.transformers.model.find_model", {"default": tiny_model}.__getitem__)
    assert ArgmineModel.from_pretrained().miner().mine(TEXTS[0]) == in_torch.mine(TEXTS[0])


def test_the_pipeline_gives_a_graph_for_a_text(pipe: ArgumentMiningPipeline, in_torch: ArgumentMiner) -> None:
    assert pipe(TEXTS[0]) == in_torch.mine(TEXTS[0])


@pytest.mark.parametrize("batch", [1, 2, 8])
def test_the_pipeline_gives_graphs_for_a_list(
    pipe: ArgumentMiningPipeline, in_torch: ArgumentMiner, batch: int
) -> None:
    assert pipe(TEXTS, batch_size=batch) == expected(in_torch)


def test_the_pipeline_gives_an_iterator_for_a_generator(pipe: ArgumentMiningPipeline, in_torch: ArgumentMiner) -> None:
    found = pipe(text for text in TEXTS)
    assert not isinstance(found, list)
    assert list(found) == expected(in_torch)


def test_the_pipeline_takes_documents_and_nothing(pipe: ArgumentMiningPipeline) -> None:
    assert pipe([]) == []
    assert pipe(Document(id="piece", text=TEXTS[2])).id == "piece"
    assert [graph.id for graph in pipe((Document(id="piece", text=TEXTS[2]),))] == ["piece"]


def test_the_pipeline_takes_settings_at_a_call(pipe: ArgumentMiningPipeline) -> None:
    strict, low = pipe(TEXTS[0], threshold=0.9), pipe(TEXTS[0], precision="bf16")
    assert len(strict.components) < len(pipe(TEXTS[0]).components)
    assert low.model is not None
    assert low.model.precision == "bf16"


@pytest.mark.parametrize("setting", [{"max_length": 5}, {"colour": "red"}])
def test_an_unknown_setting_is_refused(pipe: ArgumentMiningPipeline, setting: dict[str, object]) -> None:
    with pytest.raises(TypeError, match=f"unknown settings {next(iter(setting))}"):
        pipe(TEXTS[0], **setting)


def test_what_is_no_text_is_refused(pipe: ArgumentMiningPipeline) -> None:
    with pytest.raises(TypeError, match="int"):
        pipe(5)


def test_a_model_in_memory_makes_a_pipeline(model: ArgmineModel, in_torch: ArgumentMiner) -> None:
    made = make("argument-mining", model=model, device="cpu")
    assert made(TEXTS[0]) == in_torch.mine(TEXTS[0])


def test_a_pipeline_saves_its_model(pipe: ArgumentMiningPipeline, tmp_path: Path, saved: Path) -> None:
    pipe.save_pretrained(tmp_path / "pipe")
    names = [{path.name for path in folder.iterdir()} for folder in (tmp_path / "pipe", saved)]
    assert names[0] == names[1]


def test_weights_that_are_not_fp32_are_refused(tiny_model: Path) -> None:
    low = ArgmineModel.from_pretrained(tiny_model, dtype=torch.bfloat16)
    with pytest.raises(ValueError, match=r"the weights are torch.bfloat16: load the model in float32"):
        low.miner()


def test_a_model_that_was_made_has_no_vocabulary(model: ArgmineModel, tmp_path: Path) -> None:
    assert isinstance(model.config, ArgmineConfig)
    made = ArgmineModel(model.config)
    for call in (made.miner, lambda: made.save_pretrained(tmp_path / "none")):
        with pytest.raises(ValueError, match="the model has no vocabulary"):
            call()


def test_a_folder_without_its_encoders_shape_is_told(saved: Path, tmp_path: Path) -> None:
    for path in saved.iterdir():
        if path.name != ENCODER:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(OSError, match=ENCODER):
        ArgmineModel.from_pretrained(tmp_path)


def test_an_encoders_own_code_is_not_run(saved: Path, tmp_path: Path) -> None:
    for path in saved.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    evil = {"model_type": "mine", "auto_map": {"AutoConfig": "evil.Config"}}
    (tmp_path / ENCODER).write_text(json.dumps(evil))
    with pytest.raises(ValueError, match="mine"):
        ArgmineModel.from_pretrained(tmp_path)


def test_a_broken_vocabulary_is_named(saved: Path, tmp_path: Path) -> None:
    for path in saved.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / VOCABULARY).write_text("[]")
    with pytest.raises(ModelError, match="no tokenizer"):
        ArgmineModel.from_pretrained(tmp_path)
