"""`Frozen`: an immutable pydantic model closed to unknown fields; `Derived`: one that writes what others imply."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class Frozen(BaseModel):
    """A value: it cannot be changed, and refuses fields that it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        ser_json_inf_nan="strings",
        validate_default=True,
        json_schema_serialization_defaults_required=True,
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy; what `update` changes is checked by the rules of a new object, which pydantic's own copy leaves out.

        Raises:
            pydantic.ValidationError: the changed object breaks a rule.
        """
        copy = super().model_copy(deep=deep)
        return self.model_validate({**dict(copy), **update}) if update else copy


class Derived(Frozen):
    """A value that writes, for those who read its JSON, keys which follow from its fields.

    A subclass makes such a key a computed field and names it in `derived`, with the field after which it is written.
    When read back, a derived key may be absent; where it is present, it must say what the fields say.
    """

    derived: ClassVar[Mapping[str, str]] = {}

    @model_validator(mode="wrap")
    @classmethod
    def _check_derived(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, dict) or not cls.derived.keys() & data.keys():
            return handler(data)
        value = handler({key: item for key, item in data.items() if key not in cls.derived})
        for key in cls.derived.keys() & data.keys():
            found, implied = _plain(data[key]), _plain(getattr(value, key))
            if found != implied:
                name = f"{cls.__name__} {getattr(value, 'id', '')}".strip()
                raise ValueError(f"{name}: {key} is {found!r}, but the other fields imply {implied!r}")
        return value

    # Without a return type, for pydantic would take it for the JSON schema.
    @model_serializer(mode="wrap")
    def _in_order(self, handler: SerializerFunctionWrapHandler):  # type: ignore[no-untyped-def]
        written = handler(self)
        return {key: written[key] for key in _order(type(self)) if key in written}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = handler(schema)
        properties = handler.resolve_ref_schema(described).get("properties", {})
        ordered = {key: properties.pop(key) for key in _order(cls) if key in properties}
        properties.update(ordered)
        return described


def _order(kind: type[Derived]) -> list[str]:
    """The fields, each followed by what is derived and written after it."""
    return [k for name in kind.model_fields for k in (name, *(d for d, after in kind.derived.items() if after == name))]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else str(value) if isinstance(value, str) else value
