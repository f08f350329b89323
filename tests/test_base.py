"""What all typed objects share: they cannot be changed, refuse unknown fields, and check what follows from others."""

from collections.abc import Mapping
from typing import ClassVar

import pytest
from pydantic import ValidationError, computed_field, model_validator

from argmine.base import Derived, Frozen


class Pair(Frozen):
    """Two numbers in order."""

    low: int
    high: int = 9

    @model_validator(mode="after")
    def _ordered(self) -> "Pair":
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class Box(Derived):
    """A value with two keys that follow from its sides."""

    derived: ClassVar[Mapping[str, str]] = {"area": "width", "sides": "height"}

    id: str = "b"
    width: int
    height: int

    @computed_field  # type: ignore[prop-decorator]
    @property
    def area(self) -> int:
        return self.width * self.height

    @computed_field  # type: ignore[prop-decorator]
    @property
    def sides(self) -> tuple[int, ...]:
        return self.width, self.height


class Shelf(Frozen):
    """What holds boxes."""

    boxes: tuple[Box, ...]


def test_value_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Pair(low=1).low = 2  # type: ignore[misc]


def test_value_can_be_a_key() -> None:
    assert {Pair(low=1): "a"}[Pair(low=1, high=9)] == "a"


def test_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="mid\n  Extra inputs are not permitted"):
        Pair.model_validate({"low": 1, "mid": 2})


def test_default_is_checked_too() -> None:
    class Wrong(Frozen):
        number: int = "nine"  # type: ignore[assignment]

    with pytest.raises(ValidationError, match="valid integer"):
        Wrong()


def test_copy_is_equal_and_leaves_the_original() -> None:
    pair = Pair(low=1)
    assert pair.model_copy() == pair
    assert pair.model_copy(update={"low": 3}) == Pair(low=3)
    assert pair.low == 1


@pytest.mark.parametrize(
    ("update", "message"),
    [({"low": 10}, "low is above high"), ({"low": "one"}, "valid integer"), ({"mid": 2}, "Extra inputs")],
)
def test_copy_is_held_to_the_rules(update: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Pair(low=1).model_copy(update=update)


def test_derived_keys_are_written_after_the_field_they_name() -> None:
    assert list(Box(width=2, height=3).model_dump()) == ["id", "width", "area", "height", "sides"]
    assert Box(width=2, height=3).model_dump_json() == '{"id":"b","width":2,"area":6,"height":3,"sides":[2,3]}'


def test_schema_has_the_keys_in_the_order_they_are_written() -> None:
    assert list(Box.model_json_schema(mode="serialization")["properties"]) == ["id", "width", "area", "height", "sides"]


def test_derived_keys_may_be_absent() -> None:
    assert Box.model_validate_json('{"width": 2, "height": 3}').area == 6


def test_what_is_written_is_read_back() -> None:
    box = Box(width=2, height=3)
    assert Box.model_validate_json(box.model_dump_json()) == Box.model_validate(box.model_dump()) == box


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ('"area": 7', "Box b: area is 7, but the other fields imply 6"),
        ('"area": null', "Box b: area is None, but the other fields imply 6"),
        ('"sides": [3, 2]', r"Box b: sides is \[3, 2\], but the other fields imply \[2, 3\]"),
        ('"area": 6, "sides": []', r"Box b: sides is \[\]"),
        ('"volume": 6', "Extra inputs"),
    ],
)
def test_derived_keys_are_checked_and_not_trusted(keys: str, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Box.model_validate_json(f'{{"width": 2, "height": 3, {keys}}}')


def test_derived_value_inside_another_is_checked_and_written_in_order() -> None:
    shelf = Shelf(boxes=(Box(width=2, height=3),))
    assert Shelf.model_validate_json(shelf.model_dump_json()) == shelf
    assert '"width":2,"area":6' in shelf.model_dump_json()
    with pytest.raises(ValidationError, match=r"boxes\.0\n.*area is 7"):
        Shelf.model_validate({"boxes": [{"width": 2, "height": 3, "area": 7}]})


def test_keys_that_are_excluded_stay_out() -> None:
    assert list(Box(width=2, height=3).model_dump(exclude={"area", "id"})) == ["width", "height", "sides"]
