"""Errors: their place in the message, their tree, and their way between processes."""

import pickle
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from argmine import errors
from argmine.document import Document
from argmine.errors import ArgmineError, CorpusError, FormatError, faults
from argmine.graph import ArgumentGraph

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


@pytest.mark.parametrize(
    ("json", "message"),
    [
        (
            '{"id": "d", "text": "a", "components": [{"id": 1}]}',
            r"components\.0\.id: Input should be a valid string; comp",
        ),
        (
            '{"id": "d", "text": "a", "read": 2, "pages": 3}',
            "read: Input should be less than or equal to 1; pages: Extra",
        ),
        ("[]", "^Input should be an object$"),
        ("{", "^Invalid JSON: EOF while parsing"),
    ],
)
def test_faults_say_where_and_what(json: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ArgumentGraph.model_validate_json(json)
    assert re.search(message, faults(caught.value))


def test_fault_between_fields_is_its_rule_alone() -> None:
    with pytest.raises(ValidationError) as caught:
        ArgumentGraph.build(Document(id="d", text="a b"), [("c1", "claim", 0, 1), ("c1", "claim", 2, 3)])
    assert faults(caught.value) == "2 components have the id c1"
