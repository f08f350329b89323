"""Which documents belong together, their tenths and folds, and the splits whose ids no corpus states.

Documents of any corpora that share a run of twelve words form one group, and a split of ours never parts a
group. A group's place is the sha256 of its least id, `corpus/document`, so it depends on nothing else. The
file of groups (`folds.json`, made by `python -m benchmarks.folds`) lists those of two documents and more; any
other document is a group of its own.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_SAME_DOCUMENTS = {"aae2-conll": "aae2", "comment-trees": "arct", "editorial-trees": "webis-editorials16"}
"""Corpora that annotate the documents of another under the same ids: they share its groups."""


@dataclass(frozen=True, slots=True)
class _Folds:
    group: Mapping[str, str]
    splits: Mapping[str, Mapping[str, tuple[str, ...]]]


def group_of(corpus: str, document_id: str) -> str:
    """The least id, `corpus/document`, of the documents that this one shares text with; its own if with none.

    >>> group_of("aae2-conll", "essay001") == group_of("aae2", "essay001")
    True
    """
    name = f"{home(corpus)}/{document_id}"
    return _folds().group.get(name, name)


def tenth_of(corpus: str, document_id: str) -> int:
    """The tenth of a document's group, 0 to 9."""
    return fold(corpus, document_id, 10)


def fold(corpus: str, document_id: str, k: int) -> int:
    """The fold of a document's group among `k`, from 0.

    Raises:
        ValueError: `k` is no positive number.
    """
    if k < 1:
        raise ValueError(f"there must be at least one fold, found {k}")
    return int(hashlib.sha256(group_of(corpus, document_id).encode()).hexdigest(), 16) % k


def home(corpus: str) -> str:
    """The corpus that owns the documents of `corpus`: mostly itself."""
    return _SAME_DOCUMENTS.get(corpus, corpus)


def published_split(corpus: str, split: str) -> tuple[str, ...]:
    """Ids of a split that others published without ids, found by the texts; sorted.

    Raises:
        ValueError: the file of folds has no such split.
    """
    known = _folds().splits.get(home(corpus), {})
    if split not in known:
        raise ValueError(f"no split {split!r} of {corpus} is in the file of folds; it has {', '.join(known) or 'none'}")
    return known[split]


@cache
def _folds() -> _Folds:
    data: dict[str, Any] = json.loads(files("argmine.corpora").joinpath("folds.json").read_text("utf-8"))
    group = {name: min(members) for members in data["groups"] for name in members}
    splits = {corpus: {name: tuple(ids) for name, ids in parts.items()} for corpus, parts in data["splits"].items()}
    return _Folds(group, splits)
