"""Question: does the web application stand fifty people who all ask at once, and go on asking?

Data: the pieces in `seeds/`. Method: `argmine serve` in a process of its own; clients that each send a piece to
/v1/mine, wait for its graph and send the next, for a minute after a warm-up that is not counted. An answer that is not
200, or no graph of the text that was sent, is an error. Seconds are from a request to its answer, at the client;
seconds of batches and bytes of memory are those that the server itself counts (/metrics), memory once a second. Wanted:
no error; the 95th percentile of the answers within three times the mean time of a batch; memory whose median over
the last quarter is within a twentieth of that over the second one.

    python -m benchmarks.web_load models/default
"""

import argparse
import asyncio
import itertools
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median, quantiles

import httpx

from argmine.errors import ArgmineError
from argmine.formats.text import read_text
from argmine.miner import ArgumentMiner
from benchmarks.mining import DEFAULT, described
from benchmarks.record import ROOT, digest_files, write_record
from benchmarks.server import serving

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
CLIENTS, SECONDS, WARM_UP = 50, 60.0, 15.0
PATIENCE = 120
MOST_BATCHES, MOST_GROWTH = 3.0, 1.05


@dataclass(slots=True)
class Seen:
    """What clients saw, and what the server counted, while requests were counted."""

    seconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Load:
    """How many clients ask, for how many seconds, after how many that are not counted."""

    clients: int = CLIENTS
    seconds: float = SECONDS
    warm_up: float = WARM_UP


async def measure(url: str, texts: Sequence[str], load: Load) -> dict[str, object]:
    """The figures of a server under load."""
    limits = httpx.Limits(max_connections=load.clients + 2)
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE, limits=limits) as asking:
        seen = Seen()
        start = time.perf_counter() + load.warm_up
        end = start + load.seconds
        clients = [
            asyncio.create_task(_ask(asking, itertools.islice(itertools.cycle(texts), n, None), seen, (start, end)))
            for n in range(load.clients)
        ]
        await asyncio.sleep(load.warm_up)
        before = await _counts(asking)
        while time.perf_counter() < end:
            seen.memory.append((await _counts(asking))["process_resident_memory_bytes"])
            await asyncio.sleep(load.seconds / 60)
        after = await _counts(asking)
        await asyncio.gather(*clients)
    return figures_of(seen, before, after, load)


def figures_of(seen: Seen, before: Mapping[str, float], after: Mapping[str, float], load: Load) -> dict[str, object]:
    """Figures from what was seen and from the server's counts before and after.

    Raises:
        ValueError: not one batch ended in between.
    """
    batches, documents, mined = (
        after[name] - before[name]
        for name in ("argmine_batch_seconds_count", "argmine_batch_documents_sum", "argmine_batch_seconds_sum")
    )
    if not batches:
        raise ValueError(f"no batch ended within {load.seconds:g} s: take longer")
    p95 = quantiles(seen.seconds, n=20)[-1]
    quarter = len(seen.memory) // 4
    settled, last = median(seen.memory[quarter : 2 * quarter]), median(seen.memory[-quarter:])
    return {
        "clients": load.clients,
        "seconds": load.seconds,
        "answers": len(seen.seconds),
        "errors": dict(seen.errors),
        "answer_seconds": {
            "mean": round(mean(seen.seconds), 4),
            "median": round(median(seen.seconds), 4),
            "p95": round(p95, 4),
            "max": round(max(seen.seconds), 4),
        },
        "batches": batches,
        "documents_a_batch": round(documents / batches, 2),
        "batch_seconds": round(mined / batches, 4),
        "p95_in_batches": round(p95 * batches / mined, 3),
        "memory_mib": {"second_quarter": round(settled / 2**20, 1), "last_quarter": round(last / 2**20, 1)},
        "memory_growth": round(last / settled, 4),
    }


def faults_of(figures: dict[str, object]) -> Iterator[str]:
    """What is not as wanted.

    >>> list(faults_of({"errors": {"429": 2}, "p95_in_batches": 1.5, "memory_growth": 1.2}))
    ["errors: {'429': 2}", 'memory_growth is 1.2, 1.05 is the most']
    """
    if figures["errors"]:
        yield f"errors: {figures['errors']}"
    for name, most in (("p95_in_batches", MOST_BATCHES), ("memory_growth", MOST_GROWTH)):
        found = figures[name]
        if isinstance(found, float) and found > most:
            yield f"{name} is {found}, {most} is the most"


async def _ask(asking: httpx.AsyncClient, texts: Iterator[str], seen: Seen, window: tuple[float, float]) -> None:
    """One client: an answer is counted where its request was sent within the window."""
    for text in texts:
        sent = time.perf_counter()
        if sent > window[1]:
            return
        error = await _error(asking, text)
        if sent >= window[0]:
            seen.seconds.append(time.perf_counter() - sent)
        if error:
            seen.errors[error] += 1


async def _error(asking: httpx.AsyncClient, text: str) -> str | None:
    try:
        answer = await asking.post("/v1/mine", json={"text": text})
    except httpx.HTTPError as error:
        return type(error).__name__
    if answer.status_code != httpx.codes.OK:
        return str(answer.status_code)
    return None if json.loads(answer.content)["text"] == text else "another text"


async def _counts(asking: httpx.AsyncClient) -> dict[str, float]:
    """The server's counts that have no labels."""
    text = (await asking.get("/metrics")).text
    return {name: float(value) for name, value in re.findall(r"^(\w+) (\S+)$", text, re.MULTILINE)}


def main() -> None:
    """Loads a server of one model, prints the figures and writes the record `web_load`."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("model", nargs="?", type=Path, default=DEFAULT, help="a model folder; the default model")
    options.add_argument("--seconds", type=float, default=SECONDS, help="less than a minute writes no record")
    told = options.parse_args()
    load = Load(seconds=told.seconds)
    with serving(told.model) as server:
        if not server.url:
            raise ArgmineError(f"the server did not start: {server.log}")
        figures = asyncio.run(measure(server.url, [read_text(path) for path in SEEDS], load))
        server.process.terminate()
        figures["exit_code"] = server.end()
    print(json.dumps(figures, indent=2))
    if told.seconds >= SECONDS:
        model = described(ArgumentMiner.load(told.model))
        path = write_record("web_load", figures, data_digest=digest_files(SEEDS), extra={"model": model})
        print(f"written to {path.relative_to(ROOT)}")
    if faults := list(faults_of(figures)):
        sys.exit("; ".join(faults))


if __name__ == "__main__":
    main()
