"""The pipeline component: a miner that is loaded when it is first needed and saved with the pipeline.

What it needs of a Doc is its text alone, so it may stand anywhere in any pipeline, a blank one included.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

import srsly
from pydantic import ValidationError
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.util import minibatch

from argmine.document import Document
from argmine.errors import ModelError
from argmine.graph import ArgumentGraph, ComponentType
from argmine.integrations.spacy.marks import component_spans, set_arguments
from argmine.miner import ArgumentMiner

FACTORY = "argmine"
SAVED = "model"
"""The model's folder in that of a saved component."""
NAME = "document"
"""The id of every graph: a Doc has none."""


class ArgmineComponent(Pipe):
    """Sets `doc._.arguments` and `doc.spans[spans_key]`.

    Args:
        name: of the component in its pipeline.
        model: a packaged model's name, a model's folder or a hub id; once it was saved, the saved copy is read.
        scheme: as in `argmine.load`.
        precision: as in `argmine.load`.
        threshold: least marginal probability worth a component, None for what was tuned on development data.
        threads: how many the model may use, None for all processors of the process.
        spans_key: where the spans stand in `doc.spans`.
    """

    def __init__(
        self,
        name: str = FACTORY,
        *,
        model: str = "default",
        scheme: str | None = None,
        precision: str = "fp32",
        threshold: float | None = None,
        threads: int | None = None,
        spans_key: str = FACTORY,
    ) -> None:
        if threshold is not None and not 0 <= threshold <= 1:
            raise ValueError(f"threshold is {threshold}, allowed are 0 to 1")
        self.name, self.model, self.scheme, self.precision = name, model, scheme, precision
        self.threshold, self.threads, self.spans_key = threshold, threads, spans_key
        self._loaded: tuple[int, ArgumentMiner] | None = None

    @property
    def miner(self) -> ArgumentMiner:
        """The miner, loaded at the first call of each process, for its threads do not survive a fork.

        Raises:
            ModelError: there is no such model, or it is broken.
        """
        if self._loaded is None or self._loaded[0] != os.getpid():
            miner = ArgumentMiner.load(self.model, threads=self.threads, scheme=self.scheme, precision=self.precision)
            self._loaded = os.getpid(), miner if self.threshold is None else miner.with_threshold(self.threshold)
        return self._loaded[1]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of its spans."""
        return tuple(kind.value for kind in ComponentType)

    def __call__(self, doc: Doc) -> Doc:
        """Sets the graph of one Doc; what is raised goes to the pipeline's error handler."""
        return self._marked(doc, self.miner.mine(Document(id=NAME, text=doc.text)))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """The same for a stream, mined in batches; a Doc that fails goes to the error handler, the others go on."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            yield from self._batch(docs)

    def _batch(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        handle = self.get_error_handler()
        for found, doc in self.miner.mine_many(self._texts(docs), as_tuples=True, on_error="yield"):
            if isinstance(found, ArgumentGraph):
                yield self._marked(doc, found)
            else:
                handle(self.name, self, [doc], found)

    def _texts(self, docs: Iterable[Doc]) -> Iterator[tuple[Document, Doc]]:
        for doc in docs:
            try:
                document = Document(id=NAME, text=doc.text)
            except ValidationError as error:
                self.get_error_handler()(self.name, self, [doc], error)
            else:
                yield document, doc

    def _marked(self, doc: Doc, graph: ArgumentGraph) -> Doc:
        set_arguments(doc, graph)
        doc.spans[self.spans_key] = component_spans(doc, graph, self.spans_key)
        return doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002 - spaCy passes it
        """Writes the model, its card and its licence included, so that the pipeline needs nothing else."""
        source, target = self._folder(), Path(path) / SAVED
        if target.exists() and target.samefile(source):
            return
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "ArgmineComponent":  # noqa: ARG002
        """Reads from now on the model that `to_disk` wrote."""
        return self._reading(Path(path) / SAVED)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002
        """The files of the model's folder."""
        files = {file.name: file.read_bytes() for file in sorted(self._folder().iterdir()) if file.is_file()}
        packed: bytes = srsly.msgpack_dumps(files)
        return packed

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "ArgmineComponent":  # noqa: ARG002
        """Reads from now on the model that `to_bytes` packed, from a folder that lives as long as the component.

        Raises:
            ModelError: a file's name is a path.
        """
        files: dict[str, bytes] = srsly.msgpack_loads(data)
        for name in files:
            if Path(name).name != name:
                raise ModelError(f"a packed model names the file {name!r}, allowed are names without a folder")
        folder = Path(mkdtemp(prefix="argmine-"))
        finalize(self, shutil.rmtree, folder, ignore_errors=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return self._reading(folder)

    def _reading(self, folder: Path) -> "ArgmineComponent":
        self.model, self._loaded = str(folder), None
        return self

    def _folder(self) -> Path:
        folder = self.miner.folder
        if folder is None:
            raise ModelError("a network in memory has no folder that could be saved")
        return folder

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process, which loads the miner anew."""
        return ArgmineComponent, (self.name,), {**self.__dict__, "_loaded": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)


@Language.factory(
    FACTORY,
    assigns=["doc._.arguments", "doc.spans"],
    default_config={
        "model": "default",
        "scheme": None,
        "precision": "fp32",
        "threshold": None,
        "threads": None,
        "spans_key": FACTORY,
    },
)
def make_component(  # noqa: PLR0913, PLR0917 - spaCy gives each option by its name
    nlp: Language,  # noqa: ARG001 - spaCy calls it so
    name: str,
    model: str,
    scheme: str | None,
    precision: str,
    threshold: float | None,
    threads: int | None,
    spans_key: str,
) -> ArgmineComponent:
    """The factory behind `nlp.add_pipe("argmine")`; the arguments are those of `ArgmineComponent`."""
    return ArgmineComponent(
        name,
        model=model,
        scheme=scheme,
        precision=precision,
        threshold=threshold,
        threads=threads,
        spans_key=spans_key,
    )
