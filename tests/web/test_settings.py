"""What a server may be told."""

import pytest
from pydantic import SecretStr, ValidationError

from argmine.web.settings import Settings
from tests.web.stand_in import EVERYWHERE


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_machine_alone_needs_no_token(host: str) -> None:
    assert Settings(host=host).token is None


@pytest.mark.parametrize(
    "host",
    [EVERYWHERE, "::", "192.0.2.7", "2001:db8::1", "example.org", "localhost.example.org"],
)
def test_an_address_that_others_reach_demands_a_token(host: str) -> None:
    with pytest.raises(ValidationError, match=f"others than this machine may reach {host}: demand a token"):
        Settings(host=host)
    assert Settings(host=host, token=SecretStr("t")).host == host


@pytest.mark.parametrize("token", ["", "two words", "ключ", "line\n"])
def test_a_token_that_no_header_can_hold_is_refused(token: str) -> None:
    with pytest.raises(ValidationError, match="visible ASCII"):
        Settings(token=SecretStr(token))


def test_a_token_is_not_shown() -> None:
    settings = Settings(token=SecretStr("open-sesame"))
    assert "sesame" not in f"{settings!r} {settings.model_dump_json()}"
