"""AbstRCT (Mayer, Cabrio & Villata 2020): 700 abstracts of medical trials, brat standoff.

Splits, as published: `neoplasm-train` (350), `neoplasm-dev` (50), `neoplasm-test` (100), `glaucoma-test` (100) and
`mixed-test` (100). The mixed part repeats 31 abstracts of the other two test parts, so a document's id is its split
and its PubMed id, `mixed-test-12345678`; the PubMed id alone stands in `meta`. Graphs need not be forests: some
components have several targets.
"""

from collections.abc import Iterable
from pathlib import Path

from argmine.corpora.brat_graph import brat_components, brat_relations
from argmine.corpora.corpus import Corpus, Repair
from argmine.corpora.damage import naming_its_file
from argmine.document import Document
from argmine.errors import CorpusError
from argmine.formats.brat import read_brat
from argmine.graph import ArgumentGraph

NAME = "abstrct"
LICENCE = "CC BY-NC-SA 4.0"
_PARTS = {
    "neoplasm-train": "train/neoplasm_train",
    "neoplasm-dev": "dev/neoplasm_dev",
    "neoplasm-test": "test/neoplasm_test",
    "glaucoma-test": "test/glaucoma_test",
    "mixed-test": "test/mixed_test",
}


def read(folder: Path) -> Corpus:
    """The corpus from its folder.

    Raises:
        FormatError: a file is missing or damaged.
        CorpusError: a label is unknown, or a part is empty.
    """
    graphs: list[ArgumentGraph] = []
    splits: dict[str, tuple[str, ...]] = {}
    repairs: list[Repair] = []
    for split, place in _PARTS.items():
        found = [_abstract(path, split, repairs) for path in _annotated(folder / "data" / place)]
        splits[split] = tuple(graph.id for graph in found)
        graphs += found
    return Corpus(NAME, tuple(graphs), LICENCE, splits, tuple(repairs))


def _annotated(folder: Path) -> Iterable[Path]:
    paths = sorted(folder.glob("*.ann"))
    if not paths:
        raise CorpusError("no .ann file is here", path=folder)
    return paths


@naming_its_file
def _abstract(path: Path, split: str, repairs: list[Repair]) -> ArgumentGraph:
    """One abstract; what had to be repaired is added to `repairs`."""
    brat = read_brat(path)
    document = Document(id=f"{split}-{path.stem}", text=brat.text)
    components = brat_components(NAME, document, brat)
    read = brat_relations(NAME, document, brat)
    repairs.extend(read.repairs)
    return ArgumentGraph.build(document, components, read.relations, meta={"pubmed": path.stem, **read.meta})
