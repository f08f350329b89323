"""Two passes over a made-up editorial."""

from pathlib import Path

import pytest

from benchmarks.editorial_agreement import figures, read_passes
from tests.corpora.test_editorial_trees import CODES, corpora


@pytest.mark.parametrize(("second", "links"), [(CODES, 1.0), (CODES.replace("P+4", "P+2"), 0.5)])
def test_passes_are_compared_unit_by_unit(tmp_path: Path, second: str, links: float) -> None:
    folder = corpora(tmp_path, CODES)
    (folder / "second").mkdir()
    (folder / "second" / "guardian-trams.txt").write_text(second)
    pairs = read_passes(folder, folder / "editorial-trees", folder / "second")
    found = figures(pairs)
    assert found["editorials"] == 1
    overlap = found["overlap"]
    assert isinstance(overlap, dict)
    assert overlap["spans_50"]["f1"] == 1.0
    assert overlap["links_50"]["f1"] == links
