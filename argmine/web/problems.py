"""What a request is told that is not answered: one model of error, with a code, a message and a place."""

from collections.abc import Mapping
from enum import StrEnum
from math import ceil

from pydantic import Field
from starlette.responses import Response

from argmine.base import Frozen
from argmine.errors import ArgmineError


class Code(StrEnum):
    """Why a request is not answered."""

    NO_JSON = "no_json"
    NO_TOKEN = "no_token"  # noqa: S105 (a code)
    NOT_FOUND = "not_found"
    WRONG_METHOD = "wrong_method"
    SLOW_BODY = "slow_body"
    TOO_LARGE = "too_large"
    MEDIA_TYPE = "media_type"
    WRONG_HOST = "wrong_host"
    INVALID = "invalid"
    UNREADABLE = "unreadable"
    TOO_MANY = "too_many"
    INTERNAL = "internal"
    TIMEOUT = "timeout"
    STOPPING = "stopping"


STATUS: Mapping[Code, int] = {
    Code.NO_JSON: 400,
    Code.NO_TOKEN: 401,
    Code.NOT_FOUND: 404,
    Code.WRONG_METHOD: 405,
    Code.SLOW_BODY: 408,
    Code.TOO_LARGE: 413,
    Code.MEDIA_TYPE: 415,
    Code.WRONG_HOST: 421,
    Code.INVALID: 422,
    Code.UNREADABLE: 422,
    Code.TOO_MANY: 429,
    Code.INTERNAL: 500,
    Code.TIMEOUT: 503,
    Code.STOPPING: 503,
}

MEANING: Mapping[int, str] = {
    400: "The body is no JSON.",
    401: "The token is missing or wrong.",
    404: "There is nothing of that path.",
    405: "The path does not take that method.",
    408: "The body took too long to arrive.",
    413: "The body, or a text in it, is too long.",
    415: "The body is not said to be JSON.",
    421: "The request names a host that this server does not answer for.",
    422: "The body breaks a rule; `place` says where.",
    429: "Too many requests wait; `Retry-After` says in how many seconds to come again.",
    500: "The server failed.",
    503: "The answer took too long, or the server is stopping; come again after `Retry-After` seconds.",
}


class Problem(Frozen):
    """Why a request was not answered: a `code` for programs, a `message` for people, and the `place` of the fault.

    The place is a path into the body (`components.0.start`), a file with its line (`piece.ann:7`), the name of a
    header, or null where the request as a whole is meant.
    """

    code: Code
    message: str
    place: str | None = Field(default=None, examples=["components.0.start"])


class RefusedError(ArgmineError):
    """A request that is not answered.

    Args:
        code: why; it decides the status.
        message: for people.
        place: where in the request, None for the whole of it.
        headers: of the response, such as `Retry-After`.
    """

    def __init__(
        self, code: Code, message: str, *, place: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.problem = Problem(code=code, message=_cut(message, 2000), place=place and _cut(place, 200))
        self.headers = dict(headers or {})

    @property
    def response(self) -> Response:
        """What is sent."""
        code = self.problem.code
        body = self.problem.model_dump_json()
        return Response(body, STATUS[code], headers=self.headers, media_type="application/json")


def later(code: Code, message: str, seconds: float) -> RefusedError:
    """A refusal that says after how many seconds, at least one, to come again."""
    return RefusedError(code, message, headers={"Retry-After": str(max(1, ceil(seconds)))})


def _cut(text: str, most: int) -> str:
    """What of a text is shown: a refusal repeats little of what it refuses."""
    return text if len(text) <= most else f"{text[:most]} …"
