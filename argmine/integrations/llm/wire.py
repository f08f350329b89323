"""What goes over the wire in chat completions: the body of a request, and the parts of a response that matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, JsonValue, NonNegativeInt, ValidationError

from argmine.errors import faults
from argmine.integrations.llm.prompt import FORM_NAME, SCHEMA, Message
from argmine.integrations.llm.settings import LlmSettings

ERROR_KEYS = ("error", "message", "detail")


class Form(StrEnum):
    """How an answer's form is enforced, from the strictest."""

    SCHEMA = "json_schema"
    JSON = "json_object"
    TEXT = "text"

    def keys(self) -> dict[str, JsonValue]:
        """What a request's body has for it; plain text is what an endpoint gives unasked."""
        if self is Form.SCHEMA:
            schema: dict[str, JsonValue] = {"name": FORM_NAME, "strict": True, "schema": SCHEMA}
            return {"response_format": {"type": self.value, "json_schema": schema}}
        return {"response_format": {"type": self.value}} if self is Form.JSON else {}


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint answered.

    Attributes:
        content: the answer's text, empty where there is none.
        finish: why it ended: `stop`, `length`, …; None where it does not say.
        refusal: what the model said instead of an answer.
        answered_by: the model's name as the endpoint has it.
        prompt_tokens: of the question, None where the endpoint did not count them.
        completion_tokens: of the answer, likewise.
    """

    content: str
    finish: str | None
    refusal: str | None
    answered_by: str | None
    prompt_tokens: int | None
    completion_tokens: int | None


def body(settings: LlmSettings, messages: Sequence[Message], form: Form) -> dict[str, JsonValue]:
    """A request's body."""
    said: list[JsonValue] = [{**message} for message in messages]
    return {"messages": said, **form.keys(), **settings.sampling()}


def read_reply(data: bytes) -> Reply:
    """The first choice of a response.

    Raises:
        ValueError: it is no chat completion; the message says what is wrong with it.
    """
    try:
        response = _Response.model_validate_json(data)
    except ValidationError as error:
        raise ValueError(f"no chat completion: {faults(error)[:300]}") from error
    if not response.choices:
        raise ValueError("no chat completion: it has no choices")
    choice, usage = response.choices[0], response.usage or _Tokens()
    return Reply(
        content=choice.message.content or "",
        finish=choice.finish_reason,
        refusal=choice.message.refusal,
        answered_by=response.model,
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
    )


def error_parts(content: Any, text: str) -> tuple[str, str | None]:
    """What an endpoint says of a failure, and the failure's code where it gives one.

    Args:
        content: its response as JSON, None where it is none.
        text: its response.
    """
    told = content
    while isinstance(told, dict):
        inner = next((told[key] for key in ERROR_KEYS if told.get(key)), None)
        if not isinstance(inner, dict):
            code = told.get("code") or told.get("type")
            return str(inner or text), code if isinstance(code, str) else None
        told = inner
    return text, None


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Tokens(BaseModel):
    prompt_tokens: NonNegativeInt | None = None
    completion_tokens: NonNegativeInt | None = None


class _Response(BaseModel):
    """What is read of a response; endpoints send much more."""

    choices: tuple[_Choice, ...]
    model: str | None = None
    usage: _Tokens | None = None
