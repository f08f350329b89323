"""Every way in which an endpoint may fail, played by a stand-in; nothing waits."""

from typing import Any

import pytest

from argmine.errors import ServiceError
from argmine.integrations.llm import KEY_VARIABLE, LlmSettings
from argmine.integrations.llm.client import ChatClient, Exchange
from argmine.integrations.llm.prompt import SCHEMA
from argmine.integrations.llm.wire import Form
from tests.integrations.llm.stand_in import Deed, Drop, Raw, Silence, StandIn, Waits, fails, says, serving

QUESTION = [{"role": "user", "content": "Well?"}]
KEY = "sk-very-secret"


def asking(stand_in: StandIn, waits: Waits | None = None, *, key: str | None = None, **settings: Any) -> ChatClient:
    chosen = LlmSettings(url=stand_in.url, model="m", **settings)
    return ChatClient(chosen, api_key=key, clock=(waits or Waits()).clock())


def asked(*script: Deed, waits: Waits | None = None, **settings: Any) -> Exchange:
    with serving(*script) as stand_in:
        client = asking(stand_in, waits, **settings)
        try:
            return client.ask(QUESTION)
        finally:
            client.close()


def refused(*script: Deed, waits: Waits | None = None, **settings: Any) -> str:
    with pytest.raises(ServiceError) as caught:
        asked(*script, waits=waits, **settings)
    return str(caught.value)


@pytest.fixture(autouse=True)
def _without_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


def test_answer_comes_with_its_end_tokens_and_model() -> None:
    exchange = asked(says("Yes", finish="length", tokens=(7, 3)))
    assert (exchange.reply.content, exchange.reply.finish, exchange.reply.answered_by) == (
        "Yes",
        "length",
        "stand-in-1",
    )
    assert (exchange.usage.requests, exchange.usage.prompt_tokens, exchange.usage.completion_tokens) == (1, 7, 3)


def test_request_holds_model_messages_sampling_and_schema() -> None:
    with serving(says("Yes")) as stand_in:
        client = asking(stand_in, extra={"seed": 4, "temperature": 0.5})
        client.ask(QUESTION)
        client.close()
    (body,) = stand_in.bodies
    form = body.pop("response_format")
    assert body == {"model": "m", "messages": QUESTION, "temperature": 0.5, "max_tokens": 4096, "seed": 4}
    assert form == {"type": "json_schema", "json_schema": {"name": "argument_graph", "strict": True, "schema": SCHEMA}}


def test_time_is_measured_from_question_to_answer_without_pauses() -> None:
    waits = Waits()

    def answer(_: Any) -> Deed:
        waits.time += 2.5
        return says("Yes") if waits.noted else fails(500)

    with serving(by=answer) as stand_in:
        client = asking(stand_in, waits)
        usage = client.ask(QUESTION).usage
        client.close()
    assert (usage.seconds, usage.failures, waits.noted) == (2.5, 1, [1.0])


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 529])
def test_what_may_pass_is_asked_again_after_growing_pauses(status: int) -> None:
    waits = Waits()
    exchange = asked(fails(status), fails(status), fails(status), says("Yes"), waits=waits)
    assert exchange.reply.content == "Yes"
    assert exchange.usage.failures == 3
    assert waits.noted == [1, 2, 4]


@pytest.mark.parametrize("deed", [Drop(), Raw(b'{"choices', promised=500)])
def test_a_dropped_connection_is_asked_again(deed: Deed) -> None:
    assert asked(deed, says("Yes")).reply.content == "Yes"


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"<html>busy</html>",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{}]}',
        b'{"choices": [{"message": {"content": 3}}]}',
        b'\xff\xfe{"',
    ],
)
def test_a_response_that_is_no_completion_is_asked_again(garbage: bytes) -> None:
    exchange = asked(Raw(garbage), says("Yes"))
    assert (exchange.reply.content, exchange.usage.failures) == ("Yes", 1)


def test_silence_ends_by_the_time_limit() -> None:
    assert asked(Silence(20), says("Yes"), timeout=0.1).reply.content == "Yes"
    assert "failed 1 times, at last: no sign for 0.1 seconds" in refused(Silence(20), timeout=0.1, attempts=1)


def test_a_connection_that_nobody_takes_is_an_error() -> None:
    with serving() as stand_in:
        pass
    client = asking(stand_in, attempts=2)
    with pytest.raises(ServiceError, match=r"/v1/chat/completions: failed 2 times, at last: the connection failed"):
        client.ask(QUESTION)
    client.close()


@pytest.mark.parametrize(("header", "wait"), [("7", 7.0), ("Thu, 01 Jan 1970 00:01:30 GMT", 90.0), ("0", 0.0)])
def test_the_pause_that_is_asked_for_is_kept(header: str, wait: float) -> None:
    waits = Waits()
    asked(fails(429, retry_after=header), says("Yes"), waits=waits)
    assert waits.noted == [wait]


def test_a_pause_that_is_too_long_is_an_error() -> None:
    waits = Waits()
    found = refused(fails(429, "slow down", retry_after="86400"), waits=waits)
    assert "asks for a pause of 86400 seconds, more than 300; HTTP 429: slow down" in found
    assert waits.noted == []


def test_attempts_have_an_end() -> None:
    waits = Waits()
    assert "failed 3 times, at last: HTTP 503: busy" in refused(*[fails(503, "busy")] * 3, waits=waits, attempts=3)
    assert waits.noted == [1, 2]


@pytest.mark.parametrize("status", [301, 401, 403, 404])
def test_what_does_not_pass_is_an_error_at_once(status: int) -> None:
    assert f"HTTP {status}: no such luck" in refused(fails(status, "no such luck"))


def test_a_spent_quota_is_an_error_at_once() -> None:
    assert "HTTP 429: pay first" in refused(fails(429, "pay first", code="insufficient_quota"))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"error": {"message": "too long", "type": "invalid"}}', "HTTP 403: too long"),
        (b'{"error": "too long"}', "HTTP 403: too long"),
        (b'{"detail": [{"msg": "too long"}]}', "HTTP 403: [{'msg': 'too long'}]"),
        (b"too\n\x1blong", "HTTP 403: too �long"),
        (b"", "HTTP 403: "),
    ],
)
def test_an_error_tells_what_the_endpoint_said_in_one_line(body: bytes, message: str) -> None:
    assert refused(Raw(body, 403)).endswith(message)


@pytest.mark.parametrize("status", [400, 422, 501])
def test_an_endpoint_without_schemas_is_asked_for_json(status: int) -> None:
    with serving(fails(status), says("Yes"), says("Yes")) as stand_in:
        client = asking(stand_in)
        assert [client.ask(QUESTION).form, client.ask(QUESTION).form] == [Form.JSON, Form.JSON]
        client.close()
    kinds = [body["response_format"]["type"] for body in stand_in.bodies]
    assert kinds == ["json_schema", "json_object", "json_object"]


def test_an_endpoint_without_json_is_asked_for_text() -> None:
    with serving(fails(400), fails(400), says("Yes"), says("Yes")) as stand_in:
        client = asking(stand_in)
        assert [client.ask(QUESTION).form, client.ask(QUESTION).form] == [Form.TEXT, Form.TEXT]
        client.close()
    assert ["response_format" in body for body in stand_in.bodies] == [True, True, False, False]


def test_a_question_that_no_form_helps_is_an_error_and_says_nothing_of_the_next() -> None:
    with serving(*[fails(400, "too long")] * 3, says("Yes")) as stand_in:
        client = asking(stand_in)
        with pytest.raises(ServiceError, match="HTTP 400: too long"):
            client.ask(QUESTION)
        assert client.ask(QUESTION).form is Form.SCHEMA
        client.close()


def test_requests_keep_the_limit_a_minute() -> None:
    waits = Waits()
    asked(fails(500, retry_after="0"), says("Yes"), waits=waits, requests_per_minute=20)
    assert waits.noted == [0, 3]


def test_key_is_sent_as_a_bearer_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "from-environment\n")
    with serving(*[says("Yes")] * 3) as stand_in:
        for key in (KEY, None, ""):
            client = asking(stand_in, key=key)
            client.ask(QUESTION)
            client.close()
    sent = [headers.get("Authorization") for headers in stand_in.headers]
    assert sent == [f"Bearer {KEY}", "Bearer from-environment", None]


@pytest.mark.parametrize(
    "deed", [fails(401, f"wrong key {KEY}"), Raw(f"you sent {KEY}".encode(), 400), fails(500, KEY)]
)
def test_an_error_does_not_tell_the_key(deed: Deed) -> None:
    with serving(*[deed] * 3) as stand_in:
        client = asking(stand_in, key=KEY, attempts=1)
        with pytest.raises(ServiceError, match=r"\[key\]") as caught:
            client.ask(QUESTION)
        client.close()
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("before", range(280, 305, 4))
def test_an_error_that_is_cut_does_not_tell_a_part_of_the_key(before: int) -> None:
    with serving(fails(403, "x" * before + KEY)) as stand_in:
        client = asking(stand_in, key=KEY)
        with pytest.raises(ServiceError) as caught:
            client.ask(QUESTION)
        client.close()
    assert KEY[:3] not in str(caught.value)


def test_an_error_does_not_tell_what_an_address_has_of_secrets() -> None:
    with serving(fails(403)) as stand_in:
        url = stand_in.url.replace("//", f"//user:{KEY}@") + f"?token={KEY}"
        client = ChatClient(LlmSettings(url=url, model="m"))
        with pytest.raises(ServiceError) as caught:
            client.ask(QUESTION)
        client.close()
    assert str(caught.value) == f"{stand_in.url}/chat/completions: HTTP 403: no"


def test_a_key_that_no_header_can_carry_is_refused_untold() -> None:
    for key in ("schlüssel", "a\nb"):
        with pytest.raises(ValueError, match="characters that no header can carry") as caught:
            ChatClient(LlmSettings(url="http://127.0.0.1", model="m"), api_key=key)
        assert key not in str(caught.value)
