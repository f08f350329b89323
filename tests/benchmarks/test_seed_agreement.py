import json
from pathlib import Path
from typing import Any

import pytest

from argmine.errors import FormatError
from benchmarks.seed_agreement import SEEDS, figures, read_passes

TEXT = "Keep the pool. It is used. Schools swim there.\n"
PARTS = [
    {"id": "c1", "type": "major_claim", "quote": "Keep the pool", "occurrence": 1},
    {"id": "c2", "type": "claim", "quote": "It is used", "occurrence": 1},
    {"id": "c3", "type": "premise", "quote": "Schools swim there", "occurrence": 1},
]
LINKS = [
    {"source": "c2", "target": "c1", "type": "support"},
    {"source": "c3", "target": "c2", "type": "support"},
]


def write(folder: Path, annotator: str, parts: list[dict[str, Any]], links: list[dict[str, str]]) -> None:
    path = folder / "passes" / annotator / "pool.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"id": "pool", "components": parts, "relations": links}), encoding="utf-8")
    (folder / "pool.txt").write_text(TEXT, encoding="utf-8")


def test_equal_passes_agree_perfectly(tmp_path: Path) -> None:
    for annotator in "ab":
        write(tmp_path, annotator, PARTS, LINKS)
    found: dict[str, Any] = figures(read_passes(tmp_path))
    assert [alpha["alpha"] for alpha in found["alpha_u"].values()] == [1, 1, 1, 1, 1]
    assert (found["kappa"]["types"]["kappa"], found["kappa"]["links"]["kappa"]) == (1, 1)
    assert found["overlap"]["spans_50"]["f1"] == 1
    assert (found["components"], found["relations"], found["pieces"]) == ([3, 3], [2, 2], 1)


def test_passes_that_differ_agree_less(tmp_path: Path) -> None:
    write(tmp_path, "a", PARTS, LINKS)
    write(tmp_path, "b", PARTS[:2], LINKS[:1])
    found: dict[str, Any] = figures(read_passes(tmp_path))
    assert found["alpha_u"]["components"]["alpha"] < 1
    assert found["alpha_u"]["major_claim"]["alpha"] == 1
    assert found["overlap"]["spans_50"]["missed"] == 1
    assert found["components"] == [3, 2]


def test_missing_pass_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a", PARTS, LINKS)
    with pytest.raises(FormatError, match=r"b/pool\.json: missing"):
        read_passes(tmp_path)


def test_passes_over_the_seeds_can_be_read() -> None:
    pairs = read_passes(SEEDS)
    assert len(pairs) >= 16
    assert all(a.id == b.id and a.components and b.components for a, b in pairs)
