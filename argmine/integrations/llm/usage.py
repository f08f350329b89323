"""What asking came to: requests, tokens, seconds, money."""

from pydantic import NonNegativeInt

from argmine.base import Frozen
from argmine.integrations.llm.settings import NotNegative, Prices


class Usage(Frozen):
    """Sums over requests; tokens are null where an endpoint did not count them all.

    Attributes:
        requests: answers that an endpoint gave, repeated questions included.
        failures: requests that came to nothing and were sent again.
        prompt_tokens: of the questions.
        completion_tokens: of the answers.
        seconds: from question to answer, pauses not counted.
    """

    requests: NonNegativeInt = 0
    failures: NonNegativeInt = 0
    prompt_tokens: NonNegativeInt | None = 0
    completion_tokens: NonNegativeInt | None = 0
    seconds: NotNegative = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            requests=self.requests + other.requests,
            failures=self.failures + other.failures,
            prompt_tokens=_sum(self.prompt_tokens, other.prompt_tokens),
            completion_tokens=_sum(self.completion_tokens, other.completion_tokens),
            seconds=round(self.seconds + other.seconds, 6),
        )

    def cost(self, prices: Prices | None) -> float | None:
        """In the currency of `prices`, None where these or the tokens are unknown."""
        if prices is None or self.prompt_tokens is None or self.completion_tokens is None:
            return None
        return (self.prompt_tokens * prices.prompt + self.completion_tokens * prices.completion) / 1_000_000


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
