"""Training a scheme as a low-rank change of a model whose main scheme stays as it is (Hu et al. 2022).

Shared matrices get `up @ down` beside them, shared vectors and small tables are learnt anew, words' embeddings and all
that only the main scheme reads stay. What a model's folder keeps of it is told in `argmine.adapters`.
"""

import math
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from argmine.adapters import DOWN, INSTEAD, UP, adapter_name, own_weights, shared_weights
from argmine.network import ArgumentNetwork
from argmine.runtime import READ, adapted_tensors

_CHANGED = ".parametrizations.weight"
_KEPT = ("embeddings.word_embeddings.", "embeddings.position_embeddings.", "embeddings.token_type_embeddings.")


class LowRank(nn.Module):
    """A matrix and a change of it of rank `rank`, none at first."""

    def __init__(self, outputs: int, inputs: int, rank: int) -> None:
        super().__init__()
        self.up = nn.Parameter(torch.zeros(outputs, rank))
        self.down = nn.Parameter(torch.empty(rank, inputs))
        nn.init.kaiming_uniform_(self.down, a=math.sqrt(5))

    def forward(self, weight: Tensor) -> Tensor:
        """`[out, in]` → the same, changed."""
        return weight + self.up @ self.down


def adapt(network: ArgumentNetwork, scheme: str, rank: int) -> None:
    """Lets a network learn one scheme and nothing else; its parameters have the names that `parametrize` gives."""
    for parameter in network.parameters():
        parameter.requires_grad = False
    for parameter in network.others[scheme].parameters():
        parameter.requires_grad_()
    for name, module in list(_shared_modules(network)):
        for kind, parameter in list(module.named_parameters(recurse=False)):
            if isinstance(module, nn.Linear) and kind == "weight":
                change = LowRank(module.out_features, module.in_features, rank)
                parametrize.register_parametrization(module, kind, change.to(parameter.device))
            else:
                parameter.requires_grad_(not f"{name}.".endswith(_KEPT))


def take_up(network: ArgumentNetwork, scheme: str, weights: Mapping[str, Tensor]) -> None:
    """Sets the changes of an adapted network to those that a model's folder keeps of a scheme, to go on from them.

    A rank that is greater than theirs adds to them what changes nothing at first.

    Args:
        network: adapted (`adapt`).
        scheme: the folder's.
        weights: the folder's.

    Raises:
        ValueError: the folder's changes have a greater rank, or a shape or a name that the network's have not.
    """
    own, parameters = adapter_name(scheme, "", ""), dict(network.named_parameters())
    for name in (name for name in weights if name.startswith(own)):
        changed, _, part = name.removeprefix(own).rpartition(".")
        held = changed if f".{part}" == INSTEAD else f"{changed.removesuffix('.weight')}{_CHANGED}.0.{part}"
        if held not in parameters:
            raise ValueError(f"{name} changes a weight that is not there")
        value, place = weights[name], parameters[held].detach()
        if f".{part}" == UP:
            place = place[:, : value.shape[1]]
        elif f".{part}" == DOWN:
            place = place[: len(value)]
        if place.shape != value.shape:
            raise ValueError(f"{name} {tuple(value.shape)} does not fit into {tuple(parameters[held].shape)}")
        place.copy_(value)


def taken_apart(state: Mapping[str, Tensor], scheme: str) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """The scheme's heads by their names, and its adapter as a model's folder keeps it, from an adapted network."""
    heads = own_weights(state, scheme)
    adapter = {}
    for name, value in state.items():
        module, _, part = name.partition(_CHANGED)
        if part in {f".0{UP}", f".0{DOWN}"}:
            adapter[adapter_name(scheme, f"{module}.weight", part.removeprefix(".0"))] = value
        elif not part and is_learnt_anew(name):
            adapter[adapter_name(scheme, name, INSTEAD)] = value
    return heads, adapter


def as_main(weights: Mapping[str, Tensor], scheme: str) -> dict[str, Tensor]:
    """The weights of a network whose main scheme is that one of a model folder's, and which has no other."""
    read = adapted_tensors(weights, scheme)
    found = shared_weights(read)
    for name, weight in own_weights(read, scheme).items():
        found[name.removeprefix(f"others.{scheme}.").replace("readout.", "components.", 1)] = weight
    return found


def is_learnt_anew(name: str) -> bool:
    """Whether a weight of that name, no matrix of a linear layer, is shared and learnt."""
    if name.startswith("pieces."):
        return not any(kept in name for kept in _KEPT)
    return name.startswith("components.") and name.split(".")[1] not in READ


def _shared_modules(network: ArgumentNetwork) -> Iterator[tuple[str, nn.Module]]:
    """What a scheme reads with the main one: the encoder, and the component layer without its own readout."""
    yield from network.pieces.named_modules()
    for name, module in network.components.named_modules():
        if name and name.split(".")[0] not in READ:
            yield name, module
