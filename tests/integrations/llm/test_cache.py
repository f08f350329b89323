from pathlib import Path

import pytest

from argmine.errors import ArgmineError, FormatError
from argmine.integrations.llm.cache import AnswerCache, Record, digest
from argmine.integrations.llm.usage import Usage
from argmine.integrations.llm.wire import Form

RECORD = Record(
    content="{}", refusal=None, finish="stop", answered_by="m-1", form=Form.JSON, usage=Usage(requests=1, seconds=0.5)
)


def test_a_kept_record_is_found(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "new" / "cache")
    assert cache.find({"text": "é"}) is None
    cache.keep({"text": "é"}, RECORD)
    assert cache.find({"text": "é"}) == RECORD
    assert cache.find({"text": "e"}) is None


def test_questions_have_one_name_whatever_the_order_of_their_keys() -> None:
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}) != digest({"a": 2, "b": 1})


def test_a_record_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = AnswerCache(tmp_path)
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        cache.keep("q", RECORD)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_record_is_an_error_that_names_its_file(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.keep("q", RECORD)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:20])
    with pytest.raises(FormatError, match=rf"{file.name}: no answer of a language model: Invalid JSON"):
        cache.find("q")


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArgmineError, match="file: cannot be made: File exists"):
        AnswerCache(tmp_path / "file").keep("q", RECORD)
