"""Question: how much does each part of each corpus hold?

Data: the unpacked corpora in the folder named by `ARGMINE_CORPORA`. Method: documents, components and relations of the
gold graphs are counted and the documents' ids digested, of all documents and of each split of the corpus. Writes counts
alone: `python -m benchmarks.official` makes `argmine/evaluation/official.json` anew, `--check` compares it.
"""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from argmine.corpora import OURS, corpus_names, read_corpus
from argmine.corpora.parts import ALL, part_of
from argmine.evaluation import official
from argmine.evaluation.official import Part
from benchmarks.rendered import parser, write_or_check

FILE = Path(official.__file__).with_name("official.json")


def parts_of(folder: Path, name: str) -> dict[str, Part]:
    """Each split of a corpus, `all` first."""
    corpus = read_corpus(name, folder / name)
    return {split: Part.of(part_of(corpus, split)) for split in (ALL, *corpus.splits)}


def render(folder: Path, names: Iterable[str]) -> str:
    """The table: JSON, a line a split."""
    blocks = []
    for name in names:
        lines = [f'  "{split}": {json.dumps(part.model_dump())}' for split, part in parts_of(folder, name).items()]
        blocks.append(f' "{name}": {{\n' + ",\n".join(lines) + "\n }")
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def main(arguments: list[str] | None = None) -> int:
    """Makes the table, or with `--check` compares it; returns the exit code."""
    told = parser(__doc__).parse_args(arguments)
    table = render(Path(os.environ["ARGMINE_CORPORA"]), [name for name in corpus_names() if name not in OURS])
    return write_or_check({FILE: table}, "python -m benchmarks.official", check=told.check)


if __name__ == "__main__":
    sys.exit(main())
