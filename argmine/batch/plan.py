"""`Plan`: all on which a run's table depends, by which a later run knows whether it may go on."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from argmine.base import Frozen
from argmine.batch.addresses import Source
from argmine.batch.durable import digest_of
from argmine.batch.scorer import Identity
from argmine.batch.table import TableFormat
from argmine.errors import BatchError, faults

NAMED = 3
"""How many changed inputs are named."""
SIZE = "size"
TOLD_ELSEWHERE = (SIZE, "ETag", "etag", "LastModified", "last_modified", "mtime", "md5", "generation", "created")
"""What filesystems elsewhere say of a file that changes with its content."""


class Settings(Frozen):
    """What of the options the table depends on."""

    table: TableFormat
    graphs: bool
    read_as: str | None
    text_column: str
    id_column: str


class Plan(Frozen):
    """All on which a run's table depends; `inputs` has a digest for each file by its name."""

    version: Literal[1] = 1
    settings: Settings
    identity: Identity
    inputs: dict[str, str]

    def changes(self, later: "Plan") -> Iterator[str]:
        """What is unlike in a later plan, in words."""
        before, after = (plan.model_dump(mode="json", exclude={"inputs"}) for plan in (self, later))
        yield from differences(before, after)
        yield from _changed_inputs(self.inputs, later.inputs)
        if self.inputs == later.inputs and list(self.inputs) != list(later.inputs):
            yield "the inputs stand in another order"


def fingerprints(sources: Iterable[Source]) -> dict[str, str]:
    """The digest of each source: of its bytes, or of what a filesystem says of it, if more than its size.

    Raises:
        BatchError: two inputs have one name.
    """
    found: dict[str, str] = {}
    for source in sources:
        if source.name in found:
            raise BatchError("this file is given twice", path=source.name)
        found[source.name] = _fingerprint(source)
    return found


def read_plan(path: Path) -> Plan | None:
    """The plan of a run, None where there is none.

    Raises:
        BatchError: it is damaged or of another version of argmine.
    """
    try:
        return Plan.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise BatchError(f"is damaged, or of another version: {faults(error)}", path=path) from error


def _fingerprint(source: Source) -> str:
    try:
        info = {} if source.filesystem is None else source.filesystem.info(source.path)
        told = {key: str(info[key]) for key in TOLD_ELSEWHERE if key in info}
        if told.keys() - {SIZE}:
            return json.dumps(told)
        with source.open_raw() as stream:
            return digest_of(stream)
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"


def differences(before: Mapping[str, object], after: Mapping[str, object], place: str = "") -> Iterator[str]:
    """What is unlike in two nested mappings of plain values, in words."""
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from differences(old, new, f"{place}{key} ")
        elif old != new:
            yield f"{place}{key} was {old}, is {new}"


def _changed_inputs(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    kinds = {
        "gone": [name for name in before if name not in after],
        "new": [name for name in after if name not in before],
        "changed": [name for name in before if name in after and before[name] != after[name]],
    }
    for kind, names in kinds.items():
        if names:
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            yield f"{kind}: {', '.join(names[:NAMED])}{more}"
