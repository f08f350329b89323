"""How long does an epoch of the essays alone take?

Data: the recipe's own training essays. Method: one epoch of the recipe from the base encoder on all cores, alone on the
machine, in a folder that is thrown away; scoring on the development essays is not counted.

    python -m benchmarks.training_speed --corpora DIR
"""

import argparse
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import torch

from argmine.training.recipe import read_recipe
from argmine.training.run import Run
from benchmarks.mining import DEFAULT
from benchmarks.record import digest_files, write_record

NAME = "training_speed"


def main() -> None:
    """Trains one epoch and writes the record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=os.environ.get("ARGMINE_CORPORA"))
    corpora = parser.parse_args().corpora
    if corpora is None:
        parser.error("--corpora or ARGMINE_CORPORA is needed")
    path = DEFAULT / "teachers.json"
    recipe = read_recipe(path).model_copy(update={"epochs": 1})
    with TemporaryDirectory() as folder:
        run = Run(recipe, Path(corpora), Path(folder))
        (epoch,) = run.epochs()
    figures = {
        "epoch_seconds": round(epoch.seconds, 1),
        "pieces": epoch.pieces,
        "pieces_a_second": round(epoch.pieces / epoch.seconds),
        "documents": sum(len(pool) for pool in run.material.train),
        "threads": torch.get_num_threads(),
    }
    write_record(NAME, figures, data_digest=digest_files([path]), seed=recipe.seed)
    print(figures)


if __name__ == "__main__":
    main()
