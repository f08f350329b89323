"""Files that are rendered from records and code: written, or with `--check` compared with what would be written."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path


def parser(docstring: str | None) -> argparse.ArgumentParser:
    """A command's options: its docstring as help, and `--check`."""
    options = argparse.ArgumentParser(description=docstring, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="write nothing; 1 where a file is out of date")
    return options


def write_or_check(wanted: Mapping[Path, str], command: str, *, check: bool) -> int:
    """Writes the files that are not as wanted, or tells of them and of the command; returns the exit code."""
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in stale:
        if check:
            print(f"{path} is not what its sources give: {command}", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
            print(f"written: {path}")
    return 1 if check and stale else 0
