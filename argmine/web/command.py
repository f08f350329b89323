"""What `argmine serve` does."""

import logging
import warnings
from pathlib import Path

import argmine
from argmine.web.app import create_app
from argmine.web.server import serve as answer
from argmine.web.settings import Settings


def serve(
    settings: Settings, *, model: str | Path = "default", scheme: str | None = None, threads: int | None = None
) -> None:
    """Loads a model and answers until told to stop; the log goes to the standard error.

    Args:
        settings: how the server is run.
        model: a packaged model's name, or a model's folder.
        scheme: by which of its schemes it reads, as in `argmine.load`.
        threads: how many the miner may use; all processors of the process where None.

    Raises:
        ModelError: there is no such model or scheme, or it is broken.
    """
    miner = argmine.load(model, scheme=scheme, threads=threads)
    warnings.simplefilter("ignore")  # those of libraries may hold text
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("uvicorn").setLevel(logging.WARNING)  # it tells each step of starting and stopping
    answer(create_app(miner, settings, model=f"{miner.info.name} {miner.info.revision}"), settings)
