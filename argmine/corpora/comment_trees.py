"""Arguments in readers' comments: components and relations, annotated for argmine without the texts.

The texts are those of `arct`, whose folder must lie beside this corpus's. Here is a file a comment: a line `text` with
the first 16 hexadecimal digits of the sha256 of its text in UTF-8, then a line a component: where it starts and ends in
the text, in code points, and a code, `M` (major claim), `C+` or `C-` (a claim for or against the thesis; `C` where
there is none), `P+57` or `P-57` (a premise that supports or attacks the component that starts at 57). The rules of
annotation are those of `seeds/README.md`. The annotators are language models of one family. In the repository the
files stand in `opinions/comments`.
"""

import hashlib
import re
from pathlib import Path

from argmine.corpora import arct
from argmine.corpora.corpus import Corpus
from argmine.corpora.marks import CODE, read_marks, unit_of
from argmine.corpora.opinions import REPOSITORY, Unit, graph_of
from argmine.errors import CorpusError
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph

NAME = "comment-trees"
LICENCE = arct.LICENCE
DIGITS = 16
_LINE = re.compile(rf"(?P<start>\d+) (?P<end>\d+) {CODE}")


def read(folder: Path) -> Corpus:
    """The corpus from its folder, or the repository where there is none, and the comments from the folder beside it.

    Raises:
        FormatError: a file is not UTF-8, or the comments' archive is missing or damaged.
        CorpusError: a comment is missing, has another text, or a line is no component of it; it says where.
    """
    marks = folder if folder.is_dir() else REPOSITORY / "comments"
    return Corpus(NAME, read_marks(marks, arct.read(folder.parent / arct.NAME).graphs, _tree), LICENCE)


def digest(text: str) -> str:
    """What the first line says of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def _tree(path: Path, comment: ArgumentGraph) -> ArgumentGraph:
    first, *lines = read_text(path).splitlines() or [""]
    if first != f"text {digest(comment.text)}":
        raise CorpusError(f"the comment's text has the digest {digest(comment.text)}, not that of {first!r}", line=1)
    units = [_unit(number, line, len(comment.text)) for number, line in enumerate(lines, 2) if line.strip()]
    graph = graph_of(comment.document, units)
    about = {name: value for name, value in comment.meta.items() if name != "gists"}
    return ArgumentGraph.build(graph.document, graph.components, graph.relations, meta=about)


def _unit(number: int, line: str, length: int) -> Unit:
    code = _LINE.fullmatch(line.strip())
    if code is None:
        raise CorpusError(f"{line!r} is no start, end and code", line=number)
    start, end = int(code["start"]), int(code["end"])
    if not start < end <= length:
        raise CorpusError(f"{start} to {end} is no part of a text of {length} characters", line=number)
    return unit_of(code["start"], code, start, end)
