"""Question: which documents of all corpora share text, so that no split of ours may part them?

Data: the unpacked corpora in the folder named by `ARGMINE_CORPORA`. Method: two documents that share a run of twelve
words (lower-cased alphanumeric words) belong together, and so on from one to the next (union-find over the runs'
digests). The essays of the published CoNLL parts are found by their characters without white space. Writes ids only,
never text: `python -m benchmarks.folds` makes `argmine/corpora/folds.json` anew, `--check` compares it.
"""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from argmine.corpora import aae2_conll, corpus_names, read_corpus
from argmine.corpora.fingerprints import runs_of
from argmine.corpora.folds import home
from argmine.formats.conll import read_dat
from benchmarks.rendered import parser, write_or_check

FILE = Path(aae2_conll.__file__).with_name("folds.json")


def groups_of(documents: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Groups of two and more documents that share text, each sorted, in order of their least ids.

    Args:
        documents: `corpus/document` ids and texts.
    """
    names: list[str] = []
    runs: list[NDArray[np.uint64]] = []
    for name, text in documents:
        names.append(name)
        runs.append(np.unique(runs_of(text)))
    parent = {name: name for name in names}
    for one, other in _sharing(runs):
        _join(parent, names[one], names[other])
    members: dict[str, list[str]] = defaultdict(list)
    for name in parent:
        members[_top(parent, name)].append(name)
    return sorted(sorted(group) for group in members.values() if len(group) > 1)


def _sharing(runs: list[NDArray[np.uint64]]) -> list[tuple[int, int]]:
    """Pairs of documents, by place, that share a run; of all that share one, each with the next."""
    digests = np.concatenate([np.empty(0, np.uint64), *runs])
    owners = np.repeat(np.arange(len(runs)), [len(r) for r in runs])
    order = np.argsort(digests, kind="stable")
    same = np.flatnonzero(np.diff(digests[order]) == 0)
    pairs = np.stack([owners[order[same]], owners[order[same + 1]]], axis=1)
    return [(int(one), int(other)) for one, other in np.unique(pairs, axis=0)]


def _top(parent: dict[str, str], name: str) -> str:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


def _join(parent: dict[str, str], one: str, other: str) -> None:
    one, other = _top(parent, one), _top(parent, other)
    if one != other:
        parent[max(one, other)] = min(one, other)


def documents_in(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Ids and texts of the documents of the corpora of these names, those that annotate another's left out."""
    for name in names:
        if home(name) == name:
            for graph in read_corpus(name, folder / name).graphs:
                yield f"{name}/{graph.id}", graph.text


def published_parts(folder: Path) -> dict[str, list[str]]:
    """Ids of the essays in the published CoNLL parts `dev` and `test`, sorted.

    Essays of equal text are all taken: where the texts are equal, so are the parts.
    """
    essays: dict[str, list[str]] = defaultdict(list)
    for graph in read_corpus("aae2", folder / "aae2").graphs:
        essays["".join(graph.text.split())].append(graph.id)
    return {part: _ids(folder / "aae2-conll" / "Essay_Level" / f"{part}.dat", essays) for part in ("dev", "test")}


def _ids(path: Path, essays: Mapping[str, list[str]]) -> list[str]:
    documents = read_dat(path)
    found = sorted({name for document in documents for name in essays["".join(document.tokens)]})
    if len(found) != len(documents):
        raise ValueError(f"{path.name} holds {len(documents)} essays, {len(found)} were found by their texts")
    return found


def render(groups: list[list[str]], parts: Mapping[str, list[str]]) -> str:
    """The file of folds: JSON, a line a group."""
    lines = ",\n".join(f"  {json.dumps(group)}" for group in groups)
    splits = json.dumps({"aae2": parts})
    return f'{{"splits": {splits},\n "groups": [\n{lines}\n]}}\n'


def main(arguments: list[str] | None = None) -> int:
    """Makes the file of folds, or with `--check` compares it; returns the exit code."""
    told = parser(__doc__).parse_args(arguments)
    folder = Path(os.environ["ARGMINE_CORPORA"])
    groups = groups_of(documents_in(folder, corpus_names()))
    wanted = {FILE: render(groups, published_parts(folder))}
    sizes = sorted((len(group) for group in groups), reverse=True)
    print(f"{len(groups)} groups of {sum(sizes)} documents, the largest of {sizes[:5]}")
    return write_or_check(wanted, "python -m benchmarks.folds", check=told.check)


if __name__ == "__main__":
    sys.exit(main())
