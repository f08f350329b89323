import json
from pathlib import Path

import pytest

from argmine.errors import FormatError
from argmine.formats import quotes

TEXT = "The pool pays. It pays for swimmers.\r\nIt pays for all: keep it.\n"


def write(path: Path, components: list[dict[str, object]], relations: list[dict[str, str]] | None = None) -> Path:
    content = {"id": "pool", "components": components, "relations": relations or []}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def quote(name: str, kind: str, words: str, occurrence: int = 1) -> dict[str, object]:
    return {"id": name, "type": kind, "quote": words, "occurrence": occurrence}


def test_quotes_become_components_at_their_occurrence(tmp_path: Path) -> None:
    path = write(
        tmp_path / "pool.json",
        [
            quote("m", "major_claim", "keep it"),
            quote("c", "claim", "The pool pays"),
            quote("p", "premise", "It pays", 2),
        ],
        [{"source": "c", "target": "m", "type": "support"}, {"source": "p", "target": "c", "type": "attack"}],
    )
    graph = quotes.read(path, TEXT)
    assert [(c.id, c.type, c.start, c.text) for c in graph.components] == [
        ("c", "claim", 0, "The pool pays"),
        ("p", "premise", 38, "It pays"),
        ("m", "major_claim", 55, "keep it"),
    ]
    assert [(r.source, r.target, r.type) for r in graph.relations] == [("c", "m", "support"), ("p", "c", "attack")]
    assert graph.id == "pool"


def test_occurrences_may_overlap(tmp_path: Path) -> None:
    path = write(tmp_path / "x.json", [quote("c", "claim", "aa", 2)])
    assert quotes.read(path, "aaa").components[0].start == 1


@pytest.mark.parametrize(
    ("words", "occurrence", "message"),
    [
        ("the pool pays", 1, "quote of c1 stands 0 times in the text, occurrence 1 was asked for: 'the pool pays'"),
        ("It pays", 3, "quote of c1 stands 2 times in the text, occurrence 3 was asked for: 'It pays'"),
    ],
)
def test_quote_that_is_not_there_is_named(tmp_path: Path, words: str, occurrence: int, message: str) -> None:
    path = write(tmp_path / "pool.json", [quote("c1", "claim", words, occurrence)])
    with pytest.raises(FormatError) as error:
        quotes.read(path, TEXT)
    assert message in str(error.value)
    assert str(error.value).startswith(f"{path}: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not a pass of quotes"),
        ('{"id": "x", "components": [], "extra": 1}', "extra"),
        ('{"id": "x", "components": [{"id": "c", "type": "fact", "quote": "a"}]}', "type"),
        ('{"id": "x", "components": [{"id": "c", "type": "claim", "quote": "a", "occurrence": 0}]}', "occurrence"),
        ('{"id": "x", "components": [{"id": "c", "type": "claim", "quote": ""}]}', "quote"),
    ],
)
def test_file_of_another_form_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=message):
        quotes.read(path, "a")


def test_relation_to_nothing_is_refused(tmp_path: Path) -> None:
    parts = [quote("c", "claim", "The pool pays")]
    path = write(tmp_path / "x.json", parts, [{"source": "c", "target": "z", "type": "support"}])
    with pytest.raises(FormatError, match="names component z, which is not in the graph"):
        quotes.read(path, TEXT)


def test_missing_file_is_a_format_error(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        quotes.read(tmp_path / "none.json", TEXT)
