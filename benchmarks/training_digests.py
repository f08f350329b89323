"""Give a model that was trained before there were any the digests of its training documents.

Reads the recipe in the model's `training.json`, and the corpora anew; goes on only if the documents are the very ones
that were trained and selected on, by the digest of their ids and texts. Writes `training-digests.json` into the model's
folder and names it in `training.json`; a training writes both by itself.

    python -m benchmarks.training_digests models/default --corpora DIR
"""

import argparse
import json
from pathlib import Path
from typing import Any

from argmine.errors import RecipeError
from argmine.model_folder import DIGESTS, TRAINING
from argmine.training.data import read_sources
from argmine.training.recipe import Recipe
from argmine.training.run import counted, digests_of
from benchmarks.mining import add_corpora


def write_digests(folder: Path, corpora: Path) -> Path:
    """Writes the digests of a model's documents and returns the path of the file.

    Raises:
        RecipeError: the documents are not those of the training.
        ArgmineError: a corpus cannot be read.
    """
    path = folder / TRAINING
    record: dict[str, Any] = json.loads(path.read_text("utf-8"))
    material = read_sources(Recipe.model_validate(record["recipe"]), corpora)
    for key, graphs in (("train_documents", material.learnt), ("development_documents", material.development)):
        if (found := counted(graphs)) != record[key]:
            raise RecipeError(f"{key} were {record[key]}, the corpora now give {found}", path=path)
    (folder / DIGESTS).write_text(digests_of(material).model_dump_json() + "\n", "utf-8")
    path.write_text(json.dumps(_with_digests(record), indent=2) + "\n", "utf-8")
    return folder / DIGESTS


def _with_digests(record: dict[str, Any]) -> dict[str, Any]:
    """The record with the key `digests` where a training writes it: after `development_documents`."""
    found: dict[str, Any] = {}
    for key, value in record.items():
        if key != "digests":
            found[key] = value
        if key == "development_documents":
            found["digests"] = DIGESTS
    return found


def main() -> None:
    """Writes the digests."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("model", type=Path, help="a model's folder")
    add_corpora(options)
    told = options.parse_args()
    if told.corpora is None:
        options.error("tell --corpora or ARGMINE_CORPORA, the folder of the unpacked corpora")
    print(f"written to {write_digests(told.model, told.corpora)}")


if __name__ == "__main__":
    main()
