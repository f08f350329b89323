"""Answers on disk, a file a question, so that a run which was stopped asks only what is missing.

The file's name is a digest of model, settings of sampling, prompt and text. It holds what was answered and what that
came to; neither the key nor the address.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue, ValidationError

from argmine.base import Frozen
from argmine.errors import FormatError, faults
from argmine.formats.output import replacing
from argmine.integrations.llm.usage import Usage
from argmine.integrations.llm.wire import Form


class Record(Frozen):
    """An answer as it is kept.

    Attributes:
        content: the last answer's text.
        refusal: what the model said instead of answering, if it did.
        finish: why the answer ended, where the endpoint says so.
        answered_by: the model's name as the endpoint has it.
        form: how the answer's form was enforced.
        usage: of all questions that led to it.
    """

    content: str
    refusal: str | None
    finish: str | None
    answered_by: str | None
    form: Form
    usage: Usage


@dataclass(frozen=True, slots=True)
class AnswerCache:
    """Records in a folder, which is made when the first is kept."""

    folder: Path

    def find(self, question: JsonValue) -> Record | None:
        """What was answered to just this question, None where it was not asked yet.

        Raises:
            FormatError: the file cannot be read or is no record; it names the file, which may be deleted.
        """
        path = self._path(question)
        try:
            return Record.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror}", path=path) from error
        except ValidationError as error:
            raise FormatError(f"no answer of a language model: {faults(error)}", path=path) from error

    def keep(self, question: JsonValue, record: Record) -> None:
        """Writes a record, whole or not at all.

        Raises:
            ArgmineError: it cannot be written.
        """
        path = self._path(question)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FormatError(f"cannot be made: {error.strerror}", path=path.parent) from error
        with replacing(path) as stream:
            stream.write(record.model_dump_json(indent=1).encode() + b"\n")

    def _path(self, question: JsonValue) -> Path:
        return self.folder / f"{digest(question)}.json"


def digest(question: JsonValue) -> str:
    """The sha256 of a JSON value, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(question, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
