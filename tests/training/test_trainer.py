"""The training loop on two small documents: it learns them, and a killed one ends as an undisturbed one."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from argmine.config import Windows
from argmine.document import Document
from argmine.encoding import DocumentEncoder
from argmine.errors import RecipeError
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from argmine.training.batches import Batch, make_batch
from argmine.training.checkpoint import CHECKPOINT
from argmine.training.data import Pool
from argmine.training.examples import Example
from argmine.training.package import write_package
from argmine.training.recipe import Augmentation, Recipe
from argmine.training.scores import score
from argmine.training.trainer import Epoch, Trainer, model_config
from tests import tiny

ENCODER = tiny.encoder()


def gold(name: str, parts: list[tuple[str, str, str]], links: list[tuple[str, str, str]]) -> ArgumentGraph:
    """A graph of the sentences of `parts`: id, type and words, one sentence each."""
    text = " ".join(f"{words}." for _, _, words in parts)
    spans = [(n, kind, text.index(words), text.index(words) + len(words)) for n, kind, words in parts if kind]
    return ArgumentGraph.build(Document(id=name, text=text), spans, links)


TWO = [
    gold(
        "buses",
        [
            ("x", "", "Here is a town"),
            ("a", "major_claim", "we must keep the buses"),
            ("b", "claim", "they help people"),
            ("c", "premise", "shops lie far away"),
        ],
        [("b", "a", "support"), ("c", "b", "support")],
    ),
    gold(
        "cars",
        [
            ("a", "premise", "cars are loud"),
            ("b", "claim", "roads should close at night"),
            ("y", "", "Who knows"),
            ("c", "premise", "nurses drive to work"),
        ],
        [("a", "b", "support"), ("c", "b", "attack")],
    ),
]
RECIPE = Recipe(
    name="two",
    encoder="tiny",
    sizes=tiny.SIZES,
    windows=tiny.WINDOWS,
    epochs=2,
    batch=1,
    encoder_rate=1e-3,
    head_rate=5e-3,
    average=0.9,
    bf16=False,
    augmentation=Augmentation(merge_paragraphs=0.3, split_paragraphs=0.3, hide_places=0.3, hide_words=0.1, jitter=0.3),
)


def trainer(base: Path, folder: Path, recipe: Recipe = RECIPE, train: list[ArgumentGraph] | None = None) -> Trainer:
    folder.mkdir(exist_ok=True)
    pools = [Pool(tuple(TWO if train is None else train))]
    return Trainer(recipe, pools, TWO, encoder=ENCODER, base=base, folder=folder)


def test_windows_overlap_while_it_learns_as_the_recipe_says(
    tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def told(examples: Sequence[Example], encoder: DocumentEncoder, windows: Windows) -> Batch:
        seen.append(windows.overlap)
        return make_batch(examples, encoder, windows)

    monkeypatch.setattr("argmine.training.trainer.make_batch", told)
    one = RECIPE.model_copy(update={"epochs": 1})
    for folder, recipe in (("own", one), ("less", one.model_copy(update={"learning_overlap": 4}))):
        learner = trainer(tiny_base, tmp_path / folder, recipe)
        (epoch,) = learner.epochs()
        assert epoch.losses["segments"] > 0
        assert learner.averaged_miner().config.windows == tiny.WINDOWS
    assert seen == [tiny.WINDOWS.overlap] * 2 + [4] * 2


def test_a_resumed_training_ends_with_the_same_bits(tiny_base: Path, tmp_path: Path) -> None:
    whole = trainer(tiny_base, tmp_path / "whole")
    undisturbed = list(whole.epochs())

    killed = trainer(tiny_base, tmp_path / "killed")
    first = next(killed.epochs())
    del killed
    torch.manual_seed(99)  # a new process has another state
    resumed = trainer(tiny_base, tmp_path / "killed")
    assert resumed.resume() == 1
    (second,) = resumed.epochs()

    def facts(epoch: Epoch) -> tuple[object, ...]:
        return epoch.number, epoch.losses, epoch.development, epoch.pieces, epoch.best

    assert [facts(first), facts(second)] == [facts(epoch) for epoch in undisturbed]
    assert [line["number"] for line in resumed.progress.log] == [1, 2]
    names = sorted(path.name for path in (tmp_path / "whole").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "killed").iterdir())
    assert names == [f"best-{whole.progress.best}.safetensors", CHECKPOINT]
    for name in names:
        expected, found = load_file(tmp_path / "whole" / name), load_file(tmp_path / "killed" / name)
        assert expected.keys() == found.keys()
        assert all(torch.equal(expected[key], found[key]) for key in expected)


def test_a_finished_training_has_no_epoch_left(tiny_base: Path, tmp_path: Path) -> None:
    once = RECIPE.model_copy(update={"epochs": 1})
    list(trainer(tiny_base, tmp_path, once).epochs())
    again = trainer(tiny_base, tmp_path, once)
    assert again.resume() == 1
    assert list(again.epochs()) == []


def test_another_seed_gives_another_training(tiny_base: Path, tmp_path: Path) -> None:
    found: list[dict[str, float]] = []
    for seed in (1, 1, 2):
        folder = tmp_path / str(len(found))
        recipe = RECIPE.model_copy(update={"epochs": 1, "seed": seed})
        found.append(next(trainer(tiny_base, folder, recipe).epochs()).losses)
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_a_checkpoint_of_another_recipe_is_refused(tiny_base: Path, tmp_path: Path) -> None:
    next(trainer(tiny_base, tmp_path).epochs())
    other = trainer(tiny_base, tmp_path, RECIPE.model_copy(update={"epochs": 3}))
    with pytest.raises(RecipeError, match="the checkpoint was made by another recipe"):
        other.resume()


@pytest.mark.parametrize("data", [b"", b"garbage" * 9])
def test_a_damaged_checkpoint_is_refused(tiny_base: Path, tmp_path: Path, data: bytes) -> None:
    (tmp_path / CHECKPOINT).write_bytes(data)
    with pytest.raises(RecipeError, match="no checkpoint of a training"):
        trainer(tiny_base, tmp_path).resume()


def test_a_training_that_was_not_begun_starts_at_the_first_epoch(tiny_base: Path, tmp_path: Path) -> None:
    assert trainer(tiny_base, tmp_path).resume() == 0


def test_each_step_tells_its_number_and_losses(tiny_base: Path, tmp_path: Path) -> None:
    told: list[tuple[int, set[str]]] = []
    next(trainer(tiny_base, tmp_path).epochs(lambda step, parts: told.append((step, set(parts)))))
    assert told == [(n, {"segments", "types", "arcs", "labels", "stances"}) for n in (1, 2)]


@pytest.mark.slow
def test_two_documents_are_learnt_by_heart_and_packaged(tiny_base: Path, tmp_path: Path) -> None:
    plain = {"epochs": 35, "batch": 2, "augmentation": Augmentation(), "dropout": 0.0, "encoder_rate": 3e-3}
    training = trainer(tiny_base, tmp_path, RECIPE.model_copy(update={**plain, "head_rate": 1e-2}))
    losses = [sum(epoch.losses.values()) for epoch in training.epochs()]
    assert losses[-1] < 0.1 * losses[0]
    learnt = score(training.averaged_miner(), TWO)
    assert (learnt.spans, learnt.bio, learnt.c_f1, learnt.r_f1) == (1.0, 1.0, 1.0, 1.0)

    network = training.network
    network.load_state_dict(training.average)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    write_package(tmp_path / "model", network, model_config(training.recipe), ENCODER)
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
    miner = ArgumentMiner.load(tmp_path / "model", threads=1)
    for graph in TWO:
        mined = miner.mine(graph.document)
        assert [(c.text, c.type) for c in mined.components] == [(c.text, c.type) for c in graph.components]
        assert len(mined.relations) == len(graph.relations)


def test_a_training_that_diverges_ends_at_once(tiny_base: Path, tmp_path: Path) -> None:
    diverging = trainer(tiny_base, tmp_path)
    with torch.no_grad():
        diverging.network.components.types.bias.fill_(float("nan"))
    with pytest.raises(RecipeError, match="the loss is nan at step 1: lower the learning rates"):
        next(diverging.epochs())
