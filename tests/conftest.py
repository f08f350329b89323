"""What all tests share: seeds, and skipping what needs a corpus or an accelerator that is not there."""

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import settings

from argmine.miner import ArgumentMiner
from tests import tiny

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples in each run, and no time limit, for the machine may be busy.
settings.register_profile("argmine", derandomize=True, deadline=None)
settings.load_profile("argmine")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "corpora" in getattr(item, "fixturenames", ()):
            item.add_marker("corpus")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("corpus") and "ARGMINE_CORPORA" not in os.environ:
        pytest.skip("needs the licensed corpora: set ARGMINE_CORPORA to their folder")
    if item.get_closest_marker("gpu") and not _has_accelerator():
        pytest.skip("needs an accelerator that torch can use")


def _has_accelerator() -> bool:
    import torch

    return torch.accelerator.is_available()


@pytest.fixture(autouse=True)
def _seeded() -> None:
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002 - for libraries that draw from the global state
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(0)


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of the unpacked corpora, one folder each; a test that asks for it is marked `corpus`."""
    folder = Path(os.environ["ARGMINE_CORPORA"])
    if not folder.is_dir():
        raise NotADirectoryError(f"ARGMINE_CORPORA names no folder: {folder}")
    return folder


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny base encoder, as `AutoModel` loads it."""
    return tiny.write_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path) -> Path:
    """The folder of a packaged tiny model; a test that breaks it breaks a copy."""
    from argmine.training.package import write_package

    folder = tmp_path_factory.mktemp("tiny") / "model"
    write_package(folder, tiny.network(tiny_base), tiny.config(), tiny.encoder())
    return folder


@pytest.fixture(scope="session")
def tiny_miner(tiny_model: Path) -> ArgumentMiner:
    return ArgumentMiner.load(tiny_model, threads=1)


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium, for the tests of one file: while Playwright runs, its thread can run no other event loop."""
    from tests.browser import chromium

    with chromium() as started:
        yield started
