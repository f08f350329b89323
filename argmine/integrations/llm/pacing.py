"""How long to wait: between requests, and after one that failed."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

FIRST_WAIT = 1.0
LONGEST_BACKOFF = 60.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as it is waited for and told; tests give their own.

    Attributes:
        sleep: waits so many seconds.
        monotonic: seconds that only grow.
        now: seconds since the epoch.
        uniform: a random number between two.
    """

    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    uniform: Callable[[float, float], float] = random.uniform


def backoff(failures: int, clock: Clock) -> float:
    """Seconds to wait after so many failures: each time twice as long, less a random part of up to a half.

    The random part keeps several clients from coming back at once.
    """
    longest = min(LONGEST_BACKOFF, FIRST_WAIT * 2 ** min(failures - 1, 16))
    return clock.uniform(longest / 2, longest)


def asked_wait(header: str | None, clock: Clock) -> float | None:
    """Seconds that a `Retry-After` header asks for, as a number or a date; None where it says nothing readable."""
    if header is None:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(header).timestamp() - clock.now()
        except ValueError:
            return None
    return max(0.0, seconds) if seconds == seconds else None  # noqa: PLR0124 (nan is no time)


@dataclass(slots=True)
class Pace:
    """Lets no more requests through than so many a minute, evenly spaced, whatever thread they come from."""

    per_minute: float | None
    clock: Clock
    _next: float = field(default=0.0, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def wait(self) -> None:
        """Returns when the next request may go."""
        if self.per_minute is None:
            return
        with self._lock:
            now = self.clock.monotonic()
            turn = max(now, self._next)
            self._next = turn + 60.0 / self.per_minute
        if turn > now:
            self.clock.sleep(turn - now)
