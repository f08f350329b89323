"""What a kill leaves behind is cleared away; what is damaged is named."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from argmine.errors import RecipeError
from argmine.training.checkpoint import (
    CHECKPOINT,
    Progress,
    best_weights,
    load_best_weights,
    load_checkpoint,
    remove_other_weights,
    save_checkpoint,
    save_tensors,
)
from argmine.training.recipe import Recipe

RECIPE = Recipe()
TENSORS = {"a": torch.arange(6.0).reshape(2, 3), "b": torch.ones(1, dtype=torch.bfloat16)}


def network(width: int = 3, *, seed: int = 1) -> torch.nn.Module:
    torch.manual_seed(seed)
    return torch.nn.Sequential(torch.nn.Linear(2, width), torch.nn.LayerNorm(width))


def stepped(made: torch.nn.Module) -> torch.optim.Optimizer:
    """An optimiser that has done a step and so has a state."""
    optimiser = torch.optim.AdamW(made.parameters(), lr=0.1)
    made(torch.ones(1, 2)).square().sum().backward()
    optimiser.step()
    return optimiser


def test_a_checkpoint_reads_back(tmp_path: Path) -> None:
    made = network()
    optimiser = stepped(made)
    average = {name: value / 3 for name, value in made.state_dict().items()}
    line = {"number": 1, "losses": {"types": 1 / 3}, "seconds": 0.1, "best": True}
    progress = Progress.model_validate(
        {"recipe": RECIPE, "epoch": 1, "best": 1, "best_score": 0.1 + 0.2, "log": [line]}
    )
    save_checkpoint(tmp_path, progress, made, average, optimiser)

    other = network(seed=2)
    other_optimiser = torch.optim.AdamW(other.parameters(), lr=0.1)
    found = load_checkpoint(tmp_path, RECIPE, other, other_optimiser)
    assert found is not None
    assert found[0] == progress
    assert found[0].log == (line,)
    torch.testing.assert_close(found[1], average, rtol=0, atol=0)
    torch.testing.assert_close(other.state_dict(), made.state_dict(), rtol=0, atol=0)
    expected, restored = optimiser.state_dict()["state"], other_optimiser.state_dict()["state"]
    assert expected.keys() == restored.keys() != set()
    torch.testing.assert_close(restored, expected, rtol=0, atol=0)


def test_a_checkpoint_of_another_network_is_refused(tmp_path: Path) -> None:
    made = network()
    save_checkpoint(tmp_path, Progress(recipe=RECIPE, epoch=1), made, {}, stepped(made))
    other = network(4)
    with pytest.raises(RecipeError, match=r"checkpoint\.safetensors: the checkpoint is of another network"):
        load_checkpoint(tmp_path, RECIPE, other, torch.optim.AdamW(other.parameters()))


def test_a_checkpoint_cut_short_is_refused(tmp_path: Path) -> None:
    made = network()
    save_checkpoint(tmp_path, Progress(recipe=RECIPE, epoch=1), made, {}, stepped(made))
    path = tmp_path / CHECKPOINT
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(RecipeError, match=r"checkpoint\.safetensors: no checkpoint of a training"):
        load_checkpoint(tmp_path, RECIPE, made, torch.optim.AdamW(made.parameters()))


def test_tensors_are_written_alone_and_for_others_to_read(tmp_path: Path) -> None:
    save_tensors(tmp_path / "some.safetensors", TENSORS)
    assert [path.name for path in tmp_path.iterdir()] == ["some.safetensors"]
    assert (tmp_path / "some.safetensors").stat().st_mode & 0o777 == 0o644
    torch.testing.assert_close(load_file(tmp_path / "some.safetensors"), TENSORS, rtol=0, atol=0)


def test_what_a_kill_left_of_writing_goes_with_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "some.safetensors"
    save_tensors(path, TENSORS)

    def killed(_: object, target: Path, __: object) -> None:
        (target.parent / ".tmp7Qx2").write_bytes(b"half of it")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("argmine.training.checkpoint.save_file", killed)
        with pytest.raises(KeyboardInterrupt):
            save_tensors(path, {})
    torch.testing.assert_close(load_file(path), TENSORS, rtol=0, atol=0)
    save_tensors(path, TENSORS)
    assert [path.name for path in tmp_path.iterdir()] == ["some.safetensors"]


def test_only_the_best_epochs_weights_stay(tmp_path: Path) -> None:
    for epoch in (1, 2, 12):
        save_tensors(best_weights(tmp_path, epoch), TENSORS)
    (tmp_path / CHECKPOINT).touch()
    remove_other_weights(tmp_path, 12)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["best-12.safetensors", CHECKPOINT]


def test_best_weights_that_are_missing_or_damaged_are_named(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"best-3\.safetensors: the weights of the best epoch cannot be read"):
        load_best_weights(tmp_path, 3)
    best_weights(tmp_path, 3).write_bytes(b"garbage" * 9)
    with pytest.raises(RecipeError, match=r"best-3\.safetensors: the weights of the best epoch cannot be read"):
        load_best_weights(tmp_path, 3)
