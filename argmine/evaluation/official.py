"""The parts of corpora as they were published: how much each holds, and which documents.

`official.json` is made by `python -m benchmarks.official`. Figures of other documents, or of other annotations of
them, cannot stand beside published ones.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from pydantic import NonNegativeInt, TypeAdapter

from argmine.base import Frozen
from argmine.corpora.corpus import Corpus
from argmine.corpora.parts import ALL
from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph


class Part(Frozen):
    """What a part of a corpus holds; `ids` is a digest of its documents' ids, whatever their order."""

    documents: NonNegativeInt
    components: NonNegativeInt
    relations: NonNegativeInt
    ids: str

    @classmethod
    def of(cls, graphs: Sequence[ArgumentGraph]) -> "Part":
        """The part that these gold graphs make."""
        return cls(
            documents=len(graphs),
            components=sum(len(graph.components) for graph in graphs),
            relations=sum(len(graph.relations) for graph in graphs),
            ids=_digest(graph.id for graph in graphs),
        )


def is_official(corpus: Corpus, split: str, graphs: Sequence[ArgumentGraph]) -> bool:
    """Whether a split is one of the table's; false where the corpus, or that split of it, is not there.

    Of a split that the table does not have, such as a tenth of ours, the whole corpus is checked.

    Raises:
        EvaluationError: it is there and holds other documents, or not as many components or relations.
    """
    known = official_parts().get(corpus.name, {})
    if split in known:
        _refuse_other(f"{corpus.name} {split}", known[split], Part.of(graphs))
    elif ALL in known:
        _refuse_other(corpus.name, known[ALL], Part.of(corpus.graphs))
    return split in known


@cache
def official_parts() -> dict[str, dict[str, Part]]:
    """By corpus and split."""
    text = files("argmine.evaluation").joinpath("official.json").read_text("utf-8")
    return TypeAdapter(dict[str, dict[str, Part]]).validate_json(text)


def _refuse_other(name: str, wanted: Part, found: Part) -> None:
    for field in ("documents", "components", "relations"):
        if (there := getattr(wanted, field)) != (here := getattr(found, field)):
            raise EvaluationError(f"{name} is not as published: it has {here:,} {field}, not {there:,}")
    if wanted.ids != found.ids:
        raise EvaluationError(f"{name} is not as published: its documents have other ids")


def _digest(ids: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:16]
