"""A server in a process of its own."""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent.parent


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
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.log += line
            yield line

    def wait_for_a_request(self) -> None:
        """Until a text is being mined."""
        while "argmine_running_requests 2.0" not in httpx.get(f"{self.url}/metrics").text:
            time.sleep(0.01)

    def end(self) -> int:
        """Its exit code, once it has ended by itself."""
        code = self.process.wait(20)
        self._rest.join(20)
        return code


@contextmanager
def running(module: str, *arguments: str) -> Iterator[Running]:
    """A module that serves, run until the block ends or it does."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield Running(process)
        finally:
            process.kill()


def slow(seconds: float, *, grace: float = 20, token: str | None = None) -> AbstractContextManager[Running]:
    """A server whose miner takes so many seconds a text, and who has so many to end."""
    return running("tests.web.slow_server", str(seconds), str(grace), *([token] if token else []))
