"""What the modules of formats share about files: one graph a file, JSON with its place, text that appears whole."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from argmine.errors import FormatError, faults
from argmine.formats.output import replacing
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph


@contextmanager
def reading(path: Path, form: str) -> Iterator[None]:
    """Says of what goes wrong inside where it does: in `path`, which is no `form` where it has not its fields.

    Raises:
        FormatError: whatever was wrong, with its place.
    """
    try:
        yield
    except FormatError as error:
        raise FormatError(error.message, path=path, line=error.line) from error
    except ValidationError as error:
        raise FormatError(f"no {form}: {faults(error)}", path=path) from error


def stem(path: Path) -> str:
    """A file's name without its endings, which names a document that nothing else names."""
    return path.name.partition(".")[0] or path.name


def only(graphs: Sequence[ArgumentGraph], path: Path) -> ArgumentGraph:
    """The graph of a file that holds one.

    Raises:
        FormatError: there are none or several.
    """
    if len(graphs) != 1:
        raise FormatError(f"holds one graph a file, and there are {len(graphs)}: name a folder instead", path=path)
    return graphs[0]


def write_text(text: str, path: Path) -> None:
    """Writes a file in UTF-8, whole or not at all; no newline is translated.

    Raises:
        ArgmineError: it cannot be written.
    """
    with replacing(path) as stream:
        stream.write(text.encode())


def read_json(path: Path) -> Any:
    """What a JSON file holds.

    Raises:
        FormatError: it is missing, not UTF-8 or no JSON; it names the line.
    """
    text = read_text(path).removeprefix("\ufeff")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(f"no JSON: {error.msg}", path=path, line=error.lineno) from error
    except RecursionError as error:
        raise FormatError("no JSON that can be read: too deep", path=path) from error


def write_json(content: Any, path: Path) -> None:
    """Writes a JSON file, indented.

    Raises:
        ArgmineError: it cannot be written.
    """
    write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", path)
