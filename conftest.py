"""The examples of README and docs run as doctests; those that mine are skipped where the default model is not there."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent
WEIGHTS = ROOT / "models" / "default" / "model.safetensors"
MINES = "argmine.load()"
"""What a text that mines has in it."""
collect_ignore = ["docs/hooks"]


def _is_text(path: Path) -> bool:
    return path == ROOT / "README.md" or (path.suffix == ".md" and ROOT / "docs" in path.parents)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks texts that mine as skipped while there is no model."""
    if WEIGHTS.is_file():
        return
    for item in items:
        if _is_text(item.path) and MINES in item.path.read_text(encoding="utf-8"):
            item.add_marker(pytest.mark.skip(reason="needs the default model: models/default/model.safetensors"))


@pytest.fixture(autouse=True)
def _in_repository(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """README and docs name files as one does in the repository."""
    if _is_text(request.node.path):
        monkeypatch.chdir(ROOT)
