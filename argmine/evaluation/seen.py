"""Whether a model learnt from the documents that it is to be scored on, or was selected on them.

Known by the digests in its folder (`argmine.corpora.fingerprints`), so that the same document under another id, with
other spaces, or changed a little is found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from argmine.corpora.fingerprints import read_digests
from argmine.errors import EvaluationError, ModelError
from argmine.graph import ArgumentGraph
from argmine.model_folder import DIGESTS, find_model, revision


@dataclass(frozen=True, slots=True)
class Seen:
    """Ids of the documents that a model learnt from, and of those that it was selected on, of so many.

    `complete` is false where it may have seen more, for it started from a model of which nothing is known.
    """

    documents: int
    train: tuple[str, ...]
    development: tuple[str, ...]
    complete: bool = True

    def __bool__(self) -> bool:
        return bool(self.train or self.development)

    def __str__(self) -> str:
        parts = [("trained on", self.train), ("selected on", self.development)]
        told = [f"{how} {len(ids)} of the {self.documents} documents (first {ids[0]})" for how, ids in parts if ids]
        return f"the model was {' and '.join(told)}" if told else "the model saw none of the documents in training"


def seen_documents(folder: Path, graphs: Sequence[ArgumentGraph]) -> Seen | None:
    """Which documents the model in `folder` saw; None where the folder does not tell.

    Raises:
        ModelError: the digests cannot be read.
    """
    digests = read_digests(folder / DIGESTS)
    if digests is None:
        return None
    texts = [graph.text for graph in graphs]
    train, development = (_known(graphs, part.known_among(texts)) for part in (digests.train, digests.development))
    return Seen(len(graphs), train, tuple(name for name in development if name not in train), digests.complete)


def refuse_seen(seen: Seen, *, allow: bool) -> None:
    """Figures on documents that a model learnt from say nothing.

    Raises:
        EvaluationError: there are such documents, and they are not allowed.
    """
    if seen and not allow:
        raise EvaluationError(f"{seen}: refused without --allow-training-documents")


def folder_of(graphs: Iterable[ArgumentGraph]) -> Path | None:
    """The folder of the packaged model that made all of the graphs; None where none, or another, did."""
    models = {(g.model.name, g.model.revision) if g.model else None for g in graphs}
    model = models.pop() if len(models) == 1 else None
    if model is None:
        return None
    try:
        folder = find_model(model[0])
        return folder if revision(folder) == model[1] else None
    except (ModelError, OSError):
        return None


def _known(graphs: Sequence[ArgumentGraph], known: Sequence[bool]) -> tuple[str, ...]:
    return tuple(graph.id for graph, is_known in zip(graphs, known, strict=True) if is_known)
