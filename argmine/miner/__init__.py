"""`ArgumentMiner`: from a text to its argument graph.

What the names of its methods and of the modules below say, in this order:

    text ─ encode ─ pieces ─ boundaries ─ segments ─ components ─ forest ─ ArgumentGraph
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

import numpy as np

from argmine.arguing import argues, surest
from argmine.confidence import keep_sure
from argmine.config import ModelConfig, Shown
from argmine.conformal import least_probability
from argmine.decoding import MAJOR_CLAIM
from argmine.document import Document
from argmine.encoding import DocumentEncoder, EncodedDocument, FloatArray, word_spans
from argmine.errors import ModelError
from argmine.graph import ArgumentGraph, Component, ModelInfo, Relation
from argmine.language import looks_english
from argmine.miner.assembly import assembled
from argmine.miner.many import Context, Mine, Numbered, Text, attempt, document_of, in_threads, outcome
from argmine.model_folder import CONFIG, VOCABULARY, find_model, read_config, revision
from argmine.runtime import (
    AcceleratedBackend,
    Backend,
    BatchBackend,
    BertBackend,
    HeadsBackend,
    OnnxBackend,
    open_backend,
)
from argmine.scoring import Scorer
from argmine.segments import Segments, chosen_of

if TYPE_CHECKING:
    from argmine.miner.processes import Decode, Decoders

__all__ = [
    "ARGUES_NOTHING",
    "LIMITED",
    "NOT_ENGLISH",
    "ArgumentMiner",
]

SPARING = {"bucket": 1}
"""How windows are cut where padding costs and changes nothing: without any."""
NOT_ENGLISH = "the text does not look like English, so what is found in it cannot be trusted"
ARGUES_NOTHING = "the text seems to argue nothing: it uses few words of reasoning, and no thesis is found"
LIMITED = "only the surest components are shown; a least probability, such as 0, shows all above it"


class ArgumentMiner:
    """Mines documents with one model.

    Args:
        config: what the model is.
        encoder: its vocabulary.
        backend: where its network runs.
        revision: digest of its weights and configuration.
        folder: where it was loaded from, None for a network in memory.
        processes: as `load` tells; a network in memory has none.
    """

    def __init__(
        self,
        config: ModelConfig,
        encoder: DocumentEncoder,
        backend: Backend,
        *,
        revision: str = "unsaved",
        folder: Path | None = None,
        processes: int = 0,
    ) -> None:
        self.config = config
        self.encoder = encoder
        self.backend = backend
        self.scorer = Scorer(encoder, backend, config.windows)
        self.revision = revision
        self.folder = folder
        self.processes = processes
        self._load: Callable[[str | None], ArgumentMiner] | None = None
        self._decoders: Decoders | None = None

    @classmethod
    def load(
        cls,
        model: str | Path = "default",
        *,
        threads: int | None = None,
        scheme: str | None = None,
        precision: str = "fp32",
        processes: int = 0,
    ) -> "ArgumentMiner":
        """The model of that name in the package, in that folder, or of that name on the Hugging Face Hub.

        Args:
            model: name or folder; `org/name` or `org/name@revision` is downloaded if it is no folder (`argmine.hub`).
            threads: how many it may use; all processors of the process where None.
            scheme: by which scheme of annotation it reads, `essays` for its main one; where None, by the one that the
                model's configuration names as its default.
            precision: "fp32", the reference; "bf16", which runs in torch; or "fast", what is fastest on this machine
                (`argmine.runtime.open_backend`), of which the graphs' `model` tells.
            processes: how many decode beside an accelerator when many documents are mined; none where there is no
                accelerator. The graphs are the same. They are started anew by the program's main module, which must
                keep what it does behind `if __name__ == "__main__"`.

        Raises:
            ModelError: there is none, it has no such scheme, or it is broken; the message says what is wrong where.
            ValueError: there is no such precision.
        """
        folder = find_model(model)
        try:
            config = read_config(folder / CONFIG).reading(scheme)
        except ValueError as error:
            raise ModelError(str(error), path=folder / CONFIG) from error
        try:
            encoder = DocumentEncoder.from_file(folder / VOCABULARY)
        except Exception as error:  # tokenizers raises just that
            raise ModelError(f"no tokenizer: {error}", path=folder / VOCABULARY) from error
        backend = open_backend(folder, config, precision=precision, threads=threads)
        if isinstance(backend, BertBackend | OnnxBackend):
            config = config.model_copy(update={"windows": config.windows.model_copy(update=SPARING)})
        beside = processes if isinstance(backend, AcceleratedBackend) else 0
        miner = cls(config, encoder, backend, revision=revision(folder), folder=folder, processes=beside)
        miner._load = partial(_loaded, folder, threads, precision, processes)
        return miner

    def reading(self, scheme: str | None) -> "ArgumentMiner":
        """The same model by another scheme, loaded once more from its folder, as it was loaded if it was.

        Args:
            scheme: as `load` has it.

        Raises:
            ModelError: the model has no folder, or no such scheme.
        """
        if self.folder is None:
            raise ModelError("a network in memory reads by the scheme that it was given")
        return ArgumentMiner.load(self.folder, scheme=scheme) if self._load is None else self._load(scheme)

    @property
    def licence(self) -> str:
        """What the weights may be used for; the code's licence is another."""
        return self.config.licence

    @property
    def info(self) -> ModelInfo:
        """What stands in the graphs it makes."""
        return ModelInfo(
            name="/".join(filter(None, (self.config.name, self.config.scheme))),
            revision=self.revision,
            backend=self.backend.name,
            precision=self.backend.precision,
        )

    def with_threshold(self, threshold: float) -> "ArgumentMiner":
        """The same model with another least marginal probability of a component; its revision says so.

        Raises:
            pydantic.ValidationError: the threshold is not between 0 and 1.
        """
        decoding = self.config.decoding.model_copy(
            update={"segment_threshold": threshold, "threshold_by_f1": 0.0, "overlap_weight": 0.0}
        )
        return self._told({"decoding": decoding}, f"threshold={threshold}")

    def with_least_probability(self, probability: float) -> "ArgumentMiner":
        """The same model, of whose components and relations only those are shown that are at least so probable.

        What hung on one that is left out becomes a root, and the graph's `detached` names it. The revision says so.

        Raises:
            ValueError: it is no probability.
        """
        if not 0 <= probability <= 1:
            raise ValueError(f"a least probability lies between 0 and 1, found {probability}")
        shown = Shown(components=probability, relations=probability)
        return self._told({"shown": shown}, f"min-probability={probability}")

    def with_max_error(self, share: float) -> "ArgumentMiner":
        """The same model, of which so much is shown that at most this share of it is wrong (`argmine.conformal`).

        The share is one of the components shown, and one of the relations shown, on average over texts like those that
        the model was calibrated on. The revision says so.

        Raises:
            ValueError: it is no share, or less than the model's calibration can promise, or the model has none.
        """
        table = self.config.errors
        if table is None:
            raise ValueError(f"the model {self.config.name} was calibrated without a table of errors")
        components, relations = (
            least_probability(t, table.documents, share) for t in (table.components, table.relations)
        )
        shown = Shown(components=components, relations=relations)
        return self._told({"shown": shown}, f"max-error={share}")

    def _told(self, update: dict[str, object], told: str) -> "ArgumentMiner":
        """The same model with parts of its configuration changed, of which its revision tells."""
        config = self.config.model_copy(update=update)
        revision = f"{self.revision}+{told}"
        miner = ArgumentMiner(
            config, self.encoder, self.backend, revision=revision, folder=self.folder, processes=self.processes
        )
        miner._load = self._load
        return miner

    def save(self, folder: str | Path) -> None:
        """Writes a copy of the model's folder, which `load` reads.

        Raises:
            ModelError: the model has no folder (a network in training), or there is something at `folder`.
        """
        if self.folder is None:
            raise ModelError("a network in memory is saved by argmine.training.package")
        if Path(folder).exists():
            raise ModelError("there is something already", path=folder)
        shutil.copytree(self.folder, folder)

    def mine(self, text: Text, *, min_probability: float | None = None) -> ArgumentGraph:
        """The arguments of one text, which may be of any length; an empty text gives an empty graph.

        A text that is not English or seems to argue nothing gets a warning and, where no least probability was asked
        for, few components (`argmine.arguing`).

        Args:
            text: the text.
            min_probability: as `with_least_probability`, instead of what the miner shows.

        Raises:
            TypeError: it is no text.
            ValueError: `min_probability` is no probability.
            pydantic.ValidationError: a `str` that is no Unicode text, for it holds half a surrogate pair.
        """
        if min_probability is not None:
            return self.with_least_probability(min_probability).mine(text)
        document = document_of(text, "document")
        encoded = self.encode(document)
        if not len(encoded):
            return self._graph(document, (), ())
        return self._decode(encoded, self.scorer.words(encoded))

    def encode(self, document: Document) -> EncodedDocument:
        """The document's words and pieces as the model's scheme looks at them."""
        encoded = self.encoder.encode(document)
        return encoded if self.config.places else encoded.without_places()

    def _decode(self, encoded: EncodedDocument, words: FloatArray) -> ArgumentGraph:
        return self.decode(encoded, words, self.scorer.likely(words))

    def decode(self, encoded: EncodedDocument, words: FloatArray, likely: Segments) -> ArgumentGraph:
        """The graph of `[n, h]` words' states and likely segments."""
        chosen = chosen_of(likely, self.config.decoding)
        segments = chosen.segments
        if not len(segments):
            return self._shown(self._graph(encoded.document, (), ()), thesis=0.0)
        spans = np.stack([encoded.spans[segments[:, 0], 0], encoded.spans[segments[:, 1], 1]], axis=1)
        links = self.scorer.link_scores(encoded, words, segments)
        # the limits of `arguing` were set on exact ends
        thesis = float((chosen.exact * np.exp(links.types[:, MAJOR_CLAIM])).max())
        parts = assembled(encoded.document, spans, chosen.near, chosen.worth, links, self.config)
        return self._shown(self._graph(encoded.document, *parts), thesis)

    def _shown(self, graph: ArgumentGraph, thesis: float) -> ArgumentGraph:
        """What of a graph is shown: what is sure enough, and little of a text that is none to be mined."""
        rule, shown = self.config.arguing, self.config.shown
        english = looks_english(graph.text)
        if not english or (rule is not None and not argues(graph.text, thesis, rule)):
            warned = graph.model_copy(update={"warnings": (NOT_ENGLISH if not english else ARGUES_NOTHING,)})
            less = warned if shown is not None or rule is None else surest(warned, rule)
            few = len(less.components) < len(warned.components)
            graph = less.model_copy(update={"warnings": (*less.warnings, LIMITED)}) if few else less
        return graph if shown is None else keep_sure(graph, shown.components, shown.relations)

    def mine_components(self, graph: ArgumentGraph) -> ArgumentGraph:
        """Types and relations for components that are given; their spans alone are read.

        Returns:
            A graph of the same spans, whose components are named c1, c2, … in text order.

        Raises:
            ValueError: a component holds no word.
        """
        document = graph.document
        if not graph.components:
            return self._graph(document, (), ())
        encoded = self.encode(document)
        spans = np.array([(c.start, c.end) for c in graph.components], np.int64)
        segments = np.array([word_spans(encoded, start, end) for start, end in spans.tolist()], np.int64)
        links = self.scorer.link_scores(encoded, self.scorer.words(encoded), segments)
        sure = np.ones(len(spans))
        return self._graph(document, *assembled(document, spans, sure, sure, links, self.config))

    @overload
    def mine_many(
        self, documents: Iterable[Text], *, as_tuples: Literal[False] = False, on_error: Literal["raise"] = "raise"
    ) -> Iterator[ArgumentGraph]: ...

    @overload
    def mine_many(
        self, documents: Iterable[Text], *, as_tuples: Literal[False] = False, on_error: Literal["yield"]
    ) -> Iterator[ArgumentGraph | Exception]: ...

    @overload
    def mine_many(
        self,
        documents: Iterable[tuple[Text, Context]],
        *,
        as_tuples: Literal[True],
        on_error: Literal["raise"] = "raise",
    ) -> Iterator[tuple[ArgumentGraph, Context]]: ...

    @overload
    def mine_many(
        self, documents: Iterable[tuple[Text, Context]], *, as_tuples: Literal[True], on_error: Literal["yield"]
    ) -> Iterator[tuple[ArgumentGraph | Exception, Context]]: ...

    def mine_many(
        self, documents: Iterable[Any], *, as_tuples: bool = False, on_error: Literal["raise", "yield"] = "raise"
    ) -> Iterator[Any]:
        """A graph for each document, in order, as they are mined.

        Args:
            documents: texts, `Document`s or, with `as_tuples`, pairs of one and anything, given back beside its graph.
            as_tuples: whether they are pairs.
            on_error: "raise" ends at a bad document, "yield" gives the error that `mine` raises in its place.

        Raises:
            TypeError: `documents` is one text instead of many.
        """
        if on_error not in ("raise", "yield"):
            raise ValueError(f"on_error is {on_error!r}, allowed are 'raise' and 'yield'")
        if isinstance(documents, str | Document):
            raise TypeError(f"documents is one {type(documents).__name__}, not many of them: use mine")
        pairs = documents if as_tuples else ((text, None) for text in documents)
        mined = self._mine_each(pairs, keep_errors=on_error == "yield")
        return mined if as_tuples else (result for result, _ in mined)

    def _mine_each(
        self, pairs: Iterable[tuple[Text, Context]], *, keep_errors: bool
    ) -> Iterator[tuple[ArgumentGraph | Exception, Context]]:
        numbered = ((Numbered(number, text), context) for number, (text, context) in enumerate(pairs, 1))
        for result, context in self._outcomes(numbered):
            if isinstance(result, Exception) and not keep_errors:
                raise result
            yield result, context

    def _outcomes(
        self, documents: Iterator[tuple[Numbered, Context]]
    ) -> Iterator[tuple[ArgumentGraph | Exception, Context]]:
        """As is fastest: windows of several documents in a batch, several documents at once, or one by one."""
        if isinstance(self.backend, BatchBackend) and self.backend.batch > 1:
            return self._mine_batched(documents, self.backend)
        first = list(islice(documents, 2 if self.backend.workers > 1 else 0))
        documents = chain(first, documents)
        if len(first) > 1:
            return in_threads(documents, self._beside, self.backend.workers)
        return ((outcome(self.mine, n), context) for n, context in documents)

    def _mine_batched(
        self, documents: Iterator[tuple[Numbered, Context]], backend: BatchBackend
    ) -> Iterator[tuple[ArgumentGraph | Exception, Context]]:
        """As many documents as a batch has windows, encoded together, then decoded one by one or by processes."""
        worded = self._worded(documents, backend)
        if self.processes:
            return self._beside_processes().graphs(worded)
        return ((self.decoded(encoded, words), context) for encoded, words, context in worded)

    def _worded(
        self, documents: Iterator[tuple[Numbered, Context]], backend: BatchBackend
    ) -> Iterator[tuple[EncodedDocument | Exception, FloatArray | None, Context]]:
        while some := list(islice(documents, backend.batch)):
            encoded = [self._encoded(n) for n, _ in some]
            worded = [e for e in encoded if isinstance(e, EncodedDocument) and len(e)]
            states = dict(zip(map(id, worded), self.scorer.words_of(worded, backend), strict=True))
            for each, (_, context) in zip(encoded, some, strict=True):
                yield each, states.get(id(each)), context

    def _beside_processes(self) -> "Decoders":
        """The same for all that it mines, for they take long to start."""
        from argmine.miner.processes import Decoders

        if self.folder is None:
            raise ModelError("processes decode with the files of a model, and a network in memory has none")
        if self._decoders is None:
            make = partial(
                decoder_of, self.folder, self.config, self.backend.name, self.backend.precision, self.revision
            )
            self._decoders = Decoders(self.processes, make)
        return self._decoders

    def _encoded(self, numbered: Numbered) -> EncodedDocument | Exception:
        return attempt(lambda: self.encode(numbered.document()))

    def decoded(self, encoded: EncodedDocument | Exception, words: FloatArray | None) -> ArgumentGraph | Exception:
        """The graph of `[n, h]` words' states, an empty one where there are none; or what makes it a bad document."""
        if isinstance(encoded, Exception):
            return encoded
        if words is None:
            return self._graph(encoded.document, (), ())
        return attempt(lambda: self._decode(encoded, words))

    def _beside(self) -> Mine:
        """`mine` of a twin that is for one thread of several."""
        return ArgumentMiner(
            self.config, self.encoder, self.backend.beside(), revision=self.revision, folder=self.folder
        ).mine

    def _graph(
        self, document: Document, components: Iterable[Component], relations: Iterable[Relation]
    ) -> ArgumentGraph:
        return ArgumentGraph(
            id=document.id,
            text=document.text,
            read=1.0,
            components=tuple(components),
            relations=tuple(relations),
            model=self.info,
        )


def _loaded(folder: Path, threads: int | None, precision: str, processes: int, scheme: str | None) -> ArgumentMiner:
    return ArgumentMiner.load(folder, threads=threads, scheme=scheme, precision=precision, processes=processes)


def decoder_of(folder: Path, config: ModelConfig, name: str, precision: str, revision: str) -> "Decode":
    """What turns words' states into the graphs of a model whose encoder runs elsewhere.

    Args:
        folder: the model's.
        config: as its miner has it.
        name: of the backend that its encoder runs in.
        precision: the encoder's.
        revision: the miner's.

    Raises:
        ModelError: a file is missing or damaged.
    """
    backend = HeadsBackend(folder, config, name=name, precision=precision, threads=1)
    encoder = DocumentEncoder.from_file(folder / VOCABULARY)
    return ArgumentMiner(config, encoder, backend, revision=revision, folder=folder).decoded
