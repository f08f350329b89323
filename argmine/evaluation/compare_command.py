"""What `argmine compare` does: two files of one piece, or two systems over a corpus."""

from pathlib import Path

from argmine.config import MAIN
from argmine.evaluation.command import score_files, score_model
from argmine.evaluation.comparison import Comparison, compare
from argmine.evaluation.difference import GraphDifference, difference
from argmine.evaluation.evaluated import Evaluation
from argmine.evaluation.matching import Prediction, refuse_other_text
from argmine.evaluation.run import Task
from argmine.formats.graph_json import read_graph
from argmine.model_folder import CONFIG


def compare_pieces(first: Path, second: Path) -> GraphDifference:
    """What it takes to make the second file's graph of the first's.

    Raises:
        FormatError: a file does not hold one argument graph.
        EvaluationError: the graphs are of different texts, or a component holds no word.
    """
    one, other = read_graph(first), read_graph(second)
    refuse_other_text(one, Prediction(other, second))
    return difference(one, other)


def schemes_of(first: str, second: str, scheme: str | None, scheme_b: str | None) -> tuple[str, str]:
    """By which of their schemes two systems read.

    Args:
        first: a file or folder of predictions, or a model's name or folder.
        second: another.
        scheme: by which models read; their main ones where None.
        scheme_b: by which the second reads, where that is not `scheme`.

    Raises:
        ValueError: a scheme is named by which no model reads.
    """
    if scheme_b and _are_predictions(second):
        raise ValueError(f"{second} holds predictions, which are read by no scheme")
    if scheme and _are_predictions(first) and (scheme_b or _are_predictions(second)):
        raise ValueError(f"{first} holds predictions, which are read by no scheme")
    return scheme or MAIN, scheme_b or scheme or MAIN


def compare_systems(
    first: str,
    second: str,
    task: Task,
    *,
    schemes: tuple[str, str] = (MAIN, MAIN),
    by: str | None = None,
    allow_training_documents: bool = False,
) -> Comparison:
    """Scores two systems on the documents of a task.

    Args:
        first: a file or folder of predictions, or a model's name or folder.
        second: another.
        task: the documents, and how they are scored.
        schemes: by which of its schemes each reads; predictions were made by one already.
        by: name of the score by which documents are chosen; the protocol's first one where None.
        allow_training_documents: score documents that a model learnt from or was selected on.

    Raises:
        ValueError: the protocol has no score of that name.
        ModelError: a system is no file, and no model either.
        ArgmineError: a system cannot be read or mined with, does not fit the documents, or saw them in training.
    """
    systems = zip((first, second), schemes, strict=True)
    one, other = (_scored(name, scheme, task, allow=allow_training_documents) for name, scheme in systems)
    return compare(one, other, by=by)


def _scored(system: str, scheme: str, task: Task, *, allow: bool) -> Evaluation:
    if _are_predictions(system):
        return score_files(task, Path(system), allow_training_documents=allow)
    return score_model(task, system, scheme=scheme, allow_training_documents=allow)


def _are_predictions(system: str) -> bool:
    path = Path(system)
    return path.exists() and not (path / CONFIG).is_file()
