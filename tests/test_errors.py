"""Errors: their place in the message, their tree, and their way between processes."""

import pickle
from pathlib import Path

import pytest

from argmine import errors
from argmine.errors import ArgmineError, CorpusError, FormatError

SUBCLASSES = [v for v in vars(errors).values() if isinstance(v, type) and issubclass(v, ArgmineError)]


def test_error_says_file_and_line() -> None:
    error = CorpusError("T3 ends at 812, text has 790 characters", path=Path("essay012.ann"), line=7)
    assert str(error) == "essay012.ann:7: T3 ends at 812, text has 790 characters"


def test_error_says_file_alone() -> None:
    assert str(CorpusError("no split", path="a.csv")) == "a.csv: no split"


def test_error_without_place_is_its_message() -> None:
    assert str(ArgmineError("broken")) == "broken"


@pytest.mark.parametrize("kind", SUBCLASSES)
def test_error_survives_pickling(kind: type[ArgmineError]) -> None:
    error = kind("broken", path="a", line=2)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own bytes)
    assert (type(again), str(again), again.path, again.line) == (kind, "a:2: broken", "a", 2)


def test_corpus_error_is_a_format_error() -> None:
    assert issubclass(CorpusError, FormatError)
