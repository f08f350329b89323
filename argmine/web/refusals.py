"""The framework's refusals, in our words: handlers of its exceptions, one a kind."""

from collections.abc import Iterable
from http import HTTPStatus
from textwrap import shorten
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from argmine.web.problems import MEANING, STATUS, Code, RefusedError

NO_KEYS = frozenset({"body", "given", "other"})
"""What leads to a fault beside the keys of the body: that it is the body, and which of two forms it has."""
SHOWN, LONGEST = 5, 300


def speak_our_words(app: FastAPI) -> None:
    """Has the application answer its own refusals with a `Problem`."""

    @app.exception_handler(RefusedError)
    async def refused(_: Request, error: RefusedError) -> Response:
        return error.response

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        return _invalid(error.errors()).response

    @app.exception_handler(HTTPException)
    async def unrouted(_: Request, error: HTTPException) -> Response:
        code = _CODES.get(error.status_code, Code.INTERNAL)
        return RefusedError(code, MEANING[STATUS[code]], headers=error.headers).response


_CODES: dict[int, Code] = {
    HTTPStatus.BAD_REQUEST: Code.NO_JSON,
    HTTPStatus.NOT_FOUND: Code.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: Code.WRONG_METHOD,
}


def _invalid(faults: Iterable[Any]) -> RefusedError:
    """One refusal for all faults of a body, at the place of the first."""
    found = list(faults)
    if found[0]["type"] == "json_invalid":
        where = f"character {found[0]['loc'][-1]}"
        return RefusedError(Code.NO_JSON, f"no JSON: {found[0]['ctx']['error']}", place=where)
    told = [_told(fault) for fault in found[:SHOWN]]
    more = [f"{len(found) - SHOWN} faults more"] if len(found) > SHOWN else []
    return RefusedError(Code.INVALID, "; ".join(told + more), place=_place(found[0]) or None)


def _told(fault: Any) -> str:
    message = fault["msg"].removeprefix("Value error, ")
    return ": ".join(filter(None, (_place(fault), shorten(message, LONGEST, placeholder=" …"))))


def _place(fault: Any) -> str:
    return ".".join(str(key) for key in fault["loc"] if key not in NO_KEYS)
