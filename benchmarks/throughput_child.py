"""A process of its own for `benchmarks.throughput`: mines made-to-measure input and prints what it took as JSON.

    python -m benchmarks.throughput_child '{"model": "models/default", "precision": "fp32", "threads": 2,
                                            "pieces": 1000, "words": 40, "texts": ["seeds/tipping.txt"]}'

Words are those between white space, taken from the texts in turn. `warm` pieces are mined first and not counted.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from argmine.base import Frozen
from argmine.formats.text import read_text
from argmine.miner import ArgumentMiner


class Job(Frozen):
    """What a child mines: so many pieces of so many words."""

    model: str
    precision: str
    threads: int
    pieces: int
    words: int
    texts: tuple[str, ...]
    warm: int = 1


class Taken(Frozen):
    """Seconds by the wall clock without loading, words of all pieces, greatest resident memory of the process."""

    seconds: float
    words: int
    peak_mb: float
    components: int


def pieces(job: Job) -> Iterator[str]:
    """So many pieces, paragraphs kept where they fall, one after another out of an endless reading of the texts."""
    words = (word for path in cycle(job.texts) for word in read_text(Path(path)).replace("\n\n", " \n\n").split(" "))
    for _ in range(job.pieces):
        yield " ".join(islice((word for word in words if word.strip()), job.words))


def run(job: Job) -> Taken:
    """Mines them as they stream by."""
    miner = ArgumentMiner.load(job.model, threads=job.threads, precision=job.precision)
    few = job.model_copy(update={"pieces": job.warm, "words": min(job.words, 300)})
    for _ in miner.mine_many(pieces(few)):
        pass
    start, components = time.perf_counter(), 0
    for graph in miner.mine_many(pieces(job)):
        components += len(graph.components)
    seconds = time.perf_counter() - start
    words = job.pieces * job.words
    return Taken(seconds=seconds, words=words, peak_mb=round(peak_mb(), 1), components=components)


def peak_mb() -> float:
    """The greatest resident memory since this program began; on Linux `resource` counts that of who started it too."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20  # bytes on macOS
    (line,) = (line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Reads the job from the command line."""
    print(json.dumps(run(Job.model_validate_json(sys.argv[1])).model_dump()))


if __name__ == "__main__":
    main()
