"""A program: kills a run at every call of the modules that write, resumes it, and tells what was not the same.

    python -m tests.batch.kill_everywhere FOLDER FORM STRIDE

Each run is a fork of this process, which has imported all, so that a kill costs some hundredths of a second. The moment
of death is the n-th call of a built-in function (writes, flushes and all else) from the modules in `WRITING`, for every
STRIDE-th n. Prints the number of kills, then a line for each output that differs.
"""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from argmine.batch import run
from argmine.batch.engine import LocalEngine
from argmine.batch.files import Collection, score_files
from tests.batch.made_up import scorer

WRITING = (
    "argmine/formats/output.py",
    *(f"argmine/batch/{name}.py" for name in ("durable", "journal", "log", "run", "table")),
)


def score(folder: Path, output: Path) -> None:
    score_files(Collection((str(folder / "in"),)), output, LocalEngine(scorer(graphs=True)))


def die_at(call: int) -> None:
    """Arms this process: it kills itself at that call, from 1."""
    left = call

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal left
        if event == "c_call" and frame.f_code.co_filename.endswith(WRITING):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


def forked(folder: Path, output: Path, *, call: int = 0) -> int:
    """Scores in a fork, to its end or its death; the exit status."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    if call:
        die_at(call)
    score(folder, output)
    sys.setprofile(None)
    os._exit(0)


def main(folder: Path, form: str, stride: int) -> None:
    run.PART_PIECES = 3
    whole = folder / f"whole.{form}"
    assert forked(folder, whole) == 0
    expected = whole.read_bytes()
    call, faults = 1, []
    while True:
        output = folder / f"{call}.{form}"
        status = forked(folder, output, call=call)
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL, status
        if forked(folder, output) or output.read_bytes() != expected:
            faults.append(f"call {call}")
        call += stride
    sys.stdout.write("\n".join([str(call // stride), *faults]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
