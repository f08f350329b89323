"""Question: how many words a second does argmine turn into graphs, beside its limit and beside what others do?

Data: essays of PERSUADE's held-out tenth and Federalist papers, the same for all systems; evenly drawn. Method, on all
cores that the process may use, each part in a process of its own and with a record of its own:

- `limit`: argmine at both precisions and the bare encoder's forward pass over each document's tokens once, in several
  ways, of which the fastest is the limit. Targets: fast at least .85 of its words a second, fp32 at least .5.
- `pipeline`: beside Transformers' token classification in fp32, with an encoder of BERT-base's size and with our own
  (random weights: they change no speed). Targets for fast: 20 and 3 times as many words a second.
- `growth`: one process each for 1,000 to 100,000 pieces of 40 words and for one piece of 300 to 100,000 words: words a
  second and greatest resident memory. Target: under 900 MB.
- `latency`: one text of 370 tokens, warm, median of 30 (target: under 60 ms); `argmine mine` on it in a new process,
  median of 5 (under 1.2 s); two processes of one thread against one of two.
- `gpu`, only where there is one: words' states with heads, and finished graphs with a pool of processes that decode, as
  shares of the bare encoder's words there. Targets: at least .7 and .3. The heads run on the processor.

In the first two parts the texts are cut into rounds; each system runs each round, one after another, in an order that
turns, after one round that is not counted. Words are those between white space.

    python -m benchmarks.throughput models/default --corpora DIR --part limit
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from argmine.corpora.folds import tenth_of
from argmine.corpora.persuade1 import NAME as PERSUADE
from argmine.document import Document
from argmine.formats.text import read_text
from argmine.miner import ArgumentMiner
from argmine.runtime import has_cuda
from benchmarks.mining import described, parser, told_with_corpora
from benchmarks.record import ROOT, digest_files, machine, write_record
from benchmarks.startup import MINE, process, timed
from benchmarks.throughput_child import Job, Taken
from benchmarks.throughput_systems import System, accelerated, argmine, limits, pipelines

NAME = "throughput"
FEDERALIST = "unlabeled-federalist"
ESSAYS, PAPERS, ROUNDS = 100, 8, 12
PIECES, PIECE_WORDS = (1_000, 10_000, 100_000), 40
LENGTHS = (300, 1_000, 3_000, 10_000, 30_000, 100_000)
TOKENS, WARM, COLD = 370, 30, 5
PRECISIONS = ("fp32", "fast")
Figures = dict[str, object]


def texts_of(corpora: Path, essays: int = ESSAYS, papers: int = PAPERS) -> list[Path]:
    """Files of essays of the held-out tenth and of Federalist papers, evenly drawn, mixed evenly."""
    held_out = [p for p in sorted((corpora / PERSUADE / "train").glob("*.txt")) if tenth_of(PERSUADE, p.stem) == 0]
    federalist = sorted((corpora / FEDERALIST / "papers").glob("*.txt"))
    chosen = [evenly(held_out, essays), evenly(federalist, papers)]
    places = [((n + 0.5) / len(files), path) for files in chosen for n, path in enumerate(files)]
    return [path for _, path in sorted(places)]


def evenly(files: Sequence[Path], count: int) -> list[Path]:
    """So many of them, or all, in their order.

    >>> [path.name for path in evenly([Path(name) for name in "abcdef"], 3)]
    ['a', 'c', 'e']
    """
    return [files[n * len(files) // count] for n in range(count)] if count < len(files) else list(files)


def speeds(systems: Mapping[str, System], texts: Sequence[str], rounds: int = ROUNDS) -> dict[str, float]:
    """Words a second of each system over all rounds but the first."""
    parts = [texts[n::rounds] for n in range(rounds)]
    parts = [part for part in parts if part]
    seconds = dict.fromkeys(systems, 0.0)
    names = list(systems)
    for number, part in enumerate([parts[0], *parts]):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            start = time.perf_counter()
            systems[name](part)
            seconds[name] += (time.perf_counter() - start) if number else 0.0
    words = sum(len(text.split()) for text in texts)
    return {name: round(words / taken, 1) for name, taken in seconds.items()}


def miners(model: Path, threads: int) -> dict[str, System]:
    """The library at both precisions."""
    return {precision: argmine(model, precision, threads) for precision in PRECISIONS}


def limit(model: Path, files: Sequence[Path], threads: int) -> Figures:
    """Part 1."""
    texts = [read_text(path) for path in files]
    bare = limits(model, threads)
    found = speeds({**miners(model, threads), **bare}, texts)
    best = max(bare, key=lambda name: found[name])
    shares = {f"{name}_of_{way}": round(found[name] / found[way], 3) for name in PRECISIONS for way in bare}
    return {"words_a_second": found, "limit": best, **shares}


def pipeline(model: Path, files: Sequence[Path], threads: int) -> Figures:
    """Part 2."""
    texts = [read_text(path) for path in files]
    others = pipelines(model, threads)
    found = speeds({**miners(model, threads), **others}, texts)
    times = {f"{name}_over_{other}": round(found[name] / found[other], 2) for name in PRECISIONS for other in others}
    return {"words_a_second": found, **times}


def growth(model: Path, files: Sequence[Path], threads: int) -> Figures:
    """Part 3."""
    figures: Figures = {}
    for precision in PRECISIONS:
        one = Job(
            model=str(model), precision=precision, threads=threads, pieces=1, words=1, texts=tuple(map(str, files))
        )
        many = {n: _grown(one.model_copy(update={"pieces": n, "words": PIECE_WORDS})) for n in PIECES}
        figures[precision] = {
            "pieces": many,
            "words": {n: _grown(one.model_copy(update={"words": n})) for n in LENGTHS},
        }
    return figures


def latency(model: Path, files: Sequence[Path], threads: int) -> Figures:
    """Part 4."""
    figures: Figures = {}
    for precision in PRECISIONS:
        miner = ArgumentMiner.load(model, precision=precision, threads=threads)
        text = tokens_of(miner, [read_text(path) for path in files])
        warm = median(timed(lambda m=miner, t=text: m.mine(t), WARM, 3))  # type: ignore[misc]
        figures[precision] = {"warm_ms": round(1000 * warm, 1), "cold_s": _cold(model, text, precision)}
        job = Job(model=str(model), precision=precision, threads=1, pieces=60, words=400, texts=tuple(map(str, files)))
        one = child(job.model_copy(update={"threads": 2, "pieces": 120}))
        with ThreadPoolExecutor(2) as pool:
            two = list(pool.map(child, [job, job]))
        words = sum(taken.words for taken in two) / max(taken.seconds for taken in two)
        figures[precision] |= {  # type: ignore[operator]
            "two_threads": round(one.words / one.seconds, 1),
            "two_processes": round(words, 1),
        }
    return figures


def gpu(model: Path, files: Sequence[Path], threads: int) -> Figures:
    """Part 5."""
    if not has_cuda():
        raise SystemExit("this part needs a GPU that torch can use")
    texts = [read_text(path) for path in files]
    found = speeds(accelerated(model, threads), texts, rounds=2)
    shares = {f"{name}_of_bare": round(found[name] / found["bare"], 3) for name in ("heads", "graphs")}
    return {"words_a_second": found, **shares}


GPU = "gpu"
PARTS: Mapping[str, Callable[[Path, Sequence[Path], int], Figures]] = {
    "limit": limit,
    "pipeline": pipeline,
    "growth": growth,
    "latency": latency,
    GPU: gpu,
}


def tokens_of(miner: ArgumentMiner, texts: Sequence[str]) -> str:
    """The first 370 pieces of the vocabulary of the first text that has so many.

    Raises:
        ValueError: none has.
    """
    for text in texts:
        encoded = miner.encode(Document(id="piece", text=text))
        if len(encoded.ids) >= TOKENS:
            last = int((encoded.pieces[:, 1] < TOKENS).sum()) - 1
            return text[: int(encoded.spans[last, 1])]
    raise ValueError(f"no text has {TOKENS} pieces")


def child(job: Job) -> Taken:
    """What a process of its own takes.

    Raises:
        RuntimeError: it failed; the message has its last line of errors.
    """
    command = [sys.executable, "-m", "benchmarks.throughput_child", job.model_dump_json()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().rpartition("\n")[2])
    return Taken.model_validate_json(done.stdout)


def _grown(job: Job) -> Figures:
    taken = child(job)
    return {"words_a_second": round(taken.words / taken.seconds, 1), "peak_mb": taken.peak_mb}


def _cold(model: Path, text: str, precision: str) -> float:
    options = ["--fast"] if precision == "fast" else []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "piece.txt"
        path.write_text(text, encoding="utf-8")
        seconds = timed(lambda: process(MINE, "mine", str(path), "--model", str(model.resolve()), *options), COLD)
    return round(median(seconds), 3)


def main() -> None:
    """Measures one part, prints its figures and writes its record; without one, all parts, a process each."""
    told = _options()
    if told.part is None:
        for part in (name for name in PARTS if name != GPU or has_cuda()):
            subprocess.run([sys.executable, "-m", "benchmarks.throughput", *sys.argv[1:], "--part", part], check=True)
        return
    model, threads = told.models[0], told.threads
    files = texts_of(told.corpora, told.limit or ESSAYS, told.limit // 12 + 1 if told.limit else PAPERS)
    figures = {"documents": len(files), **PARTS[told.part](model, files, threads)}
    print(told.part, json.dumps(figures, indent=2), flush=True)
    if not told.limit:
        known = described(ArgumentMiner.load(model, precision="fast"))
        extra = {"model": known, "threads": threads}
        path = write_record(f"{NAME}-{told.part}", figures, data_digest=digest_files(files), extra=extra)
        print(f"written to {path.relative_to(ROOT)}")


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--part", choices=PARTS, help="only this part")
    options.add_argument("--threads", type=int, default=machine()["cores"], help="of each system; all cores")
    return told_with_corpora(options, models=1)


if __name__ == "__main__":
    main()
