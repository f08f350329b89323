"""Predictions of a miner for gold documents: from their texts, or over their components where a protocol gives them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias, runtime_checkable
from typing import Protocol as Interface

from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.evaluation.matching import Prediction, refuse_other_text, renamed
from argmine.evaluation.protocols import Given, Protocol
from argmine.graph import ArgumentGraph, ModelInfo


@runtime_checkable
class Miner(Interface):
    """What `ArgumentMiner` is to an evaluation; `mine_components` and `mine_many` are called where they are there."""

    def mine(self, text: Document, /) -> ArgumentGraph:
        """The arguments of one text."""


AnyMiner: TypeAlias = Miner | Callable[[str], ArgumentGraph]


def mined(miner: AnyMiner, gold: Sequence[ArgumentGraph], protocol: Protocol) -> Iterator[ArgumentGraph]:
    """What it predicts for each document, in their order.

    Raises:
        EvaluationError: it gives no graph, or one of another text, or cannot mine given components; and whatever it
            raises itself.
    """
    given = protocol.given is Given.COMPONENTS
    found = _over_components(miner, gold, protocol) if given else _from_texts(miner, gold)
    for wanted, predicted in zip(gold, found, strict=True):
        if not isinstance(predicted, ArgumentGraph):
            raise EvaluationError(f"{wanted.id}: the miner gave {type(predicted).__name__}, not ArgumentGraph")
        refuse_other_text(wanted, Prediction(predicted))
        yield renamed(predicted, wanted.id)


def name_of(miner: AnyMiner) -> str:
    """What a miner is, for a person: its model, or the name of the function or class."""
    info = getattr(miner, "info", None)
    if isinstance(info, ModelInfo):
        return described(info)
    return getattr(miner, "__name__", None) or type(miner).__name__


def described(model: ModelInfo) -> str:
    """A model in words: "default 0123456789ab (onnx, fp32)"."""
    return f"{model.name} {model.revision} ({model.backend}, {model.precision})"


def _from_texts(miner: AnyMiner, gold: Sequence[ArgumentGraph]) -> Iterator[Any]:
    if not isinstance(miner, Miner):
        return (miner(graph.text) for graph in gold)
    many = getattr(miner, "mine_many", None)
    documents = (graph.document for graph in gold)
    return iter(many(documents)) if many else (miner.mine(document) for document in documents)


def _over_components(miner: AnyMiner, gold: Sequence[ArgumentGraph], protocol: Protocol) -> Iterator[Any]:
    mine = getattr(miner, "mine_components", None)
    if mine is None:
        raise EvaluationError(f"{protocol.name} gives the components, and {name_of(miner)} has no mine_components")
    return (mine(_spans_alone(graph)) for graph in gold)


def _spans_alone(graph: ArgumentGraph) -> ArgumentGraph:
    """The places of a gold graph's components, without anything that tells their types or links."""
    parts = [(f"c{number}", "claim", c.start, c.end) for number, c in enumerate(graph.components, 1)]
    return ArgumentGraph.build(graph.document, parts)
