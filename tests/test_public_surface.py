"""What `import argmine` offers and costs."""

import subprocess
import sys
import time

import pytest

import argmine

HEAVY = ("torch", "onnxruntime", "transformers", "datasets")


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_public_names_are_few() -> None:
    assert len(argmine.__all__) <= 25
    assert argmine.__all__ == sorted(argmine.__all__)


@pytest.mark.parametrize("name", argmine.__all__)
def test_public_name_is_there(name: str) -> None:
    assert getattr(argmine, name) is getattr(argmine, name)
    assert name in dir(argmine)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'argmine' has no attribute 'parse'"):
        _ = argmine.parse


@pytest.mark.parametrize(
    "names",
    ["", "; argmine.ArgumentGraph, argmine.load, argmine.ArgumentTree", "; argmine.evaluate, argmine.Evaluation"],
)
def test_import_loads_nothing_heavy(names: str) -> None:
    loaded = python(f"import sys, argmine{names}; print([m for m in {HEAVY} if m in sys.modules])")
    assert loaded.strip() == "[]"


def test_command_starts_without_anything_heavy() -> None:
    loaded = python(f"import sys, argmine.cli; print([m for m in (*{HEAVY}, 'argmine.miner') if m in sys.modules])")
    assert loaded.strip() == "[]"


def test_import_is_quick() -> None:
    def seconds() -> float:
        start = time.perf_counter()
        python("import argmine")
        return time.perf_counter() - start

    assert min(seconds() for _ in range(5)) < 0.3
