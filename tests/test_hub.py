"""Models to and from a stand-in of the hub, with Hugging Face's own client, in processes that know no other hub."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import ModelCard, constants

import argmine
from argmine import cli
from argmine.config import ModelConfig
from argmine.errors import ModelError
from argmine.hub import card_of, is_hub_id, push_folder
from argmine.miner import ArgumentMiner
from argmine.model_folder import find_model
from tests import hub, tiny

ROOT = Path(__file__).parent.parent
TEXT = tiny.prose(4)
START = "import json, sys\nfolder, text = sys.argv[1:3]\n"
PUSH_AND_FETCH = """
import argmine
from argmine.integrations.transformers import ArgmineModel
from transformers import AutoModel, pipeline
from transformers.utils import logging
logging.set_verbosity_error()
logging.disable_progress_bar()
address = ArgmineModel.from_pretrained(folder).push_to_hub("org/tiny", private=True)
commit = address.rpartition("/")[2]
graphs = {
    "from_pretrained": ArgmineModel.from_pretrained("org/tiny", revision=commit).miner().mine(text),
    "auto": AutoModel.from_pretrained("org/tiny").miner().mine(text),
    "pipeline": pipeline("argument-mining", model="org/tiny", device="cpu")(text),
    "load": argmine.load("org/tiny").mine(text),
    "pinned": argmine.load("org/tiny", revision=commit).mine(text),
}
print(json.dumps({"address": address, "graphs": {name: g.model_dump(mode="json") for name, g in graphs.items()}}))
"""
LOAD = """
import argmine
print(argmine.load(sys.argv[3]).mine(text).model_dump_json())
"""


@pytest.fixture(scope="module")
def server() -> Iterator[hub.Hub]:
    with hub.serving() as found:
        yield found


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def ran(server: hub.Hub, cache: Path, tiny_model: Path) -> dict[str, Any]:
    """What a process says that pushed the tiny model by Transformers and fetched it in five ways."""
    found: dict[str, Any] = run(PUSH_AND_FETCH, tiny_model, server, cache)
    return found


@pytest.fixture
def here(server: hub.Hub, cache: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Makes the stand-in the hub of this very process."""
    monkeypatch.setattr(constants, "ENDPOINT", server.address)
    template = server.address + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(cache / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setenv("HF_TOKEN", "hf_made_up")
    return monkeypatch


def run(program: str, folder: Path, server: hub.Hub, cache: Path, *more: str, **environment: str) -> Any:
    known = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    known |= {"HF_ENDPOINT": server.address, "HF_HOME": str(cache), "HF_TOKEN": "hf_made_up", **environment}
    command = [sys.executable, "-c", START + program, str(folder), TEXT, *more]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=known, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_pushed_model_comes_back_the_same_in_every_way(ran: dict[str, Any], tiny_model: Path) -> None:
    graphs = ran["graphs"]
    first = graphs["load"]
    assert len(first["components"]) > 2
    assert all(graph == first for graph in graphs.values())
    local = ArgumentMiner.load(tiny_model, precision="fp32", threads=1).mine(TEXT).model_dump(mode="json")
    assert [c["text"] for c in first["components"]] == [c["text"] for c in local["components"]]


def test_what_is_pushed_holds_the_licence_and_no_code(ran: dict[str, Any], server: hub.Hub) -> None:
    files = server.repositories["org/tiny"].commits[ran["address"].rpartition("/")[2]]
    assert set(files) == {"README.md", "config.json", "encoder.json", "model.safetensors", "tokenizer.json"}
    card = ModelCard(files["README.md"].decode())
    metadata = card.data.to_dict()  # type: ignore[no-untyped-call]
    assert (metadata["license"], metadata["license_name"]) == ("other", "research-only")


@pytest.mark.usefixtures("here")
def test_only_weights_json_and_card_are_fetched(server: hub.Hub, tiny_model: Path) -> None:
    """Where the repository holds ONNX graphs, code and pickles too."""
    content = {path.name: path.read_bytes() for path in tiny_model.iterdir()}
    content |= {"evil.py": b"raise SystemExit", "pytorch_model.bin": b"\x80", "model.pkl": b"\x80"}
    server.repositories.setdefault("org/all", hub.Repository()).add("main", content)
    server.served.clear()
    assert argmine.load("org/all").info.backend == "torch"
    assert set(server.served) == {"config.json", "encoder.json", "model.safetensors", "tokenizer.json"}


def test_without_the_network_the_cached_copy_serves(
    ran: dict[str, Any], server: hub.Hub, cache: Path, tiny_model: Path
) -> None:
    found = run(LOAD, tiny_model, server, cache, "org/tiny", HF_HUB_OFFLINE="1", HF_ENDPOINT="http://127.0.0.1:9")
    assert found == ran["graphs"]["load"]


@pytest.mark.usefixtures("here", "ran")
@pytest.mark.parametrize("name", ["org/never", "org/tiny@no-such-tag"])
def test_what_the_hub_has_not_is_told_in_a_line(name: str) -> None:
    with pytest.raises(ModelError, match=f"^{name}: is no folder here and cannot be had from the hub: 404") as caught:
        argmine.load(name)
    assert "\n" not in str(caught.value)


def test_without_the_network_and_a_copy_an_error_says_so(here: pytest.MonkeyPatch) -> None:
    here.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match=r"org/uncached: .* cannot be had from the hub: .*HF_HUB_OFFLINE=0"):
        argmine.load("org/uncached")


@pytest.mark.usefixtures("here")
def test_a_folder_is_pushed_whole_to_a_branch(server: hub.Hub, tmp_path: Path, tiny_model: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    (folder / "README.md").write_text("---\nlicense: other\n---\na card of its own")
    address = push_folder(folder, "org/whole", config=tiny.config(), revision="trial")
    repository = server.repositories["org/whole"]
    assert repository.commits[repository.branches["trial"]] == {p.name: p.read_bytes() for p in folder.iterdir()}
    assert repository.commits[repository.branches["main"]] == {}
    assert address == f"{server.address}/org/whole/commit/{repository.branches['trial']}"


@pytest.mark.usefixtures("here")
def test_argmine_push_tells_the_address(server: hub.Hub, tiny_model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["push", str(tiny_model), "org/pushed", "--private"]) == 0
    repository = server.repositories["org/pushed"]
    assert capsys.readouterr().out == f"{server.address}/org/pushed/commit/{repository.branches['main']}\n"


@pytest.mark.usefixtures("here")
def test_a_hub_that_refuses_is_told(tiny_model: Path) -> None:
    with pytest.raises(ModelError, match="not a name!: the hub refuses: "):
        push_folder(tiny_model, "not a name!", config=tiny.config())


def test_a_folder_that_is_no_model_is_not_pushed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["push", str(tmp_path), "org/none"]) != 0
    assert "the folder holds no config.json" in capsys.readouterr().err
    (tmp_path / "config.json").write_text('{"name": "x"}')
    assert cli.main(["push", str(tmp_path), "org/none"]) != 0
    assert "encoder: Field required" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["org/name", "o-r_g/na.me", "org/name@main", "org/name@refs/pr/1"])
def test_names_that_may_be_of_the_hub(name: str) -> None:
    assert is_hub_id(name)


@pytest.mark.parametrize("name", ["name", "/org/name", "../name", "a/b/c", "./name", "org/", "org /name", "C:\\a/b"])
def test_names_that_are_none(name: str) -> None:
    assert not is_hub_id(name)


def test_a_name_in_a_folder_that_is_here_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "runs").mkdir()
    assert not is_hub_id("runs/mine")
    with pytest.raises(ModelError, match="there is no model of the name or folder 'runs/mine'"):
        find_model("runs/mine")


@pytest.mark.parametrize(
    ("licence", "name"),
    [("research only, as the corpora", "research-only"), ("CC BY-NC-SA 4.0", "cc-by-nc-sa-4-0"), ("", "unstated")],
)
def test_a_card_names_the_licence(licence: str, name: str) -> None:
    card = ModelCard(card_of(ModelConfig(name="m", encoder="a/b", licence=licence)))
    metadata = card.data.to_dict()  # type: ignore[no-untyped-call]
    assert (metadata["license_name"], metadata["base_model"]) == (name, "a/b")
    assert f"The weights: {licence}." in card.text
