"""Question: how long does it take to start, and to mine one piece?

Data: `seeds/second-homes.txt` (888 words); the first 370 words, punctuation counted, of `seeds/tipping.txt`, as long
as an essay of the Argument Annotated Essays on average; `seeds/night-buses.txt`, which `make demo` mines. Method:
seconds by the wall clock. Whole processes, after one that is not counted: an empty interpreter, `import argmine`, all
public names of it imported, `argmine mine` on the 888 words, and the first line of `make demo`, five each (the
operating system's file cache is warm, the process is new); whether torch was imported in any but the last. Then, in
this process, 20 times mining the 370 words after 3 that are not counted.

    python -m benchmarks.startup models/default
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from argmine.document import Document
from argmine.formats.text import read_text
from argmine.miner import ArgumentMiner
from benchmarks.mining import described, parser
from benchmarks.record import ROOT, digest_files, write_record

LONG, SHORT = ROOT / "seeds" / "second-homes.txt", ROOT / "seeds" / "tipping.txt"
DEMO = "seeds/night-buses.txt"
WORDS = 370
PROCESSES, WARM_UP, WARM = 5, 3, 20
TORCH = 3
"""Exit code of a measured process that imported torch."""

_EXIT = f"import sys; sys.exit({TORCH} if 'torch' in sys.modules else 0)"
NOTHING = "pass"
IMPORT = f"import argmine; {_EXIT}"
NAMES = f"from argmine import *; {_EXIT}"
MINE = f"import sys; from argmine.cli import main; code = main(sys.argv[1:]); {_EXIT.replace('else 0', 'else code')}"


def timed(act: Callable[[], object], times: int, warm_up: int = 1) -> list[float]:
    """Seconds of each of `times` runs, after `warm_up` that are not counted."""
    seconds: list[float] = []
    for _ in range(warm_up + times):
        start = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - start)
    return seconds[warm_up:]


def figures_of(seconds: Iterable[float]) -> dict[str, object]:
    """Best and median of runs, and how many.

    >>> figures_of([0.3, 0.1, 0.2])
    {'best': 0.1, 'median': 0.2, 'runs': 3}
    """
    found = [round(s, 4) for s in seconds]
    return {"best": min(found), "median": median(found), "runs": len(found)}


def process(code: str, *arguments: str) -> bool:
    """Runs Python code in a process of its own; whether it imported torch.

    Raises:
        RuntimeError: it failed; the message has its last line of errors.
    """
    return _run(sys.executable, "-c", code, *arguments) == TORCH


def demo(model: Path) -> None:
    """Runs the command that `make demo` shows a tree with, by that model.

    Raises:
        RuntimeError: it failed; the message has its last line of errors.
    """
    _run(str(Path(sys.executable).with_name("argmine")), "mine", DEMO, "--model", str(model.resolve()))


def measure(model: Path) -> tuple[dict[str, object], dict[str, object]]:
    """The model and all figures, in seconds."""
    mining = (MINE, "mine", str(LONG), "--model", str(model.resolve()))
    torch = {"import": process(IMPORT), "names": process(NAMES), "mine": process(*mining)}
    figures: dict[str, object] = {
        "interpreter": figures_of(timed(lambda: process(NOTHING), PROCESSES)),
        "import": figures_of(timed(lambda: process(IMPORT), PROCESSES)),
        "import_names": figures_of(timed(lambda: process(NAMES), PROCESSES)),
        "mine_cold": figures_of(timed(lambda: process(*mining), PROCESSES)),
        "demo_seconds": figures_of(timed(lambda: demo(model), PROCESSES)),
        "torch_imported": torch,
        "words": {"mine_cold": len(read_text(LONG).split()), "mine_warm": WORDS},
    }
    miner = ArgumentMiner.load(model)
    text = first_words(miner, read_text(SHORT))
    figures["mine_warm"] = figures_of(timed(lambda: miner.mine(text), WARM, WARM_UP))
    return described(miner), figures


def first_words(miner: ArgumentMiner, text: str) -> str:
    """The text up to the end of its 370th word, as the encoder counts them.

    Raises:
        ValueError: it has fewer.
    """
    spans = miner.encoder.encode(Document(id="piece", text=text)).spans
    if len(spans) < WORDS:
        raise ValueError(f"the piece has {len(spans)} words, {WORDS} are needed")
    return text[: int(spans[WORDS - 1, 1])]


def main() -> None:
    """Measures one model, prints the figures and writes the record `startup`."""
    options = parser(__doc__)
    told = options.parse_args()
    if len(told.models) != 1:
        options.error("one model is measured")
    model, figures = measure(told.models[0])
    for name, value in figures.items():
        print(f"{name:16} {value}")
    if not told.limit:
        path = write_record(
            "startup", figures, data_digest=digest_files([LONG, SHORT, ROOT / DEMO]), extra={"model": model}
        )
        print(f"written to {path.relative_to(ROOT)}")


def _run(*command: str) -> int:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, TORCH):
        raise RuntimeError(f"{' '.join(command)[:80]!r} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.returncode


if __name__ == "__main__":
    main()
