"""Predictions put beside the gold graphs they are of; what does not fit is refused with its first difference."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph

SHOWN = 30
"""Characters shown of a text from where it differs."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """A predicted graph and where it was read: a file, and a line where one file holds many."""

    graph: ArgumentGraph
    path: Path | None = None
    line: int | None = None


def matched(gold: Sequence[ArgumentGraph], predictions: Iterable[Prediction], *, of: str) -> tuple[ArgumentGraph, ...]:
    """The predicted graphs in the order of gold, under its ids.

    A graph is known by its id, or by the name of the file that its id is the path of, as `argmine mine` writes it.

    Args:
        gold: what is scored.
        predictions: in any order.
        of: what gold is, for messages, such as "aae2 test".

    Raises:
        EvaluationError: a document is predicted twice, is not in gold, has another text or is missing.
    """
    wanted = {graph.id: graph for graph in gold}
    found: dict[str, Prediction] = {}
    for prediction in predictions:
        name = _known_name(prediction.graph.id, wanted)
        if name is None:
            first = f", whose first document is {gold[0].id}" if gold else ""
            raise _refused(f"document {prediction.graph.id} is not in {of}{first}", prediction)
        if name in found:
            raise _refused(f"document {name} is predicted twice", prediction)
        refuse_other_text(wanted[name], prediction)
        found[name] = prediction
    missing = [name for name in wanted if name not in found]
    if missing:
        raise EvaluationError(f"{len(missing)} of {len(gold)} documents of {of} are not predicted, first {missing[0]}")
    return tuple(renamed(found[name].graph, name) for name in wanted)


def renamed(graph: ArgumentGraph, name: str) -> ArgumentGraph:
    """The graph under that id."""
    return graph if graph.id == name else graph.model_copy(update={"id": name})


def refuse_other_text(gold: ArgumentGraph, prediction: Prediction) -> None:
    """A graph is scored over the very text of gold.

    Raises:
        EvaluationError: the texts differ; it says where, what was expected and what was found.
    """
    expected, found = gold.text, prediction.graph.text
    if expected == found:
        return
    pairs = enumerate(zip(expected, found, strict=False))
    place = next((n for n, (x, y) in pairs if x != y), min(len(expected), len(found)))
    texts = [repr(text[place : place + SHOWN]) if text[place:] else "its end" for text in (expected, found)]
    message = f"the text of {gold.id} differs at character {place}: expected {texts[0]}, found {texts[1]}"
    raise _refused(message, prediction)


def _known_name(name: str, wanted: Container[str]) -> str | None:
    return next((known for known in (name, PurePath(name).stem) if known in wanted), None)


def _refused(message: str, prediction: Prediction) -> EvaluationError:
    return EvaluationError(message, path=prediction.path, line=prediction.line)
