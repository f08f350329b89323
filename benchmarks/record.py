"""Records of benchmark runs, `benchmarks/results/<name>.json`: the figures and what it takes to repeat the run."""

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results"
LIBRARIES = ("argmine", "numpy", "onnxruntime", "pydantic", "tokenizers", "torch", "transformers")


def write_record(
    name: str,
    figures: Mapping[str, object],
    *,
    data_digest: str,
    seed: int | None = None,
    extra: Mapping[str, object] | None = None,
) -> Path:
    """Write a run's figures with commit, machine, versions and data.

    Args:
        name: the benchmark; a later run of it replaces the record.
        figures: what was measured, as JSON values; not a number (NaN) is refused.
        data_digest: what `digest_files` gives for the data that was read.
        seed: of the run, where chance plays a part.
        extra: settings and whatever else belongs to the run.

    Returns:
        The path of the record.

    Raises:
        ValueError: a figure is not a number, or `extra` has a key that every record has.
    """
    record: dict[str, object] = {
        "name": name,
        "figures": dict(figures),
        "data_digest": data_digest,
        "seed": seed,
        "commit": commit(),
        "machine": machine(),
        "versions": versions(),
    }
    if hidden := record.keys() & (extra or {}).keys():
        raise ValueError(f"extra may not replace {', '.join(sorted(hidden))}")
    record.update(extra or {})
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
    return path


def digest_files(paths: Iterable[Path]) -> str:
    """sha256 over names and contents of files, whatever the order they are given in."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda p: (p.name, p.as_posix())):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return f"sha256:{digest.hexdigest()}"


def commit() -> str:
    """The commit of the code, with "+changes" where tracked files outside the records differ from it."""
    head = _git("rev-parse", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!benchmarks/results")
    return f"{head}+changes" if changed else head


def machine() -> dict[str, object]:
    """Processor, cores that this process may use, operating system."""
    return {
        "cpu": _cpu_name(),
        "cores": _usable_cores(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def versions() -> dict[str, str]:
    """Versions of Python and of those libraries of ours that are installed."""
    installed = {d.metadata["Name"].lower(): d.version for d in metadata.distributions()}
    return {
        "python": platform.python_version(),
        **{name: installed[name] for name in LIBRARIES if name in installed},
    }


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S607
    return done.stdout.strip()


def _usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _cpu_name() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
