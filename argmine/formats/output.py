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
    with refusals(path):  # a name may be too long even to look for
        if path.is_file() or not path.exists():
            target = path.resolve()
            with appearing(target, target.with_name(f".{target.name}.{os.getpid()}.part")) as stream:
                yield stream
        else:
            with path.open("wb") as stream:
                yield stream


@contextmanager
def appearing(path: Path, part: Path) -> Iterator[BinaryIO]:
    """A new file `part`, of the same filesystem, that becomes `path` when the block ends; gone where the block raises.

    Raises:
        OSError: it cannot be opened, written to its end or put in place.
    """
    part.unlink(missing_ok=True)  # what a kill has left
    stream = part.open("xb")
    try:
        with stream:
            yield stream
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def refusals(path: Path, kind: type[ArgmineError] = ArgmineError) -> Iterator[None]:
    """What the system says of a file that cannot be written, as an error of that kind that names the file."""
    try:
        yield
    except OSError as error:
        raise kind(f"cannot be written: {error.strerror or error}", path=path) from error
