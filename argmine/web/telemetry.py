"""What a server counts for Prometheus and logs: methods, known paths, statuses, times.

Never a text, nor who asked.
"""

import logging
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

LOG = logging.getLogger("argmine.web")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60)
SIZES = (1, 2, 4, 8, 16, 32, 64)


class Telemetry:
    """The counts of one server, in a registry of its own.

    Args:
        running: how many requests are being answered now.
        waiting: how many documents wait for their batch now.
    """

    def __init__(self, running: Callable[[], float], waiting: Callable[[], float]) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "argmine_requests", "Requests answered.", ("method", "path", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "argmine_request_seconds", "Seconds to an answer.", ("path",), buckets=SECONDS, registry=self.registry
        )
        self._batches = Histogram(
            "argmine_batch_seconds", "Seconds that a batch was mined.", buckets=SECONDS, registry=self.registry
        )
        self._sizes = Histogram(
            "argmine_batch_documents", "Documents in a batch.", buckets=SIZES, registry=self.registry
        )
        Gauge("argmine_running_requests", "Requests being answered.", registry=self.registry).set_function(running)
        Gauge("argmine_waiting_documents", "Documents before their batch.", registry=self.registry).set_function(
            waiting
        )

    def answered(self, method: str, path: str, status: int, seconds: float) -> None:
        """Counts and logs a request; a path is one of the server's own, or `other`."""
        method = method if method in METHODS else OTHER
        self._requests.labels(method, path, str(status)).inc()
        self._seconds.labels(path).observe(seconds)
        LOG.info("%s %s %d %.3f s", method, path, status, seconds)

    def mined(self, documents: int, seconds: float) -> None:
        """Counts a batch."""
        self._batches.observe(seconds)
        self._sizes.observe(documents)

    def exposition(self) -> bytes:
        """All counts, in Prometheus's text format."""
        return generate_latest(self.registry)


def failed(error: Exception) -> None:
    """Logs that the server failed: the error's type and where it was raised, not its message, which may hold text."""
    trace, places = error.__traceback__, []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    LOG.error("failed with %s at %s", type(error).__name__, " < ".join(reversed(places[-5:])))
