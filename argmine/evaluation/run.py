"""`evaluate`: a miner or predictions, scored against a corpus."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np

from argmine.corpora import Corpus, read_corpus
from argmine.corpora.parts import part_of
from argmine.errors import EvaluationError
from argmine.evaluation.context import TOKENISED, DocumentContext, plain_context, published_contexts
from argmine.evaluation.evaluated import Evaluation
from argmine.evaluation.matching import Prediction, matched
from argmine.evaluation.mining import AnyMiner, Miner, described, mined, name_of
from argmine.evaluation.official import is_official
from argmine.evaluation.protocols import Protocol, default_protocol, find_protocol
from argmine.evaluation.seen import folder_of, refuse_seen, seen_documents
from argmine.evaluation.tallies import IntArray
from argmine.graph import ArgumentGraph

TEST = "test"
VARIABLE = "ARGMINE_CORPORA"
NOT_KNOWN = "whether the model saw the documents in training is not known"

System: TypeAlias = AnyMiner | Iterable[ArgumentGraph]


def evaluate(
    system: System,
    corpus: str | Corpus,
    *,
    protocol: str | Protocol | None = None,
    split: str = TEST,
    corpora: str | Path | None = None,
    allow_training_documents: bool = False,
) -> Evaluation:
    """Scores a miner, or predicted graphs, against the gold graphs of a corpus.

    Args:
        system: an `ArgumentMiner`, which reads by the scheme that it was loaded with (the packaged model's figures on
            essays are of `essays`), anything callable that turns a text into an `ArgumentGraph`, or predicted graphs in
            any order, known by their ids.
        corpus: its name, or what `read_corpus` gave.
        protocol: its name; where None, the first that was made for the corpus, else `overlap`.
        split: one of the corpus's own, `all`, `tenth-3`, `tenths-05` or `but-tenth-3`.
        corpora: the folder that holds each corpus in a folder of its name; the variable ARGMINE_CORPORA where None.
        allow_training_documents: score documents that the model learnt from or was selected on.

    Raises:
        ValueError: no corpus, split or protocol has that name; the message names those there are.
        EvaluationError: the corpus is not as published, predictions do not fit it, or the model saw its documents.
        ArgmineError: the corpus cannot be read, or a text not be mined.
    """
    task = read_task(corpus, protocol=protocol, split=split, corpora=corpora)
    if isinstance(system, Miner) or callable(system):
        return score_miner(system, task, allow_training_documents=allow_training_documents)
    predictions = [Prediction(graph) for graph in system]
    return score_predictions(predictions, task, allow_training_documents=allow_training_documents)


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be predicted, and how it is scored.

    Attributes:
        corpus: its name.
        split: its name.
        protocol: how.
        gold: `[document]`, as the protocol scores them.
        contexts: `[document]`.
        notes: what a reader of the scores should know.
    """

    corpus: str
    split: str
    protocol: Protocol
    gold: tuple[ArgumentGraph, ...]
    contexts: tuple[DocumentContext, ...]
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Corpus and split."""
        return f"{self.corpus} {self.split}"

    def evaluation(self, predicted: Iterable[ArgumentGraph], system: str, notes: Iterable[str] = ()) -> Evaluation:
        """The task with predictions, in the order of gold, each counted as it comes.

        Raises:
            EvaluationError: two graphs cannot be compared.
        """
        graphs: list[ArgumentGraph] = []
        rows: list[IntArray] = []
        for gold, context, graph in zip(self.gold, self.contexts, predicted, strict=True):
            rows.append(self.protocol.row(gold, graph, context))
            graphs.append(graph)
        counts = np.array(rows, np.int64).reshape(len(rows), len(self.protocol.columns))
        told = (*self.notes, *notes)
        return Evaluation(
            self.corpus, self.split, self.protocol, system, self.gold, tuple(graphs), self.contexts, counts, told
        )


def read_task(
    corpus: str | Corpus,
    *,
    protocol: str | Protocol | None = None,
    split: str = TEST,
    corpora: str | Path | None = None,
) -> Task:
    """The documents of a split, checked to be those that were published.

    Raises:
        ValueError: no corpus, split or protocol has that name; the message names those there are.
        EvaluationError: the corpus is not as published, or the protocol does not fit it.
        ArgmineError: the corpus cannot be read.
    """
    folder = _folder(corpora)
    how = _protocol(protocol, corpus if isinstance(corpus, str) else corpus.name)
    found = read_corpus(corpus, _told(folder) / corpus) if isinstance(corpus, str) else corpus
    graphs = part_of(found, split)
    official = is_official(found, split, graphs)
    gold = tuple(how.prepare(graph) for graph in graphs)
    if how.on_tokens and found.name in TOKENISED:
        contexts = published_contexts(gold, folder)
    else:
        contexts = tuple(plain_context(graph) for graph in gold)
    return Task(found.name, split, how, gold, contexts, () if official else (f"{split} is no published split",))


def score_miner(
    miner: AnyMiner,
    task: Task,
    *,
    allow_training_documents: bool = False,
    watch: Callable[[Iterable[ArgumentGraph]], Iterable[ArgumentGraph]] = iter,
) -> Evaluation:
    """Mines the documents of a task and scores what is found.

    Args:
        miner: what to score.
        task: on what.
        allow_training_documents: score documents that the model learnt from or was selected on.
        watch: what is put around the graphs while they are mined, such as a progress bar.

    Raises:
        EvaluationError: the model saw the documents, or what it gives cannot be compared with gold.
    """
    folder = getattr(miner, "folder", None)
    notes = _notes_on_training(folder, task.gold, allow=allow_training_documents)
    return task.evaluation(watch(mined(miner, task.gold, task.protocol)), name_of(miner), notes)


def score_predictions(
    predictions: Iterable[Prediction], task: Task, *, system: str | None = None, allow_training_documents: bool = False
) -> Evaluation:
    """Scores predicted graphs of a task's documents.

    Args:
        predictions: in any order, known by their ids.
        task: what they are of.
        system: what made them, for a person; the model that they name where None.
        allow_training_documents: score documents that the packaged model which made them learnt from.

    Raises:
        EvaluationError: they do not fit the documents, or the model saw these.
    """
    graphs = matched(task.gold, predictions, of=task.name)
    notes = _notes_on_training(folder_of(graphs), task.gold, allow=allow_training_documents)
    return task.evaluation(graphs, system or _made_by(graphs), notes)


def _notes_on_training(folder: Path | None, gold: Sequence[ArgumentGraph], *, allow: bool) -> tuple[str, ...]:
    """What is to be said of the documents that the model saw in training, once none or these are allowed."""
    seen = None if folder is None else seen_documents(folder, gold)
    if seen is None:
        return (NOT_KNOWN,)
    refuse_seen(seen, allow=allow)
    return (*([str(seen)] if seen else []), *([] if seen.complete else [NOT_KNOWN]))


def _protocol(protocol: str | Protocol | None, corpus: str) -> Protocol:
    how = default_protocol(corpus) if protocol is None else protocol
    how = find_protocol(how) if isinstance(how, str) else how
    if not how.fits(corpus):
        raise EvaluationError(f"the protocol {how.name} reads the labels of {', '.join(how.corpora)}, not {corpus}")
    return how


def _made_by(graphs: Iterable[ArgumentGraph]) -> str:
    models = {None if graph.model is None else described(graph.model) for graph in graphs}
    return (models.pop() if len(models) == 1 else None) or "predictions"


def _folder(corpora: str | Path | None) -> Path | None:
    told = corpora or os.environ.get(VARIABLE)
    return Path(told) if told else None


def _told(folder: Path | None) -> Path:
    if folder is None:
        raise EvaluationError(f"tell the folder of the corpora: corpora=, --corpora or the variable {VARIABLE}")
    return folder
