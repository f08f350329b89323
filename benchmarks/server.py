"""A server in a process of its own, for measurements and tests."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from benchmarks.record import ROOT


class Running:
    """A server's process, its address, and what it logged."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.log = ""
        self.url = ""
        for line in self._lines():
            if found := re.search(r"listening on (\S+)", line):
                self.url = found[1]
                break
        self._rest = threading.Thread(target=lambda: list(self._lines()))
        self._rest.start()

    def _lines(self) -> Iterator[str]:
        for line in self.process.stderr or ():
            self.log += line
            yield line

    def end(self) -> int:
        """Its exit code, once it has ended by itself."""
        code = self.process.wait(20)
        self._rest.join(20)
        return code


@contextmanager
def running(*command: str) -> Iterator[Running]:
    """A command that serves, run until the block ends or it does."""
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield Running(process)
        finally:
            process.kill()


def serving(model: Path, *options: str) -> AbstractContextManager[Running]:
    """`argmine serve` with a model, on a free port."""
    argmine = Path(sys.executable).with_name("argmine")
    return running(str(argmine), "serve", "--model", str(model), "--port", "0", *options)
