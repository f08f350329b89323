"""Is a piece ever lost? `argmine score` killed at random moments (SIGKILL) and resumed, again and again.

Data: the sentences of the opinion pieces in `seeds/`, a row each, in one file of JSON lines. Method: an undisturbed run
gives the bytes to expect and how long a run works. A trial starts the command on a new output, kills it at a random
moment one to three times, resumes it, and compares the bytes of the table; a moment is drawn evenly from the time of
the work, or (one in five) of the whole process, and in one trial of four it is drawn from the end of the work, so that
the join of the parts is met too. Kills after the end of the process do not count. A trial whose bytes differ, or whose
last run fails, is a loss.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.record import ROOT, digest_files, write_record

KILLS, SEED, PIECES = 200, 1, 60
PART_PIECES = 3
LINE = "argmine score"
PROGRAM = f"""
from argmine.batch import run as runs
runs.PART_PIECES = {PART_PIECES}
from argmine.cli import run
run()
"""
PATIENCE = 300.0
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@dataclass(frozen=True, slots=True)
class Work:
    """What is scored again and again, by which model, and what an undisturbed run gave and took.

    `before` is the time from the start of the process to the first sign of work, `seconds` from there to its end.
    """

    pieces: Path
    model: str
    form: str
    table: bytes
    before: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Trial:
    """How many parts were done at each kill that met the run, and whether the table was the same at the end."""

    parts: tuple[int, ...]
    same: bool


def write_pieces(path: Path, most: int) -> Path:
    """The first sentences of the seeds, a row each."""
    text = "\n".join(seed.read_text("utf-8") for seed in SEEDS)
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", text) if s][:most]
    path.write_text("".join(json.dumps({"text": s}) + "\n" for s in sentences), encoding="utf-8")
    return path


def start(pieces: Path, model: str, output: Path) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    options = ["--model", model, "--threads", "1", "--graphs", "--quiet"]
    command = [sys.executable, "-c", PROGRAM, "score", str(pieces), "-o", str(output), *options]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes]) -> None:
    """Waits for it.

    Raises:
        RuntimeError: it failed.
    """
    _, told = process.communicate(timeout=PATIENCE)
    if process.returncode:
        raise RuntimeError(f"{LINE} ended with {process.returncode}: {told.decode()}")


def undisturbed(folder: Path, pieces: Path, model: str, form: str = "parquet") -> Work:
    """A run to its end."""
    output = folder / f"whole.{form}"
    started = time.monotonic()
    process = start(pieces, model, output)
    _wait(process, output)
    working = time.monotonic()
    finish(process)
    return Work(pieces, model, form, output.read_bytes(), working - started, time.monotonic() - working)


def trial(work: Work, output: Path, rng: random.Random, *, kills: int) -> Trial:
    """So many kills, each resumed, and the comparison; less where the run was at its end before."""
    parts: list[int] = []
    try:
        parts += (found for found in (_kill(work, output, rng) for _ in range(kills)) if found is not None)
        finish(start(work.pieces, work.model, output))
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return Trial(tuple(parts), same=False)
    return Trial(tuple(parts), same=output.read_bytes() == work.table)


def trials(work: Work, folder: Path, kills: int, seed: int) -> Iterator[Trial]:
    """Trials until so many kills have met a run."""
    rng = random.Random(seed)
    number, met = 0, 0
    while met < kills:
        number += 1
        found = trial(work, folder / f"{number}.{work.form}", rng, kills=min(rng.randint(1, 3), kills - met))
        met += len(found.parts)
        yield found


def figures(found: Sequence[Trial]) -> dict[str, object]:
    """Trials, kills, losses, and how many kills came with how many parts done (a run that is over has none left)."""
    at = Counter(parts for t in found for parts in t.parts)
    return {
        "trials": len(found),
        "kills": sum(at.values()),
        "lost": sum(not t.same for t in found),
        "kills_by_parts_done": {str(parts): at[parts] for parts in sorted(at)},
    }


def _kill(work: Work, output: Path, rng: random.Random) -> int | None:
    """Kills a run at a random moment; gives the parts that were done then, None where it was over before."""
    process = start(work.pieces, work.model, output)
    kind = rng.random()
    if kind < 0.2:
        time.sleep(rng.uniform(0.0, work.before + work.seconds))
    else:
        _wait(process, output)
        time.sleep(work.seconds * (rng.uniform(0.0, 1.0) if kind < 0.75 else rng.uniform(0.7, 1.1)))
    process.kill()
    _, told = process.communicate()
    if process.returncode > 0:
        raise RuntimeError(f"{LINE} ended with {process.returncode}: {told.decode()}")
    return None if process.returncode == 0 else _lines(output)


def _wait(process: subprocess.Popen[bytes], output: Path) -> None:
    """Until the process begins or goes on with its work, which it notes in its log."""
    before = _size(output, "log.jsonl")
    while process.poll() is None and _size(output, "log.jsonl") == before:
        time.sleep(0.002)


def _size(output: Path, name: str) -> int:
    path = output.with_name(f"{output.name}.run") / name
    return path.stat().st_size if path.exists() else 0


def _lines(output: Path) -> int:
    path = output.with_name(f"{output.name}.run") / "journal.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0


def main() -> None:
    """Kills and resumes, and writes the record."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=KILLS)
    options.add_argument("--pieces", type=int, default=PIECES)
    options.add_argument("--model", default="default")
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--no-record", action="store_true", help="to try the command")
    told = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        work = undisturbed(folder, write_pieces(folder / "pieces.jsonl", told.pieces), told.model)
        found = []
        for one in trials(work, folder, told.kills, told.seed):
            found.append(one)
            print(f"kills {sum(len(t.parts) for t in found)} of {told.kills}: {one}", file=sys.stderr)
    known = figures(found)
    print(json.dumps(known, indent=2))
    if not told.no_record:
        extra = {"pieces": told.pieces, "part_pieces": PART_PIECES, "model": told.model}
        print(write_record("kills", known, data_digest=digest_files(SEEDS), seed=told.seed, extra=extra))
    sys.exit(1 if known["lost"] else 0)


if __name__ == "__main__":
    main()
