"""What the units of news editorials are for: types and relations, annotated for argmine without their texts.

The texts and units are those of Webis-Editorials-16, whose folder must lie beside this corpus's. Here is a file an
editorial, a line a unit: the number of its fragment and a code, `M` (major claim), `C+` or `C-` (a claim for or against
the thesis; `C` where there is none), `P+7` or `P-7` (a premise that supports or attacks unit 7), `-` (no component).
The rules of annotation are those of `seeds/README.md`, spans aside. The annotators are language models of one family.
A component's label is that of its unit. In the repository the files stand in `opinions/editorials`.
"""

import re
from collections import Counter
from pathlib import Path

from argmine.corpora import webis_editorials16
from argmine.corpora.corpus import Corpus
from argmine.corpora.marks import CODE, read_marks, unit_of
from argmine.corpora.opinions import REPOSITORY, graph_of
from argmine.errors import CorpusError
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph

NAME = "editorial-trees"
LICENCE = webis_editorials16.LICENCE
_LINE = re.compile(rf"(?P<unit>\d+) (?:{CODE}|-)")


def read(folder: Path) -> Corpus:
    """The corpus from its folder, or the repository where there is none, and the editorials from the folder beside it.

    Raises:
        FormatError: a file is not UTF-8.
        CorpusError: editorials are missing or damaged, or a line is no code of a unit that is there; it says where.
    """
    codes = folder if folder.is_dir() else REPOSITORY / "editorials"
    return read_with_texts(codes, folder.parent / webis_editorials16.NAME)


def read_with_texts(codes: Path, texts: Path) -> Corpus:
    """The corpus from the folder of its codes and that of the editorials; raises what `read` does."""
    return Corpus(NAME, read_marks(codes, webis_editorials16.read(texts).graphs, _tree), LICENCE)


def _tree(path: Path, editorial: ArgumentGraph) -> ArgumentGraph:
    lines = [_code(number, line) for number, line in enumerate(read_text(path).splitlines(), 1) if line.strip()]
    codes = dict(lines)
    if len(codes) < len(lines):
        twice = sorted(name for name, times in Counter(name for name, _ in lines).items() if times > 1)
        raise CorpusError(f"units with more than one code: {', '.join(twice)}")
    units = {component.id: component for component in editorial.components}
    if unknown := codes.keys() ^ units.keys():
        raise CorpusError(f"units and codes differ: {', '.join(sorted(unknown))}")
    graph = graph_of(
        editorial.document,
        [
            unit_of(code["unit"], code, units[name].start, units[name].end)
            for name, code in codes.items()
            if code["type"]
        ],
    )
    labelled = [c.model_copy(update={"label": units[c.id].label}) for c in graph.components]
    return ArgumentGraph.build(editorial.document, labelled, graph.relations, meta=editorial.meta)


def _code(number: int, line: str) -> tuple[str, re.Match[str]]:
    found = _LINE.fullmatch(line.strip())
    if found is None:
        raise CorpusError(f"{line!r} is no number and code", line=number)
    return f"c{found['unit']}", found
