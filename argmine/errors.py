"""The exception tree: every error that bad data, a bad file or a bad model folder can cause.

A wrong argument of a call is a plain `ValueError`, an object built wrongly pydantic's `ValidationError`.

    ArgmineError
    ├── DocumentError       a text that cannot be read
    ├── FormatError         a file that breaks its interchange format
    │   └── CorpusError     a corpus that is not what its owners published
    ├── GraphError          a graph that is no forest, asked for its trees
    ├── ModelError          a model folder that is missing, broken or of another version
    ├── RecipeError         a training recipe that cannot be read or followed
    ├── EvaluationError     predictions that do not fit the gold they are scored against
    ├── BatchError          a run over a collection that cannot begin or go on
    └── ServiceError        an endpoint of a language model that refuses, fails or stays silent
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError


class ArgmineError(Exception):
    """Base of all errors that argmine raises for bad data.

    Args:
        message: what was found and what was allowed.
        path: the file or folder it was found in.
        line: its line, from 1.
    """

    def __init__(self, message: str, *, path: str | Path | None = None, line: int | None = None) -> None:
        super().__init__(message, path, line)
        self.message = message
        self.path = None if path is None else str(path)
        self.line = line

    def __str__(self) -> str:
        place = "" if self.path is None else self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message}" if place else self.message

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.path, self.line)


def _rebuild(kind: type[ArgmineError], message: str, path: str | None, line: int | None) -> ArgmineError:
    return kind(message, path=path, line=line)


class DocumentError(ArgmineError):
    """A text that cannot be read."""


class FormatError(ArgmineError):
    """A file that breaks the rules of its interchange format."""


class CorpusError(FormatError):
    """A corpus that is incomplete, damaged or not what its owners published."""


class GraphError(ArgmineError):
    """A graph that is no forest, asked for its trees."""


class ModelError(ArgmineError):
    """A model folder that is missing, broken or of another version."""


class RecipeError(ArgmineError):
    """A training recipe that cannot be read or followed."""


class EvaluationError(ArgmineError):
    """Predictions that do not fit the gold they are scored against."""


class BatchError(ArgmineError):
    """A run over a collection that cannot begin or go on: its inputs, its output or another run stand in the way."""


class ServiceError(ArgmineError):
    """An endpoint of a language model that refuses, fails or stays silent; `path` is its address."""


def faults(error: "ValidationError") -> str:
    """What a pydantic model found wrong, as one line for an `ArgmineError`: each fault with the keys that lead to it.

    >>> from argmine.document import Span
    >>> from pydantic import ValidationError
    >>> try:
    ...     Span.model_validate({"start": 1, "stop": 2})
    ... except ValidationError as error:
    ...     faults(error)
    'end: Field required; stop: Extra inputs are not permitted'
    """
    return "; ".join(_fault(fault["loc"], fault["msg"]) for fault in error.errors(include_url=False))


def _fault(place: tuple[int | str, ...], message: str) -> str:
    """A fault of the whole, such as a rule between its fields, has no place."""
    return ": ".join([*([".".join(map(str, place))] if place else []), message.removeprefix("Value error, ")])


def first_line(error: Exception) -> str:
    """What another library's error says first, for an `ArgmineError`; the error's name where it says nothing."""
    return str(error).strip().partition("\n")[0] or type(error).__name__
