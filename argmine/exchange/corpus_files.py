"""Single files of the formats that corpora are published in; what their labels mean is known from the corpora."""

from pathlib import Path

from argmine.corpora.aae2_conll import conll_graph
from argmine.corpora.microtexts import read_text_graph
from argmine.document import Document
from argmine.errors import FormatError
from argmine.formats.conll import join_tokens, read_abs, read_dat
from argmine.graph import ArgumentGraph


def read_conll(path: Path) -> list[ArgumentGraph]:
    """The documents of a CoNLL file of ACL 2017 (`.dat`, `.abs`), called by file and number.

    A text is the tokens with single spaces between.

    Raises:
        FormatError: the file is missing or broken; it names the line.
    """
    documents = read_abs(path) if path.suffix == ".abs" else read_dat(path)
    graphs: list[ArgumentGraph] = []
    for number, document in enumerate(documents, 1):
        text, offsets = join_tokens(document.tokens)
        graphs.append(conll_graph(path, Document(id=f"{path.stem}-{number}", text=text), offsets, document))
    return graphs


def read_arggraph(path: Path) -> list[ArgumentGraph]:
    """The graph of an arggraph file, as the arg-microtexts have it, over the `.txt` beside it.

    Raises:
        FormatError: a file is missing or broken.
    """
    if not path.with_suffix(".txt").is_file() and path.is_file():
        raise FormatError("the text is missing: a .txt of the same name was expected beside it", path=path)
    return [read_text_graph(path)]
