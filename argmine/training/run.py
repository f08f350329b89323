"""A recipe's whole way: data, epochs, tuning on development data, model folder.

In the training's folder lie `recipe.json`, `log.jsonl` (a line an epoch), `curves.png`, the checkpoint, the best
weights and, at the end, the model folder `model/`, whose `training.json` says what it was made of, and whose
`training-digests.json` holds the digests by which an evaluation knows these documents again.
"""

import hashlib
import json
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from argmine.adapters import is_adapter, own_weights, shared_weights
from argmine.config import ModelConfig, SchemeConfig
from argmine.corpora.fingerprints import TrainingDigests, read_digests
from argmine.errors import RecipeError
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, DIGESTS, TRAINING, find_model, read_config, revision
from argmine.network import ArgumentNetwork
from argmine.runtime import TorchBackend
from argmine.training.averaging import mean_weights, refuse_other_models
from argmine.training.checkpoint import load_best_weights, load_weights
from argmine.training.data import Material, find_encoder, read_encoder, read_sources
from argmine.training.examples import Learnable
from argmine.training.fitness import fitting
from argmine.training.low_rank import adapt, take_up, taken_apart
from argmine.training.package import write_package
from argmine.training.recipe import Recipe
from argmine.training.scores import OverlapScores, Scores, count, count_overlap, score
from argmine.training.trainer import Epoch, Trainer, model_config
from argmine.training.tuning import GRID, tuned

LOG, MODEL = "log.jsonl", "model"
_RESEARCH = "research only, as the corpora are that it was trained on: "


class Run:
    """One training of one recipe in one folder.

    Args:
        recipe: what to do.
        corpora: the folder that holds each corpus in a folder of its name; None will do where none is asked for.
        folder: where everything is written; a training that was killed goes on from what lies there.

    Raises:
        ArgmineError: a corpus, the encoder or a model cannot be read or does not fit the recipe, or the folder holds
            another recipe's training.
    """

    def __init__(self, recipe: Recipe, corpora: Path | None, folder: Path) -> None:
        self.recipe, self.folder = recipe, folder
        self.start = None if recipe.init is None else find_model(recipe.init)
        self.base = find_encoder(recipe.encoder) if self.start is None else str(self.start)
        self.means = [find_model(model) for model in recipe.mean_with]
        _refuse_other_reading(recipe, self.start)
        self.encoder = read_encoder(self.base)
        material = read_sources(recipe, corpora)
        pools, unfit = fitting(material.train, self.encoder, recipe.sizes.longest_segment)
        self.material = replace(material, train=pools, unfit=unfit)
        folder.mkdir(parents=True, exist_ok=True)
        self.trainer = Trainer(
            recipe,
            self.material.train,
            self.material.development,
            encoder=self.encoder,
            base=self.base,
            folder=folder,
            weights=None if self.start is None else _weights(recipe, self.start),
        )
        if self.means and self.start is not None:
            (scheme,) = recipe.schemes
            own = _of_scheme(self.trainer.network.state_dict(), scheme.name)
            refuse_other_models(self.means, self.start, scheme.name, own)
        self.done = self.trainer.resume()
        self.schemes: dict[str, OverlapScores] = {}
        self._write("recipe.json", recipe.model_dump_json(indent=2) + "\n")
        self._write_log()

    def epochs(self, on_step: Callable[[int, dict[str, float]], None] = lambda *_: None) -> Iterator[Epoch]:
        """The epochs that are left, each written to the log before it is given."""
        for epoch in self.trainer.epochs(on_step):
            self._write_log()
            yield epoch

    def finish(self) -> tuple[Path, Scores]:
        """Settles how the best epoch's weights decode and writes the model folder; returns it and its scores."""
        weights = load_best_weights(self.folder, self.trainer.progress.best)
        if self.recipe.adapter is not None and self.start is not None:
            return self._finish_adapter(self.start, self.recipe.adapter, weights)
        schemes = [scheme.name for scheme in self.recipe.schemes]
        network = ArgumentNetwork.from_encoder(self.base, self.recipe.sizes, schemes=schemes)
        network.load_state_dict({name: value.float() for name, value in weights.items()})
        plain = model_config(self.recipe).model_copy(update={"licence": self._licence()})
        miner = ArgumentMiner(plain, self.encoder, TorchBackend(network.eval()))
        config, scores = self._settled(miner)
        config = config.model_copy(update={"others": tuple(self._settled_schemes(config, network))})
        write_package(self.folder / MODEL, network, config, self.encoder)
        self._write_records(scores)
        return self.folder / MODEL, scores

    def _finish_adapter(self, start: Path, rank: int, weights: Mapping[str, Tensor]) -> tuple[Path, Scores]:
        """The model that it started from, with one more scheme; a scheme of that name is replaced."""
        name, before = self.recipe.schemes[0].name, read_config(start / CONFIG)
        learnt = ArgumentNetwork.from_encoder(self.base, self.recipe.sizes, schemes=[name])
        adapt(learnt, name, rank)
        each = [_of_scheme(weights, name), *(own_weights(load_weights(model), name) for model in self.means)]
        own = mean_weights(each, self.recipe.mean_share)
        heads = {key: value for key, value in own.items() if not is_adapter(key)}
        learnt.load_state_dict({key: value.float() for key, value in weights.items()} | heads)
        take_up(learnt, name, own)
        scheme, scores = self._settled_adapter(learnt.eval(), name)
        others = (*(other for other in before.others if other.name != name), scheme)
        licence = before.licence
        for other in (*(read_config(model / CONFIG).licence for model in self.means), self._licence()):
            licence = _joined_licence(licence, other)
        default = self.recipe.default or before.default
        config = before.model_copy(update={"others": others, "licence": licence, "default": default})
        network = ArgumentNetwork.from_encoder(self.base, config.sizes, schemes=[other.name for other in others])
        known = load_weights(start)
        kept = {key: known[key] for key in known.keys() - own_weights(known, name).keys()}
        adapters = {key: value for key, value in (kept | own).items() if is_adapter(key)}
        state = {key: value for key, value in kept.items() if not is_adapter(key)} | heads
        network.load_state_dict({key: value.float() for key, value in state.items()})
        write_package(self.folder / MODEL, network, config, self.encoder, adapters)
        if (start / TRAINING).is_file():  # what the main scheme was made of
            self._write(f"{MODEL}/{TRAINING}", (start / TRAINING).read_text("utf-8"))
        self._write_records(scores, f"{Path(TRAINING).stem}-{name}.json")
        return self.folder / MODEL, scores

    def _settled_adapter(self, network: ArgumentNetwork, name: str) -> tuple[SchemeConfig, Scores]:
        """The scheme's configuration, tuned or as it was, and its scores on the recipe's development data."""
        config = next(self._settled_schemes(model_config(self.recipe), network))
        reading = model_config(self.recipe).model_copy(update={"others": (config,)}).reading(name)
        miner = ArgumentMiner(reading, self.encoder, TorchBackend(network, scheme=name))
        return config, score(miner, self.material.development)

    def _write_records(self, scores: Scores, training: str = TRAINING) -> None:
        self._write(f"{MODEL}/{DIGESTS}", self._digests().model_dump_json() + "\n")
        self._write(f"{MODEL}/{training}", json.dumps(self._record(scores), indent=2) + "\n")

    def _settled(self, miner: ArgumentMiner) -> tuple[ModelConfig, Scores]:
        """Configuration with decoding and calibration, tuned or as in the model to start from, and its scores."""
        development = self.material.development
        if self.recipe.tune or self.start is None:
            return tuned(miner, development, count)
        before = read_config(self.start / CONFIG).reading(self.recipe.init_scheme)
        parts = ("decoding", "component_calibration", "relation_calibration", "arguing")
        config = miner.config.model_copy(update={name: getattr(before, name) for name in parts})
        return config, score(ArgumentMiner(config, self.encoder, miner.backend), development)

    def _licence(self) -> str:
        """That of the corpora; of weights that learnt from graphs alone, that of the weights they were before."""
        if self.material.licences or self.start is None:
            return _licence(self.material.licences)
        return read_config(self.start / CONFIG).licence

    def _settled_schemes(self, config: ModelConfig, network: ArgumentNetwork) -> Iterator[SchemeConfig]:
        """The schemes beside the main one, tuned or as in the model to start from; what that lacks is tuned always."""
        parts = ("component_calibration", "relation_calibration", "errors")
        before = () if self.recipe.tune or self.start is None else read_config(self.start / CONFIG).others
        known = {scheme.name: scheme for scheme in before}
        for other in config.others:
            backend, gold = TorchBackend(network, scheme=other.name), self.material.others[other.name]
            if (kept := known.get(other.name)) is None:
                miner = ArgumentMiner(config.reading(other.name), self.encoder, backend)
                found, self.schemes[other.name] = tuned(miner, gold, count_overlap)
                yield other.model_copy(update={name: getattr(found, name) for name in ("decoding", *parts)})
                continue
            decoding = other.decoding.model_copy(update={name: getattr(kept.decoding, name) for name in GRID})
            own = other.model_copy(update={name: getattr(kept, name) for name in (*parts, "arguing")})
            own = own.model_copy(update={"decoding": decoding})
            reading = config.model_copy(update={"others": (own,)}).reading(other.name)
            miner = ArgumentMiner(reading, self.encoder, backend)
            self.schemes[other.name] = count_overlap(self.encoder, gold, [miner.mine(g.document) for g in gold])
            yield own

    def log(self) -> Sequence[dict[str, Any]]:
        """The epochs done so far, a dictionary each."""
        return self.trainer.progress.log

    def _write_log(self) -> None:
        self._write(LOG, "".join(json.dumps(line) + "\n" for line in self.log()))

    def _write(self, name: str, text: str) -> None:
        partial = self.folder / f"{name}.partial"
        partial.write_text(text, encoding="utf-8")
        partial.replace(self.folder / name)

    def _digests(self) -> TrainingDigests:
        found = digests_of(self.material)
        for model in (self.start, *self.means):
            found = found if model is None else found.after(read_digests(model / DIGESTS))
        return found

    def _record(self, scores: Scores) -> dict[str, object]:
        return {
            "recipe": self.recipe.model_dump(mode="json"),
            "selected_epoch": self.trainer.progress.best,
            "development": asdict(scores),
            "schemes": {name: asdict(scheme) for name, scheme in self.schemes.items()},
            "epoch_seconds": [round(float(line["seconds"]), 1) for line in self.log()],
            "train_documents": counted(self.material.learnt),
            "development_documents": counted(self.material.development),
            "scheme_documents": {name: counted(graphs) for name, graphs in self.material.others.items()},
            "digests": DIGESTS,
            "lessons": {
                name: {"digest": lessons.digest, "teachers": lessons.teachers}
                for name, lessons in self.material.lessons.items()
            },
            "init": None if self.start is None else revision(self.start),
            "mean_with": [revision(model) for model in self.means],
            "left_out": self.material.left_out,
            "unfit": self.material.unfit,
            "repairs": self.material.repairs,
            "versions": {name: version(name) for name in ("argmine", "torch", "transformers", "tokenizers", "numpy")},
            "python": platform.python_version(),
            "device": str(self.trainer.device),
            "threads": torch.get_num_threads(),
        }


def _joined_licence(before: str, now: str) -> str:
    """Both, each corpus once."""
    terms = now.removeprefix(_RESEARCH).split("; ")
    return "; ".join([before, *(term for term in terms if term not in before)])


def _licence(licences: Mapping[str, str]) -> str:
    if not licences:
        return "not stated"
    corpora = "; ".join(f"{name} ({licence})" for name, licence in licences.items())
    return f"{_RESEARCH}{corpora}"


def digests_of(material: Material) -> TrainingDigests:
    """By what the documents are known again; what a scheme was tuned on counts as selected on."""
    selected = chain(material.development, *material.others.values())
    return TrainingDigests.of((item.text for item in material.learnt), (graph.text for graph in selected))


def counted(items: Sequence[Learnable]) -> dict[str, int | str]:
    """How many, and the digest of their ids and texts, by which the very documents are known again."""
    digest = hashlib.sha256()
    for item in items:
        digest.update(f"{item.id}\0{item.text}\0".encode())
    graphs = [item for item in items if isinstance(item, ArgumentGraph)]
    return {
        "documents": len(items),
        "digest": f"sha256:{digest.hexdigest()}",
        "components": sum(len(g.components) for g in graphs),
        "relations": sum(len(g.relations) for g in graphs),
    }


def _weights(recipe: Recipe, start: Path) -> dict[str, Tensor]:
    """What a recipe starts from; a scheme that is adapted is called by its new name, and unknown where it is new.

    A scheme that is adapted anew starts from the main one, whatever it was before.
    """
    if recipe.adapter is None:
        return load_weights(start, recipe.init_scheme)
    before, now = (f"others.{name}." for name in (recipe.init_scheme, recipe.schemes[0].name))
    weights = load_weights(start)
    own = own_weights(weights, recipe.init_scheme)  # none of the empty scheme's
    return shared_weights(weights) | {now + name.removeprefix(before): value for name, value in own.items()}


def _of_scheme(state: Mapping[str, Tensor], scheme: str) -> dict[str, Tensor]:
    """A scheme's heads and adapter by the names of a model's folder, from an adapted network."""
    heads, adapter = taken_apart(state, scheme)
    return heads | adapter


def _refuse_other_reading(recipe: Recipe, start: Path | None) -> None:
    if start is None or not recipe.init_scheme:
        return
    try:
        before = read_config(start / CONFIG).reading(recipe.init_scheme)
    except ValueError as error:
        raise RecipeError(str(error), path=start / CONFIG) from error
    wanted = {"claims_point": before.decoding.claims_point, "places": before.places}
    reads = recipe if recipe.adapter is None else recipe.schemes[0]
    told = {"claims_point": reads.claims_point, "places": reads.places}
    if told != wanted:
        raise RecipeError(f"the scheme {recipe.init_scheme} reads with {wanted}, the recipe says {told}")
