"""Software that owns formats: the system's programs; packages of Python and Node, each in an environment of its own
under `.owners/`, installed when first asked for.
"""

import functools
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".owners"
PATIENCE = 300


def lacks(reason: str) -> NoReturn:
    """Skips a test for what is missing; in continuous integration, which brings all of it, it fails."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def program(*names: str) -> str:
    """The path of the first of these programs that there is; a test that asks for it lacks something without."""
    path = next(filter(None, map(shutil.which, names)), None)
    return path or lacks(f"needs a program: {' or '.join(names)}")


@functools.cache
def python_with(*requirements: str, beside_ours: bool = False) -> Path:
    """A Python that has these packages and what they need, or them alone and, behind them, all that the tests have.

    A test that asks for it lacks something where they cannot be installed.
    """
    folder = HOME / requirements[0].replace("==", "-")
    python = folder / "bin" / "python"
    if not (folder / "done").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        _run(sys.executable, "-m", "venv", str(folder))
        _run(str(python), "-m", "pip", "install", "--quiet", *(["--no-deps"] if beside_ours else []), *requirements)
        if beside_ours:
            (site,) = folder.glob("lib/python*/site-packages")
            (site / "ours.pth").write_text(sysconfig.get_path("purelib"))
        (folder / "done").touch()
    return python


@functools.cache
def node_with(*packages: str) -> Path:
    """A folder with these packages of Node; a test that asks for it lacks something where they cannot be installed."""
    npm = program("npm")
    folder = HOME / "-".join(package.replace("@", "-").replace("/", "-").strip("-") for package in packages)
    if not (folder / "done").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _run(npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *packages)
        (folder / "done").touch()
    return folder


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        lacks(f"cannot be installed: {' '.join(command[-3:])} ({type(error).__name__})")
