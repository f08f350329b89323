"""From what a user names to the files to read: paths, folders, globs, fsspec addresses, standard input."""

import gzip
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from glob import glob, has_magic
from pathlib import Path
from typing import IO, Any

from argmine.errors import BatchError

STANDARD_INPUT, STANDARD_INPUT_NAME = "-", "standard-input"
ZIPPED = ".gz"
PAGES = ("http://", "https://")


class Format(StrEnum):
    """What a file holds: one piece (text, html), or rows of pieces."""

    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"

    @property
    def single(self) -> bool:
        """Whether a file is one piece."""
        return self in {Format.TEXT, Format.HTML}


ENDINGS: Mapping[str, Format] = {
    ".txt": Format.TEXT,
    ".md": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".jsonl": Format.JSONL,
    ".csv": Format.CSV,
    ".parquet": Format.PARQUET,
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    Args:
        name: what it is called in ids and errors.
        path: where it lies in its filesystem.
        format: what it holds, once unzipped.
        zipped: whether it is gzipped.
        filesystem: fsspec's, None for a path of this machine.
    """

    name: str
    path: str
    format: Format
    zipped: bool
    filesystem: Any = None

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Its bytes, unzipped."""
        with self.open_raw() as raw:
            if not self.zipped:
                yield raw
                return
            with gzip.GzipFile(fileobj=raw) as unzipped:
                yield unzipped  # type: ignore[misc]  # it is no IO by name

    @contextmanager
    def open_raw(self) -> Iterator[IO[bytes]]:
        """Its bytes as they lie there."""
        if self.filesystem is None:
            with Path(self.path).open("rb") as raw:
                yield raw
        else:
            with self.filesystem.open(self.path, "rb") as raw:
                yield raw


@dataclass(frozen=True, slots=True)
class Listing:
    """The files to read, in order, and how many files in the folders have no known ending and are left out."""

    sources: tuple[Source, ...]
    left_out: int


def list_sources(
    inputs: Sequence[str], *, read_as: Format | None = None, spool: Path | None = None, apart: Sequence[Path] = ()
) -> Listing:
    """The files that the inputs name: inputs as given, each folder's and glob's files sorted by name.

    Args:
        inputs: paths, folders (with all folders below; hidden files are left out), globs, fsspec addresses, `-`.
        read_as: the format of files whose ending says none, and of standard input, which is else JSON lines.
        spool: the file that holds standard input.
        apart: files and folders that are no input though they lie in a folder: what the run itself writes.

    Raises:
        BatchError: an input is not there, or its ending says no format.
    """
    sources: list[Source] = []
    left_out = 0
    for given in inputs:
        if given == STANDARD_INPUT:
            sources.append(Source(STANDARD_INPUT_NAME, str(spool), read_as or Format.JSONL, zipped=False))
            continue
        names, in_folder, filesystem = _names(given, apart)
        for name, path in names:
            form, zipped = _format(path)
            if form is None and (in_folder and read_as is None):
                left_out += 1
            else:
                sources.append(Source(name, path, _known(form or read_as, name), zipped, filesystem))
    return Listing(tuple(sources), left_out)


def _names(given: str, apart: Sequence[Path]) -> tuple[list[tuple[str, str]], bool, Any]:
    """Name and path of each file of one input, whether they were found in a folder, and their filesystem."""
    if "://" in given or "::" in given:
        return _names_elsewhere(given)
    path = Path(given)
    if path.is_dir():
        return [(name, name) for name in _walk(path, apart)], True, None
    if path.exists():
        return [(given, given)], False, None
    if not has_magic(given):
        raise BatchError("there is no such file or folder", path=given)
    found = sorted(name for name in glob(given, recursive=True) if not Path(name).is_dir())  # noqa: PTH207 (absolute ones too)
    if not found:
        raise BatchError("no file fits", path=given)
    return [(name, name) for name in found], False, None


def _names_elsewhere(given: str) -> tuple[list[tuple[str, str]], bool, Any]:
    from fsspec.core import url_to_fs

    try:
        filesystem, path = url_to_fs(given)
        # A page is no folder of what it links to, and a question mark in its address stands for itself.
        one = given.startswith(PAGES) or not has_magic(path)
        in_folder = one and not given.startswith(PAGES) and filesystem.isdir(path)
        found = filesystem.find(path) if in_folder else [path] if one else filesystem.glob(path)
    except (ImportError, ValueError, OSError) as error:
        raise BatchError(f"cannot be read: {error}", path=given) from error
    if not found or not all(map(filesystem.exists, found[:1])):
        raise BatchError("there is no such file or folder", path=given)
    return [(filesystem.unstrip_protocol(name), name) for name in sorted(found)], in_folder, filesystem


def _walk(folder: Path, apart: Sequence[Path]) -> Iterator[str]:
    """The files below a folder, hidden ones and those `apart` left out, in the order of their names."""
    own = {os.path.realpath(path) for path in apart}
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if _open_to_view(place, f, own))
        yield from sorted(str(Path(place, f)) for f in files if _open_to_view(place, f, own))


def _open_to_view(place: str, name: str, own: set[str]) -> bool:
    return not name.startswith(".") and os.path.realpath(Path(place, name)) not in own


def _format(path: str) -> tuple[Format | None, bool]:
    """By the ending, and whether it is gzipped.

    >>> _format("a/b.TXT.gz"), _format("c.pdf")
    ((<Format.TEXT: 'text'>, True), (None, False))
    """
    name = path.lower()
    zipped = name.endswith(ZIPPED)
    return ENDINGS.get(Path(name.removesuffix(ZIPPED)).suffix), zipped


def _known(form: Format | None, name: str) -> Format:
    if form is None:
        raise BatchError(f"the ending says no format, known are {', '.join(ENDINGS)}; else use --from", path=name)
    return form
