"""What the wheel says of itself and carries."""

import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from argmine.web.page import EXAMPLES

ROOT = Path(__file__).parent.parent
WEIGHTS_LICENCE = "LICENSE-WEIGHTS.md"
LAYOUT_LICENCE = "argmine/view/html/vendor/d3-hierarchy/LICENSE"


def test_weights_have_their_licence_beside_them() -> None:
    """In the repository, in the wheel and in what `ArgumentMiner.save` copies; the card links to it."""
    for folder in (ROOT / "models").iterdir():
        assert (folder / WEIGHTS_LICENCE).read_text("utf-8") == (ROOT / WEIGHTS_LICENCE).read_text("utf-8")
    card = (ROOT / "benchmarks" / "templates" / "card.md.j2").read_text("utf-8")
    assert f"license_link: {WEIGHTS_LICENCE}\n" in card
    assert f"]({WEIGHTS_LICENCE})" in card


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    if not (ROOT / "models" / "default").is_dir():
        pytest.skip("no default model yet: the wheel cannot be built without it")
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return zipfile.Path(built)


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.Path) -> Message:
    (folder,) = (entry for entry in wheel.iterdir() if entry.name.endswith(".dist-info"))
    return Parser().parsestr((folder / "METADATA").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_wheel_carries_the_default_model(wheel: zipfile.Path) -> None:
    model = {path.name for path in (ROOT / "models" / "default").iterdir()}
    assert "model.safetensors" in model
    assert model == {entry.name for entry in (wheel / "argmine" / "models" / "default").iterdir()}


@pytest.mark.slow
def test_wheel_carries_the_examples_of_the_web_application(wheel: zipfile.Path) -> None:
    folder = wheel / "argmine" / "web" / "examples"
    assert {entry.name for entry in folder.iterdir()} == {f"{name}.txt" for name in EXAMPLES}
    for entry in folder.iterdir():
        assert entry.read_bytes() == (ROOT / "seeds" / entry.name).read_bytes()


@pytest.mark.slow
def test_wheel_carries_every_data_file_of_the_package(wheel: zipfile.Path) -> None:
    """Templates, schemas, tables: what is tracked beside the modules."""
    listing = ["git", "ls-files", "argmine"]
    tracked = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    wanted = {name for name in tracked.splitlines() if not name.endswith(".py")}
    assert "argmine/evaluation/report/templates/report.html.j2" in wanted
    assert wanted <= set(wheel.root.namelist())


@pytest.mark.slow
def test_wheel_is_typed(wheel: zipfile.Path) -> None:
    assert (wheel / "argmine" / "py.typed").exists()


@pytest.mark.slow
def test_wheel_names_the_licence_of_the_weights_apart_from_that_of_the_code(metadata: Message) -> None:
    assert metadata["License-Expression"] == "Apache-2.0 AND ISC AND LicenseRef-argmine-weights-research-only"
    assert metadata.get_all("License-File") == ["LICENSE", WEIGHTS_LICENCE, LAYOUT_LICENCE]
