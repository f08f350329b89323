"""The training loop: a generator of epochs, whose state is on disk after each, so that a killed training goes on.

What is kept is a running average of the weights, of the epoch with the best development figure. Every epoch draws its
randomness from the seed and its number alone, so a resumed training sees what an undisturbed one would have seen.
"""

import copy
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from argmine.config import Decoding, ModelConfig, SchemeConfig
from argmine.encoding import DocumentEncoder
from argmine.errors import RecipeError
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from argmine.network import ArgumentNetwork
from argmine.runtime import TorchBackend
from argmine.training.batches import Batch, make_batch
from argmine.training.checkpoint import (
    Progress,
    best_weights,
    load_checkpoint,
    remove_other_weights,
    save_checkpoint,
    save_tensors,
)
from argmine.training.data import Pool
from argmine.training.examples import Example, Learnable, changed_form, example_of, with_noise
from argmine.training.losses import losses
from argmine.training.low_rank import adapt, take_up
from argmine.training.recipe import Keep, Recipe, SchemeRecipe
from argmine.training.scores import Scores, score

OnStep = Callable[[int, dict[str, float]], None]


def _decoding(scheme: SchemeRecipe) -> Decoding:
    return Decoding(
        claims_point=scheme.claims_point, threshold_by_f1=scheme.threshold_by_f1, overlap_weight=scheme.overlap_weight
    )


def model_config(recipe: Recipe) -> ModelConfig:
    """What a recipe's model is before its decoding is tuned."""
    others = tuple(SchemeConfig(name=s.name, places=s.places, decoding=_decoding(s)) for s in recipe.schemes)
    return ModelConfig(
        name=recipe.name,
        encoder=recipe.encoder,
        windows=recipe.windows,
        sizes=recipe.sizes,
        decoding=Decoding(claims_point=recipe.claims_point),
        places=recipe.places,
        others=others,
        default=recipe.default,
    )


@dataclass(frozen=True, slots=True)
class Epoch:
    """What one epoch came to; `losses` are means over its steps, `seconds` those of training without scoring."""

    number: int
    losses: dict[str, float]
    development: Scores
    seconds: float
    pieces: int
    best: bool


class Trainer:
    """A training of one recipe in one folder.

    Args:
        recipe: what to do.
        train: what to learn from, by source, without what no segmentation can hold (`fitness`).
        development: gold graphs to select the epoch on.
        encoder: the base encoder's vocabulary.
        base: folder of the base encoder.
        weights: those to start from, by name, instead of untrained heads.
        folder: where checkpoint and best weights lie; None where nothing is written and a kill costs everything.

    Raises:
        RecipeError: `base` holds no encoder, or one with fewer places than a window has.
    """

    def __init__(
        self,
        recipe: Recipe,
        train: Sequence[Pool],
        development: Sequence[ArgumentGraph],
        *,
        encoder: DocumentEncoder,
        base: str | Path,
        folder: Path | None,
        weights: Mapping[str, Tensor] | None = None,
    ) -> None:
        self.recipe, self.train, self.development = recipe, list(train), list(development)
        self.encoder, self.folder = encoder, folder
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(recipe.seed)
        self.network = _untrained(base, recipe)
        if weights is not None:
            _start_from(self.network, weights)
        self.network.to(self.device)
        if recipe.adapter is not None:
            self._adapt(recipe.schemes[0].name, recipe.adapter, weights or {})
        self._refuse_long_windows()
        self.optimiser = _optimiser(self.network, recipe)
        self.average = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        self.progress = Progress(recipe=recipe, epoch=0)
        self.steps = self.steps_an_epoch * recipe.epochs

    def _adapt(self, scheme: str, rank: int, weights: Mapping[str, Tensor]) -> None:
        adapt(self.network, scheme, rank)
        try:
            take_up(self.network, scheme, weights)
        except ValueError as error:
            raise RecipeError(
                f"the scheme to start from cannot go on with an adapter of rank {rank}: {error}"
            ) from error

    @property
    def steps_an_epoch(self) -> int:
        """How many batches an epoch has."""
        sizes: dict[str, int] = {}
        for pool in self.train:
            sizes[pool.scheme] = sizes.get(pool.scheme, 0) + len(pool)
        return sum(-(-size // self.recipe.batch) for size in sizes.values())

    def resume(self) -> int:
        """Takes up the folder's checkpoint, where there is one; returns how many epochs are done."""
        if self.folder is None:
            return 0
        found = load_checkpoint(self.folder, self.recipe, self.network, self.optimiser)
        if found is not None:
            self.progress, average = found
            self.average = {name: value.to(self.device) for name, value in average.items()}
            remove_other_weights(self.folder, self.progress.best)  # a kill may have come before
        return self.progress.epoch

    def epochs(self, on_step: OnStep = lambda *_: None) -> Iterator[Epoch]:
        """Trains the epochs that are left, one a turn; `on_step` is told each step's number and losses."""
        while self.progress.epoch < self.recipe.epochs:
            number = self.progress.epoch + 1
            start = time.perf_counter()
            means, pieces = self._train_epoch(number, on_step)
            seconds = time.perf_counter() - start
            scores = score(self.averaged_miner(), self.development)
            best = self.recipe.keep is Keep.LAST or scores.selection > self.progress.best_score
            epoch = Epoch(number, means, scores, seconds, pieces, best)
            self._save(epoch)
            yield epoch

    def _save(self, epoch: Epoch) -> None:
        """Best weights first, then the checkpoint that names them: a kill between the two costs nothing."""
        if self.folder is not None and epoch.best:
            bf16 = {name: value.to(torch.bfloat16) for name, value in self.average.items()}
            save_tensors(best_weights(self.folder, epoch.number), bf16)
        before = self.progress
        self.progress = Progress(
            recipe=self.recipe,
            epoch=epoch.number,
            best=epoch.number if epoch.best else before.best,
            best_score=epoch.development.selection if epoch.best else before.best_score,
            log=(*before.log, asdict(epoch)),
        )
        if self.folder is None:
            return
        save_checkpoint(self.folder, self.progress, self.network, self.average, self.optimiser)
        if epoch.best:
            remove_other_weights(self.folder, epoch.number)

    def averaged_miner(self) -> ArgumentMiner:
        """A miner with a copy of the averaged weights, rounded to bfloat16 as they would be saved.

        It reads the main scheme, or the one that an adapter is learnt for.
        """
        network = copy.deepcopy(self.network).eval()
        network.load_state_dict({name: value.to(torch.bfloat16).float() for name, value in self.average.items()})
        scheme = "" if self.recipe.adapter is None else self.recipe.schemes[0].name
        config = model_config(self.recipe).reading(scheme)
        return ArgumentMiner(config, self.encoder, TorchBackend(network, scheme=scheme))

    def _refuse_long_windows(self) -> None:
        places = getattr(self.network.pieces.encoder.config, "max_position_embeddings", self.recipe.windows.size)
        if self.recipe.windows.size > places:
            raise RecipeError(f"windows.size is {self.recipe.windows.size}, the encoder has {places} places")

    def _train_epoch(self, number: int, on_step: OnStep) -> tuple[dict[str, float], int]:
        rng = np.random.default_rng([self.recipe.seed, number])
        torch.manual_seed(self.recipe.seed * 1000 + number)
        self.network.train()
        totals: dict[str, float] = {}
        pieces = 0
        groups = self._groups(rng)
        for step, group in enumerate(groups):
            examples = [self._example(pool, item, rng) for pool, item in group]
            batch = make_batch(examples, self.encoder, self.recipe.learning_windows).to(self.device)
            parts = self._step(batch, group[0][0].scheme, (number - 1) * len(groups) + step)
            pieces += sum(len(e.encoded.ids) for e in examples)
            for name, value in parts.items():
                totals[name] = totals.get(name, 0.0) + value / len(groups)
            on_step(step + 1, parts)
        return totals, pieces

    def _example(self, pool: Pool, item: Learnable, rng: np.random.Generator) -> Example:
        augmentation = pool.augmentation or self.recipe.augmentation
        example = example_of(changed_form(item, augmentation, rng), self.encoder, pool.reading)
        return with_noise(example, augmentation, rng, blank=self.encoder.blank)

    def _step(self, batch: Batch, scheme: str, step: int) -> dict[str, float]:
        rate = linear_schedule(step, self.steps, self.recipe.warm_up)
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * rate
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.recipe.bf16):
            parts = losses(self.network, batch, self.recipe.losses, scheme)
        total = torch.stack(list(parts.values())).sum()
        if not torch.isfinite(total):
            raise RecipeError(f"the loss is {float(total.detach())} at step {step + 1}: lower the learning rates")
        total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self._move_average(step)
        return {name: float(value.detach()) for name, value in parts.items()}

    def _move_average(self, step: int) -> None:
        decay = min(self.recipe.average, (1 + step) / (10 + step))
        with torch.no_grad():
            for name, value in self.network.named_parameters():
                if value.requires_grad:
                    self.average[name].lerp_(value, 1 - decay)

    def _groups(self, rng: np.random.Generator) -> list[list[tuple[Pool, Learnable]]]:
        """Batches of documents of one scheme and like length, in random order."""
        groups: list[list[tuple[Pool, Learnable]]] = []
        for scheme in dict.fromkeys(pool.scheme for pool in self.train):
            items = [(pool, item) for pool in self.train if pool.scheme == scheme for item in pool.draw(rng)]
            sizes = np.array([len(item.text) for _, item in items])
            order = np.argsort(sizes * rng.uniform(0.8, 1.25, len(sizes)), kind="stable")
            batch = self.recipe.batch
            groups += [[items[k] for k in order[start : start + batch]] for start in range(0, len(order), batch)]
        return [groups[k] for k in rng.permutation(len(groups))]


def _untrained(base: str | Path, recipe: Recipe) -> ArgumentNetwork:
    try:
        schemes = [scheme.name for scheme in recipe.schemes]
        return ArgumentNetwork.from_encoder(base, recipe.sizes, dropout=recipe.dropout, schemes=schemes)
    except Exception as error:  # transformers raises what it likes
        raise RecipeError(f"the encoder {str(base)!r} cannot be loaded: {error}") from error


def _start_from(network: ArgumentNetwork, weights: Mapping[str, Tensor]) -> None:
    """Takes the weights of all that they know; a scheme that they do not know starts as the main one."""
    known = {name: value.float() for name, value in weights.items()}
    new = [scheme for scheme in network.others if not any(name.startswith(f"others.{scheme}.") for name in known)]
    kept = network.state_dict()
    known |= {name: value for name, value in kept.items() if any(name.startswith(f"others.{s}.") for s in new)}
    try:
        network.load_state_dict({name: value for name, value in known.items() if name in kept or not _other(name)})
    except RuntimeError as error:
        raise RecipeError(f"the weights to start from are of another network: {error}") from error
    for scheme in new:
        network.start_scheme(scheme)


def _other(name: str) -> bool:
    """Whether a weight is of a scheme beside the main one; a training without that scheme leaves it out."""
    return name.startswith("others.")


def linear_schedule(step: int, steps: int, warm_up: float) -> float:
    """Linear rise over the warm-up, then linear fall to 0, as a share of the peak rate."""
    rise = max(1, round(steps * warm_up))
    return (step + 1) / rise if step < rise else max(0.0, (steps - step) / max(1, steps - rise))


def _optimiser(network: ArgumentNetwork, recipe: Recipe) -> torch.optim.Optimizer:
    groups = []
    encoder = dict(network.pieces.encoder.named_parameters())
    layers = 1 + max((_layer_number(name) for name in encoder), default=0)
    learnt = ((name, parameter) for name, parameter in network.named_parameters() if parameter.requires_grad)
    for name, parameter in learnt:
        inner = name.removeprefix("pieces.encoder.")
        depth = layers - 1 - _layer_number(inner) if inner in encoder else 0
        rate = recipe.encoder_rate * recipe.layer_decay**depth if inner in encoder else recipe.head_rate
        decay = 0.0 if parameter.ndim < 2 else recipe.weight_decay
        groups.append({"params": [parameter], "peak": rate, "lr": 0.0, "weight_decay": decay})
    return torch.optim.AdamW(groups, fused=True)


def _layer_number(name: str) -> int:
    """Number of the encoder layer that a parameter belongs to; embeddings count as below the first, -1."""
    numbers = [int(part) for part in name.split(".") if part.isdigit()]
    return numbers[0] if numbers and "embeddings" not in name else -1
