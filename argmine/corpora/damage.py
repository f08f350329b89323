"""Damage in a corpus: whatever reading a file finds wrong becomes an error that names the file."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from pydantic import ValidationError

from argmine.errors import CorpusError, FormatError, faults

P = ParamSpec("P")
T = TypeVar("T")


def naming_its_file(read: Callable[Concatenate[Path, P], T]) -> Callable[Concatenate[Path, P], T]:
    """`read`, whose errors name the file that it is given first, unless they name a place already.

    What breaks a rule of our objects, pydantic's `ValidationError`, becomes a `CorpusError`.
    """

    @wraps(read)
    def named(path: Path, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(path, *args, **kwargs)
        except ValidationError as error:
            raise CorpusError(faults(error), path=path) from error
        except FormatError as error:
            if error.path is not None:
                raise
            raise type(error)(error.message, path=path, line=error.line) from error

    return named
