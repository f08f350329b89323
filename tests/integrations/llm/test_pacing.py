import pytest

from argmine.integrations.llm.pacing import LONGEST_BACKOFF, Clock, Pace, asked_wait, backoff
from tests.integrations.llm.stand_in import Waits

LONGEST = Clock(uniform=lambda _, high: high)


def test_backoff_doubles_up_to_a_limit() -> None:
    assert [backoff(n, LONGEST) for n in (1, 2, 3, 4, 7, 100)] == [1, 2, 4, 8, LONGEST_BACKOFF, LONGEST_BACKOFF]


def test_backoff_is_drawn_from_the_upper_half() -> None:
    drawn = [backoff(3, Clock()) for _ in range(200)]
    assert 2 <= min(drawn) < 2.5
    assert 3.5 < max(drawn) <= 4


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("7", 7.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("nan", None),
        ("soon", None),
        ("Thu, 01 Jan 1970 00:01:40 GMT", 90.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
    ],
)
def test_retry_after_is_a_number_or_a_date(header: str | None, seconds: float | None) -> None:
    assert asked_wait(header, Clock(now=lambda: 10.0)) == seconds


def test_pace_spaces_requests_evenly() -> None:
    waits = Waits()
    pace = Pace(30, waits.clock())
    for _ in range(4):
        pace.wait()
    assert waits.noted == [2, 2, 2]


def test_pace_lets_a_late_request_through_at_once() -> None:
    waits = Waits()
    pace = Pace(30, waits.clock())
    pace.wait()
    waits.time = 5.0
    pace.wait()
    assert waits.noted == []


def test_pace_without_a_limit_never_waits() -> None:
    waits = Waits()
    pace = Pace(None, waits.clock())
    pace.wait()
    pace.wait()
    assert waits.noted == []
