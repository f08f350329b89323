import pytest
from pydantic import ValidationError

from argmine.integrations.llm.settings import LlmSettings, Prices
from argmine.integrations.llm.usage import Usage


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1/chat/completions"),
        ("http://127.0.0.1:8000/v1/", "http://127.0.0.1:8000/v1/chat/completions"),
        ("https://a.example/v1/chat/completions", "https://a.example/v1/chat/completions"),
        ("https://a.example/x?api-version=2", "https://a.example/x/chat/completions?api-version=2"),
    ],
)
def test_address_ends_with_the_way_to_completions(url: str, address: str) -> None:
    assert LlmSettings(url=url, model="m").address == address


@pytest.mark.parametrize("url", ["", "a.example/v1", "ftp://a.example", "http://", "http://a.example:99999/v1"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="url"):
        LlmSettings(url=url, model="m")


def test_sampling_leaves_out_what_is_left_to_the_endpoint() -> None:
    settings = LlmSettings(
        url="http://a.example", model="m", temperature=None, max_tokens=None, extra={"max_completion_tokens": 9}
    )
    assert settings.sampling() == {"model": "m", "max_completion_tokens": 9}


def test_cost_is_tokens_times_prices_a_million() -> None:
    usage = Usage(requests=1, prompt_tokens=2_000_000, completion_tokens=500_000)
    assert usage.cost(Prices(prompt=3, completion=8)) == 10.0


def test_cost_is_unknown_without_prices_or_tokens() -> None:
    assert Usage().cost(None) is None
    assert Usage(prompt_tokens=None).cost(Prices(prompt=3, completion=8)) is None


def test_usage_adds_up_and_unknown_tokens_stay_unknown() -> None:
    one = Usage(requests=1, failures=2, prompt_tokens=5, completion_tokens=1, seconds=0.25)
    two = Usage(requests=1, prompt_tokens=7, completion_tokens=None, seconds=0.5)
    assert one + two == Usage(requests=2, failures=2, prompt_tokens=12, completion_tokens=None, seconds=0.75)
