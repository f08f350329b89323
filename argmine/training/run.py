"""A recipe's whole way: data, epochs, tuning on development data, model folder.

In the training's folder lie `recipe.json`, `log.jsonl` (a line an epoch), `curves.png`, the checkpoint, the best
weights and, at the end, the model folder `model/`, whose `training.json` says what it was made of.
"""

import json
import platform
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import torch
from safetensors.torch import load_file

from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from argmine.network import ArgumentNetwork
from argmine.runtime import TorchBackend
from argmine.training.data import find_encoder, read_encoder, read_sources
from argmine.training.package import write_package
from argmine.training.recipe import Recipe
from argmine.training.scores import Scores
from argmine.training.trainer import BEST, Epoch, Trainer, model_config
from argmine.training.tuning import tuned

LOG, MODEL, TRAINING = "log.jsonl", "model", "training.json"


class Run:
    """One training of one recipe in one folder.

    Args:
        recipe: what to do.
        corpora: the folder that holds each corpus in a folder of its name.
        folder: where everything is written; a training that was killed goes on from what lies there.

    Raises:
        ArgmineError: a corpus or the encoder cannot be read, or the folder holds another recipe's training.
    """

    def __init__(self, recipe: Recipe, corpora: Path, folder: Path) -> None:
        self.recipe, self.folder = recipe, folder
        self.base = find_encoder(recipe.encoder)
        self.encoder = read_encoder(self.base)
        self.train, self.development, self.left_out = read_sources(recipe, corpora)
        folder.mkdir(parents=True, exist_ok=True)
        self.trainer = Trainer(
            recipe, self.train, self.development, encoder=self.encoder, base=self.base, folder=folder
        )
        self.done = self.trainer.resume()
        (folder / "recipe.json").write_text(recipe.model_dump_json(indent=2) + "\n", encoding="utf-8")
        self._keep_log(self.done)

    def epochs(self, on_step: Callable[[int, dict[str, float]], None] = lambda *_: None) -> Iterator[Epoch]:
        """The epochs that are left, each written to the log before it is given."""
        for epoch in self.trainer.epochs(on_step):
            with (self.folder / LOG).open("a", encoding="utf-8") as log:
                log.write(json.dumps(asdict(epoch)) + "\n")
            yield epoch

    def finish(self) -> tuple[Path, Scores]:
        """Tunes the best epoch's weights on development data and writes the model folder; returns it and its scores."""
        network = ArgumentNetwork.from_encoder(self.base, self.recipe.sizes)
        network.load_state_dict({name: value.float() for name, value in load_file(self.folder / BEST).items()})
        miner = ArgumentMiner(model_config(self.recipe), self.encoder, TorchBackend(network.eval()))
        config, scores = tuned(miner, self.development)
        write_package(self.folder / MODEL, network, config, self.encoder)
        record = self._record(scores)
        (self.folder / MODEL / TRAINING).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
        return self.folder / MODEL, scores

    def log(self) -> list[dict[str, object]]:
        """The epochs done so far, as the log has them."""
        path = self.folder / LOG
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        return [json.loads(line) for line in lines]

    def _keep_log(self, epochs: int) -> None:
        """Drops lines of epochs that are not in the checkpoint: a kill may fall between the two."""
        kept = [line for line in self.log() if int(str(line["number"])) <= epochs]
        (self.folder / LOG).write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")

    def _record(self, scores: Scores) -> dict[str, object]:
        return {
            "recipe": self.recipe.model_dump(mode="json"),
            "selected_epoch": self.trainer.progress.best,
            "development": asdict(scores),
            "train_documents": _counted(self.train),
            "development_documents": _counted(self.development),
            "left_out": self.left_out,
            "versions": {name: version(name) for name in ("argmine", "torch", "transformers", "tokenizers", "numpy")},
            "python": platform.python_version(),
            "device": str(self.trainer.device),
            "threads": torch.get_num_threads(),
        }


def _counted(graphs: list[ArgumentGraph]) -> dict[str, int]:
    return {
        "documents": len(graphs),
        "components": sum(len(g.components) for g in graphs),
        "relations": sum(len(g.relations) for g in graphs),
    }
