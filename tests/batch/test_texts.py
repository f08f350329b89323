"""`argmine.score`: texts to a table in memory."""

from collections.abc import Iterator
from typing import Any

import datasets
import pytest

import argmine
from argmine.batch import run
from argmine.document import Document
from argmine.miner import ArgumentMiner
from tests import tiny


def rows(documents: Any, miner: ArgumentMiner, **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = argmine.score(documents, model=miner, **options).to_pylist()
    return found


def test_texts_documents_and_rows_have_a_row_each(tiny_miner: ArgumentMiner) -> None:
    given = ["Keep it.", Document(id="d", text="Sell it now."), {"id": 3, "text": "Why?"}, {"text": None}, 4]
    found = rows(given, tiny_miner)
    assert [row["id"] for row in found] == ["document-1", "d", "3", "document-4", "document-5"]
    assert [row["words"] for row in found] == [2, 3, 1, None, None]
    assert found[3]["reason"] == "text is null, allowed is a string"
    assert found[4]["reason"] == "document-5 is int, allowed are str, Document and rows"


def test_rows_of_a_streamed_dataset_are_scored(tiny_miner: ArgumentMiner) -> None:
    def rows_given() -> Iterator[dict[str, str]]:
        yield from ({"key": f"k{n}", "body": tiny.prose(n + 1)} for n in range(3))

    stream = datasets.IterableDataset.from_generator(rows_given)
    found = rows(stream, tiny_miner, text_column="body", id_column="key")
    assert [row["id"] for row in found] == ["k0", "k1", "k2"]
    assert all(row["status"] == "ok" for row in found)


def test_row_is_the_same_whatever_stands_beside_it(tiny_miner: ArgumentMiner, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [Document(id=str(n), text=tiny.prose(n % 5 + 1)) for n in range(7)]
    together = rows(texts, tiny_miner, graphs=True)
    monkeypatch.setattr(run, "PART_PIECES", 2)
    assert rows(texts, tiny_miner, graphs=True) == together
    assert [row for text in texts for row in rows([text], tiny_miner, graphs=True)] == together


def test_no_documents_give_an_empty_table(tiny_miner: ArgumentMiner) -> None:
    table = argmine.score([], model=tiny_miner)
    assert table.num_rows == 0
    assert "share_in_components" in table.schema.names


@pytest.mark.parametrize("one", ["Keep it.", Document(id="d", text="Keep it."), {"text": "Keep it."}])
def test_one_text_is_refused(one: Any, tiny_miner: ArgumentMiner) -> None:
    with pytest.raises(TypeError, match=f"documents is one {type(one).__name__}, not many of them"):
        argmine.score(one, model=tiny_miner)
