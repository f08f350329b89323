"""Processes of a program that is killed."""

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent


def is_there(pid: int) -> bool:
    """Whether a process runs; one that has ended may wait for long to be asked how."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/status")
    return not (status.is_file() and "\nState:\tZ" in status.read_text("utf-8"))


def assert_processes_end_when_killed(program: str, path: Path) -> None:
    """A program prints the ids of processes of its own and waits; killed then, it leaves none of them behind.

    Args:
        program: its text; what it starts is told in a line of its standard output.
        path: where it may be written, for processes that are spawned read it again.
    """
    path.write_text(textwrap.dedent(program), encoding="utf-8")
    told = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, path], stdout=subprocess.PIPE, text=True, env=told) as process:
        assert process.stdout is not None
        pids = [int(pid) for pid in process.stdout.readline().split()]
        assert pids
        assert all(map(is_there, pids))
        process.kill()
    for _ in range(100):
        if not any(map(is_there, pids)):
            break
        time.sleep(0.1)
    assert not any(map(is_there, pids))
