"""The examples of README and docs run as doctests, in the repository's folder."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent
collect_ignore = ["docs/hooks"]


def _is_text(path: Path) -> bool:
    return path == ROOT / "README.md" or (path.suffix == ".md" and ROOT / "docs" in path.parents)


@pytest.fixture(autouse=True)
def _in_repository(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """README and docs name files as one does in the repository."""
    if _is_text(request.node.path):
        monkeypatch.chdir(ROOT)
