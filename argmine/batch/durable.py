"""Writing so that what is said to be on disk is there, whole, after a kill or a loss of power."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from argmine.errors import BatchError
from argmine.formats import output
from argmine.formats.output import appearing

BLOCK = 1 << 20


def write_whole(path: Path, data: bytes) -> None:
    """A file that appears, or takes the place of the one there, at once and with all its bytes.

    Raises:
        BatchError: it cannot be written; what was there is as it was.
    """
    with new_file(path) as stream:
        stream.write(data)


@contextmanager
def new_file(path: Path, *, apart: Path | None = None) -> Iterator[BinaryIO]:
    """As `write_whole`, for the block to write to. Only one process at a time may write to `path`.

    Args:
        path: the file that appears when the block ends.
        apart: what it is called until then, in the same filesystem; `path` with `.new` where None.

    Raises:
        BatchError: it cannot be written; what was there is as it was.
    """
    with refusals(path):
        with appearing(path, apart or path.with_name(f"{path.name}.new")) as stream:
            yield stream
            flush(stream)
        flush_folder(path.parent)


def flush(stream: BinaryIO) -> None:
    """What was written is on disk when this returns."""
    stream.flush()
    os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """The names in a folder are on disk when this returns, where the system can promise that."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def refusals(path: Path) -> AbstractContextManager[None]:
    """What the system says of a file that cannot be written, as a `BatchError` that names the file."""
    return output.refusals(path, BatchError)


def digest_of(stream: IO[bytes]) -> str:
    """sha256 of all its bytes, in hex."""
    digest = hashlib.sha256()
    while block := stream.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def digest_file(path: Path) -> str | None:
    """sha256 of a file's bytes, None where there is no such file."""
    try:
        with path.open("rb") as stream:
            return digest_of(stream)
    except FileNotFoundError:
        return None
