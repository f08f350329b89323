"""What a model folder holds, and that it is written the same each time."""

from pathlib import Path

import torch
from safetensors.torch import load_file

from argmine.config import Decoding
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, VOCABULARY
from argmine.runtime import ENCODER, PARTS, WEIGHTS, TorchBackend
from argmine.training.package import write_config, write_package
from tests import tiny


def test_a_model_folder_holds_what_it_says(tiny_model: Path) -> None:
    graphs = {f"{part}.onnx" for part in PARTS}
    assert {path.name for path in tiny_model.iterdir()} == {CONFIG, VOCABULARY, WEIGHTS, ENCODER, *graphs}


def test_weights_are_bfloat16_and_as_in_the_network(tiny_base: Path, tiny_model: Path) -> None:
    network = tiny.network(tiny_base).state_dict()
    weights = load_file(tiny_model / WEIGHTS)
    assert weights.keys() == network.keys()
    assert all(torch.equal(weights[name], network[name].to(torch.bfloat16)) for name in weights)


def test_a_network_is_written_the_same_each_time_and_left_as_it_was(
    tiny_base: Path, tiny_model: Path, tmp_path: Path
) -> None:
    network = tiny.network(tiny_base).train()
    state = torch.get_rng_state()
    write_package(tmp_path / "again", network, tiny.config(), tiny.encoder())
    assert network.training
    assert torch.equal(torch.get_rng_state(), state)
    assert ArgumentMiner.load(tmp_path / "again").revision == ArgumentMiner.load(tiny_model).revision


def test_a_configuration_is_replaced_alone(tmp_path: Path) -> None:
    tuned = tiny.config().model_copy(update={"decoding": Decoding(segment_threshold=0.25)})
    write_config(tmp_path, tuned)
    assert [path.name for path in tmp_path.iterdir()] == [CONFIG]
    assert tuned.model_validate_json((tmp_path / CONFIG).read_bytes()) == tuned


def test_a_scheme_has_graphs_of_its_own_that_agree_with_the_network(tiny_base: Path, tmp_path: Path) -> None:
    network = tiny.network(tiny_base, schemes=("threads",))
    config = tiny.config().model_copy(update={"others": (tiny.scheme("threads"),)})
    folder = tmp_path / "model"
    write_package(folder, network, config, tiny.encoder())
    found = {path.name for path in folder.glob("*.onnx")}
    assert found == {f"{part}.onnx" for part in PARTS} | {"boundaries-threads.onnx", "components-threads.onnx"}

    rounded = {name: value.to(torch.bfloat16).float() for name, value in network.state_dict().items()}
    network.load_state_dict(rounded)
    text = tiny.prose(9)
    graphs = []
    for scheme in ("", "threads"):
        miner = ArgumentMiner.load(folder, threads=1, scheme=scheme)
        backend = TorchBackend(network, scheme=scheme)
        expected = ArgumentMiner(config.reading(scheme), tiny.encoder(), backend).mine(text)
        mined = miner.mine(text)
        assert len(mined.components) > 2
        assert [(c.start, c.end, c.type) for c in mined.components] == [
            (c.start, c.end, c.type) for c in expected.components
        ]
        assert [(r.source, r.target, r.type) for r in mined.relations] == [
            (r.source, r.target, r.type) for r in expected.relations
        ]
        graphs.append(mined)
    assert graphs[0].components != graphs[1].components
