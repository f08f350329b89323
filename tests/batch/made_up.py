"""A miner without a network for tests of runs: each line of a text is a claim; one with a `!` cannot be mined."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from argmine.batch.scorer import Scorer
from argmine.document import Document
from argmine.errors import DocumentError
from argmine.graph import ArgumentGraph, ModelInfo


class LineMiner:
    info = ModelInfo(name="lines", revision="1", backend="none", precision="none")

    def mine_many(self, documents: Iterable[Document], *, on_error: str) -> Iterator[ArgumentGraph | Exception]:
        assert on_error == "yield"
        for document in documents:
            yield DocumentError("it shouts") if "!" in document.text else self.mine(document)

    def mine(self, document: Document) -> ArgumentGraph:
        spans = [(s.start, s.end) for s in ArgumentGraph.build(document, []).paragraphs()]
        made = ArgumentGraph.build(document, [(f"c{n}", "claim", *span) for n, span in enumerate(spans, 1)])
        return made.model_copy(update={"model": self.info})


def scorer(*, graphs: bool = False) -> Scorer:
    return Scorer(LineMiner(), graphs=graphs)


def write_pieces(folder: Path, texts: Sequence[str]) -> Path:
    """A file a text: 000.txt, 001.txt, …"""
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder
