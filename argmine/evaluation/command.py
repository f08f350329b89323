"""What `argmine evaluate` does: a model, or predictions from files, scored on a corpus."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import argmine
from argmine.config import MAIN
from argmine.evaluation.evaluated import Evaluation
from argmine.evaluation.predictions import read_predictions
from argmine.evaluation.run import Task, score_miner, score_predictions
from argmine.graph import ArgumentGraph


def score_model(task: Task, model: str, *, scheme: str = MAIN, allow_training_documents: bool = False) -> Evaluation:
    """Mines a task's documents with a packaged model, or one of a folder, behind a progress bar, and scores it.

    Raises:
        ModelError: there is no such model or scheme, or it is broken.
        EvaluationError: the model saw the documents in training.
    """
    miner = argmine.load(model, scheme=scheme)
    return score_miner(miner, task, allow_training_documents=allow_training_documents, watch=behind_bar(len(task.gold)))


def behind_bar(total: int) -> Callable[[Iterable[ArgumentGraph]], Iterator[ArgumentGraph]]:
    """Passes on so many graphs, behind a progress bar where the standard error is a terminal."""

    def watch(graphs: Iterable[ArgumentGraph]) -> Iterator[ArgumentGraph]:
        from rich.console import Console
        from rich.progress import track

        console = Console(stderr=True)
        show = console.is_terminal
        yield from track(graphs, "mining", total, console=console, transient=True, disable=not show)

    return watch


def score_files(task: Task, path: Path, *, allow_training_documents: bool = False) -> Evaluation:
    """Scores the predictions of a file or folder.

    Raises:
        FormatError: a file is missing or breaks its format; it says where.
        EvaluationError: the predictions do not fit the task's documents.
    """
    predictions = read_predictions(path, task.corpus, task.gold)
    return score_predictions(predictions, task, system=str(path), allow_training_documents=allow_training_documents)
