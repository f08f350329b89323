"""Files that appear whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from argmine.errors import ArgmineError


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of `path` when the block ends; where the block raises, `path` stays as it was.

    What is no plain file, such as a pipe or `/dev/null`, is written to as it stands.

    Raises:
        ArgmineError: it cannot be opened, written to its end or put in place.
    """
    with _refusal_of(path):  # a name may be too long even to look for
        plain = path.is_file() or not path.exists()
        target = path.resolve() if plain else path
    part = target.with_name(f".{target.name}.{os.getpid()}.part") if plain else target
    with _refusal_of(path):
        stream = part.open("xb" if plain else "wb")
    try:
        try:
            yield stream
        finally:
            with _refusal_of(path):
                stream.close()
        if plain:
            with _refusal_of(path):
                part.replace(target)
    except BaseException:
        if plain:
            part.unlink(missing_ok=True)
        raise


@contextmanager
def _refusal_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ArgmineError(f"cannot be written: {error.strerror}", path=path) from error
