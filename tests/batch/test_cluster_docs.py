"""The scorer in Spark's `mapInPandas`, as docs/how-to/cluster.md has it, over an iterator of frames."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pandas as pd
import pyarrow as pa
import pytest

from argmine.batch.pieces import Piece
from argmine.batch.scorer import Scorer, ScorerSettings
from tests.batch.made_up import scorer

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "cluster.md"


def test_scorer_maps_frames_to_frames_as_spark_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ScorerSettings] = []

    def load(settings: ScorerSettings) -> Scorer:
        made.append(settings)
        return scorer()

    monkeypatch.setattr(ScorerSettings, "load", load)
    known: dict[str, object] = {}
    _, block = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    exec(block, known)  # noqa: S102 - our own words
    score = cast("Callable[[Iterator[pd.DataFrame]], Iterator[pd.DataFrame]]", known["score"])
    frames = [
        pd.DataFrame({"id": [1, 2], "text": ["Keep trams.\nThey hum.", None]}),
        pd.DataFrame({"id": ["c"], "text": ["Sell them!"]}),
    ]
    found = pa.concat_tables(
        pa.Table.from_pandas(frame, scorer().schema, preserve_index=False) for frame in score(iter(frames))
    )
    pieces = [Piece("1", "Keep trams.\nThey hum."), Piece("2", reason="no text"), Piece("c", "Sell them!")]
    assert found.to_pylist() == scorer().table(pieces).to_pylist()
    assert made == [ScorerSettings(threads=1)]
