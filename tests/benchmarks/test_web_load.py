"""The web application under load, and the figures of it."""

import asyncio

import pytest

from argmine.formats.text import read_text
from benchmarks.mining import DEFAULT
from benchmarks.server import serving
from benchmarks.web_load import SEEDS, Load, Seen, faults_of, figures_of, measure

CHARACTERS = 600
COUNTS = ("argmine_batch_seconds_count", "argmine_batch_documents_sum", "argmine_batch_seconds_sum")


def test_figures_are_of_what_was_counted_meanwhile() -> None:
    """Four batches of 10 documents and 2 s each; answers of 1 to 20 s; memory that grows from 200 to 300 MiB."""
    before, after = dict(zip(COUNTS, (1, 5, 7), strict=True)), dict(zip(COUNTS, (5, 45, 15), strict=True))
    seen = Seen(seconds=[float(n) for n in range(1, 21)], memory=[2**20 * m for m in (100, 200, 250, 300)])
    figures = figures_of(seen, before, after, Load())
    assert (figures["answers"], figures["batches"], figures["documents_a_batch"]) == (20, 4, 10.0)
    assert (figures["batch_seconds"], figures["p95_in_batches"], figures["memory_growth"]) == (2.0, 9.975, 1.5)
    assert list(faults_of(figures)) == [
        "p95_in_batches is 9.975, 3.0 is the most",
        "memory_growth is 1.5, 1.05 is the most",
    ]


@pytest.mark.slow
def test_fifty_clients_get_their_answers_for_a_minute() -> None:
    """Of the default model, from short pieces, so that a busy machine too ends several batches in that minute."""
    texts = [read_text(path)[:CHARACTERS] for path in SEEDS]
    with serving(DEFAULT) as server:
        figures = asyncio.run(measure(server.url, texts, Load(clients=50, seconds=60, warm_up=10)))
        server.process.terminate()
        assert server.end() == 0
    assert list(faults_of(figures)) == [], figures
    assert isinstance(figures["answers"], int)
    assert figures["answers"] >= 50
    assert isinstance(figures["documents_a_batch"], float)
    assert figures["documents_a_batch"] > 10
