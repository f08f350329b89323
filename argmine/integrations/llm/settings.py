"""What a language model is asked with: where it is, how it answers, how patient its user is, what it costs."""

from typing import Annotated
from urllib.parse import urlsplit, urlunsplit

from pydantic import Field, JsonValue, PositiveInt, field_validator

from argmine.base import Frozen

COMPLETIONS = "/chat/completions"
KEY_VARIABLE = "ARGMINE_LLM_API_KEY"

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Prices(Frozen):
    """What a million tokens cost, in any currency."""

    prompt: NotNegative
    completion: NotNegative


class LlmSettings(Frozen):
    """How to ask.

    Attributes:
        url: the endpoint; `/chat/completions` is added where it does not end so.
        model: the name by which the endpoint knows the model.
        temperature: None leaves it to the endpoint.
        max_tokens: the longest answer; None leaves it to the endpoint.
        extra: further keys of the request's body, such as `{"seed": 1}`; they win over the keys above.
        timeout: seconds without a sign from the endpoint after which an attempt is given up.
        attempts: how often a request is sent at most, the first included, where the endpoint fails.
        reasks: how often an answer that cannot be read is asked for again, with what was wrong with it.
        longest_wait: seconds; an endpoint that asks for a longer pause is given up.
        requests_per_minute: not more are sent; None sets no limit.
        prices: from which costs are reckoned; None leaves them unknown.
        workers: how many texts of `mine_many` are asked for at once.
        similarity: from 0 to 100, how like a quote a stretch of the text must be where none is equal.
    """

    url: str
    model: Annotated[str, Field(min_length=1)]
    temperature: NotNegative | None = 0.0
    max_tokens: PositiveInt | None = 4096
    extra: dict[str, JsonValue] = Field(default_factory=dict)
    timeout: Positive = 120.0
    attempts: PositiveInt = 6
    reasks: Annotated[int, Field(ge=0)] = 1
    longest_wait: Positive = 300.0
    requests_per_minute: Positive | None = None
    prices: Prices | None = None
    workers: PositiveInt = 4
    similarity: Annotated[float, Field(ge=0, le=100)] = 80.0

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:  # a bad port raises itself
            raise ValueError(f"an address that starts with http:// or https:// was expected, found {url!r}")
        return url

    @property
    def address(self) -> str:
        """Where requests go."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/").removesuffix(COMPLETIONS)
        return urlunsplit(parts._replace(path=path + COMPLETIONS, fragment=""))

    def sampling(self) -> dict[str, JsonValue]:
        """The keys of a request's body that bear on the answer, messages and form aside."""
        chosen: dict[str, JsonValue] = {"temperature": self.temperature, "max_tokens": self.max_tokens}
        return {"model": self.model, **{k: v for k, v in chosen.items() if v is not None}, **self.extra}
