"""Chat completions over HTTP: one question, one reply, in as many attempts as it takes within reason.

An endpoint that fails, drops the connection, stays silent or is overloaded is asked again after a while, for as long as
it says where it does say (`Retry-After`). One that knows no JSON schema is asked for JSON, one that does not know that
either for text.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
from pydantic import JsonValue

from argmine.document import one_line
from argmine.errors import ServiceError
from argmine.integrations.llm.pacing import Clock, Pace, asked_wait, backoff
from argmine.integrations.llm.prompt import Message
from argmine.integrations.llm.settings import KEY_VARIABLE, LlmSettings
from argmine.integrations.llm.usage import Usage
from argmine.integrations.llm.wire import Form, Reply, body, error_parts, read_reply

# What may pass by itself: time-outs, conflicts, too many requests, and the server's own troubles.
PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
# What an endpoint says to a form of answer that it does not know.
REFUSES_FORM = frozenset({400, 415, 422, 501})
# Codes of 429 that no waiting helps.
SPENT = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
SHOWN = 300
SHORTEST_KEY = 8


@dataclass(frozen=True, slots=True)
class Exchange:
    """A reply, the form in which it was asked for, and what it came to."""

    reply: Reply
    form: Form
    usage: Usage


class _FailedError(Exception):
    """An attempt that failed in a way that may pass; `wait` is what the endpoint asked for, in seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class _FormRefusedError(Exception):
    """The endpoint may not know the form of answer that it was asked for."""


class ChatClient:
    """Asks one endpoint; several threads may share it.

    Args:
        settings: where and how.
        api_key: sent as a bearer token; what `ARGMINE_LLM_API_KEY` holds where None. It stands in no error and no file.
        clock: how time passes.

    Raises:
        ValueError: the key has characters that no header can carry.
    """

    def __init__(self, settings: LlmSettings, *, api_key: str | None = None, clock: Clock | None = None) -> None:
        self.settings = settings
        self._clock = clock or Clock()
        self._pace = Pace(settings.requests_per_minute, self._clock)
        self._form = Form.SCHEMA
        self._key = (os.environ.get(KEY_VARIABLE, "") if api_key is None else api_key).strip()
        if not (self._key.isascii() and self._key.isprintable()):
            raise ValueError("the API key has characters that no header can carry")
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        self._http = httpx.Client(headers=headers, timeout=settings.timeout)

    def close(self) -> None:
        """Closes its connections."""
        self._http.close()

    def ask(self, messages: Sequence[Message]) -> Exchange:
        """The endpoint's answer to a conversation, asked for in the strictest form that it knows.

        Raises:
            ServiceError: it refuses, or fails at every attempt; the message has what it said, but never the key.
        """
        forms = list(Form)
        for form in forms[forms.index(self._form) :]:
            try:
                exchange = self._ask(messages, form)
            except _FormRefusedError as error:
                if form is forms[-1]:
                    raise self._error(str(error)) from error
            else:
                self._form = form
                return exchange
        raise AssertionError("the last form returns or raises")

    def _ask(self, messages: Sequence[Message], form: Form) -> Exchange:
        content = body(self.settings, messages, form)
        failures = 0
        while True:
            self._pace.wait()
            start = self._clock.monotonic()
            try:
                reply = self._attempt(content)
            except _FailedError as error:
                failures += 1
                self._pause(error, failures)
            else:
                return Exchange(reply, form, _usage(reply, failures, self._clock.monotonic() - start))

    def _attempt(self, content: Mapping[str, JsonValue]) -> Reply:
        try:
            response = self._http.post(self.settings.address, json=content)
        except httpx.TimeoutException as error:
            raise _FailedError(f"no sign for {self.settings.timeout:g} seconds") from error
        except httpx.TransportError as error:
            raise _FailedError(f"the connection failed: {str(error) or type(error).__name__}") from error
        except httpx.HTTPError as error:
            raise self._error(f"cannot be asked: {error}") from error
        if response.status_code == httpx.codes.OK:
            try:
                return read_reply(self._untold(response.text).encode())
            except ValueError as error:
                raise _FailedError(str(error)) from error
        raise self._refusal(response)

    def _refusal(self, response: httpx.Response) -> Exception:
        """What a response that is no success amounts to."""
        status = response.status_code
        text = self._untold(response.text)
        message, code = error_parts(_json(text), text)
        said = f"HTTP {status}: {one_line(message)[:SHOWN]}"
        if status in PASSING and code not in SPENT:
            return _FailedError(said, asked_wait(response.headers.get("retry-after"), self._clock))
        return _FormRefusedError(said) if status in REFUSES_FORM else self._error(said)

    def _pause(self, error: _FailedError, failures: int) -> None:
        """Waits for the next attempt, where there is to be one.

        Raises:
            ServiceError: there is none.
        """
        if failures >= self.settings.attempts:
            raise self._error(f"failed {failures} times, at last: {error}") from error
        wait = backoff(failures, self._clock) if error.wait is None else error.wait
        if wait > self.settings.longest_wait:
            raise self._error(
                f"asks for a pause of {wait:g} seconds, more than {self.settings.longest_wait:g}; {error}"
            )
        self._clock.sleep(wait)

    def _untold(self, text: str) -> str:
        """A text without the key; what is too short for one, such as `none`, is left alone."""
        return text.replace(self._key, "[key]") if len(self._key) >= SHORTEST_KEY else text

    def _error(self, message: str) -> ServiceError:
        """An error that tells neither the key nor what an address has of secrets."""
        parts = urlsplit(self.settings.address)
        host = parts.netloc.rpartition("@")[2]
        return ServiceError(self._untold(message), path=urlunsplit((parts.scheme, host, parts.path, "", "")))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return None


def _usage(reply: Reply, failures: int, seconds: float) -> Usage:
    return Usage(
        requests=1,
        failures=failures,
        prompt_tokens=reply.prompt_tokens,
        completion_tokens=reply.completion_tokens,
        seconds=round(seconds, 6),
    )
