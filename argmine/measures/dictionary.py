"""The data dictionary: name, kind, unit, definition and source of every measure, read off `Measures`."""

from dataclasses import dataclass
from typing import Literal

from argmine.measures.model import Measures

Kind = Literal["boolean", "integer", "number"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure; `nullable` where it may be null."""

    name: str
    kind: Kind
    nullable: bool
    unit: str
    description: str
    source: str


def data_dictionary() -> tuple[Entry, ...]:
    """An entry a measure, in the order of the fields of `Measures`."""
    properties = Measures.model_json_schema(mode="serialization")["properties"]
    return tuple(_entry(name, described) for name, described in properties.items())


def _entry(name: str, described: dict[str, object]) -> Entry:
    forms = described.get("anyOf", [described])
    kinds = [form["type"] for form in forms] if isinstance(forms, list) else []
    return Entry(
        name=name,
        kind=kinds[0],
        nullable="null" in kinds,
        unit=str(described["unit"]),
        description=str(described["description"]),
        source=str(described["source"]),
    )
