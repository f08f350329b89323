"""`Frozen`: an immutable pydantic model closed to unknown fields, whose derived keys are checked on reading."""

from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, model_validator


class Frozen(BaseModel):
    """A value: it cannot be changed, and refuses fields that it does not know.

    A subclass names in `derived` the keys that it writes for readers of its JSON and that follow from the others.
    When read back, a derived key may be absent; where it is present, it must say what the other fields say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings", validate_default=True)

    derived: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="wrap")
    @classmethod
    def _check_derived(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, dict) or not cls.derived.intersection(data):
            return handler(data)
        value = handler({key: item for key, item in data.items() if key not in cls.derived})
        for key in sorted(cls.derived.intersection(data)):
            found, implied = data[key], getattr(value, key)
            if (tuple(found) if isinstance(found, list) else found) != implied:
                raise ValueError(f"{key} is {found!r}, but the other fields imply {implied!r}")
        return value
