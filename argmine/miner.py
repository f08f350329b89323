"""`ArgumentMiner`: from a text to its argument graph.

What the names of its methods and of the modules below say, in this order:

    text ─ encode ─ pieces ─ boundaries ─ segments ─ components ─ forest ─ ArgumentGraph
"""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, TypeVar, overload

import numpy as np
from pydantic import ValidationError

from argmine.config import Calibration, ModelConfig
from argmine.decoding import (
    BoundaryScores,
    Forest,
    LinkScores,
    best_segments,
    decode_forest,
    segment_marginals,
    segment_scores,
)
from argmine.document import Document
from argmine.encoding import (
    DocumentEncoder,
    EncodedDocument,
    FloatArray,
    IntArray,
    candidate_targets,
    component_features,
    marker_spans,
    padded_length,
    pair_features,
    windows,
    word_spans,
)
from argmine.errors import ArgmineError, ModelError
from argmine.graph import Alternative, ArgumentGraph, Component, ComponentType, ModelInfo, Relation, RelationType
from argmine.runtime import PARTS, WEIGHTS, Backend, ComponentScores, OnnxBackend

CONFIG, VOCABULARY = "config.json", "tokenizer.json"
TYPES = (ComponentType.MAJOR_CLAIM, ComponentType.CLAIM, ComponentType.PREMISE)
LABELS = (RelationType.SUPPORT, RelationType.ATTACK)
CHUNK, MARGIN = 4096, 1
COMPONENTS, COMPONENT_MARGIN = 192, 32
STRONGEST = 16
RUNNERS_UP = 3
DIGITS = 4

Text = str | Document
Context = TypeVar("Context")


class ArgumentMiner:
    """Mines documents with one model.

    Args:
        config: what the model is.
        encoder: its vocabulary.
        backend: where its network runs.
        revision: digest of its weights and configuration.
        folder: where it was loaded from, None for a network in memory.
    """

    def __init__(
        self,
        config: ModelConfig,
        encoder: DocumentEncoder,
        backend: Backend,
        *,
        revision: str = "unsaved",
        folder: Path | None = None,
    ) -> None:
        self.config = config
        self.encoder = encoder
        self.backend = backend
        self.revision = revision
        self.folder = folder

    @classmethod
    def load(cls, model: str | Path = "default", *, threads: int | None = None) -> "ArgumentMiner":
        """The model of that name in the package, or in that folder; nothing is downloaded.

        Raises:
            ModelError: there is none, or it is broken; the message says what is wrong where.
        """
        folder = find_model(model)
        config = read_config(folder / CONFIG)
        try:
            encoder = DocumentEncoder.from_file(folder / VOCABULARY)
        except Exception as error:  # tokenizers raises just that
            raise ModelError(f"no tokenizer: {error}", path=folder / VOCABULARY) from error
        return cls(config, encoder, OnnxBackend(folder, threads=threads), revision=_revision(folder), folder=folder)

    @property
    def licence(self) -> str:
        """What the weights may be used for; the code's licence is another."""
        return self.config.licence

    @property
    def info(self) -> ModelInfo:
        """What stands in the graphs it makes."""
        return ModelInfo(
            name=self.config.name,
            revision=self.revision,
            backend=self.backend.name,
            precision=self.backend.precision,
        )

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

    def mine(self, text: Text) -> ArgumentGraph:
        """The arguments of one text, which may be of any length; an empty text gives an empty graph.

        Raises:
            TypeError: it is no text.
            pydantic.ValidationError: a `str` that is no Unicode text, for it holds half a surrogate pair.
        """
        document = _document(text, "document")
        encoded = self.encoder.encode(document)
        if not len(encoded):
            return self._graph(document, (), ())
        words = self.words(encoded)
        return self.decode(encoded, words, segment_marginals(segment_scores(self.boundaries(words))))

    def decode(self, encoded: EncodedDocument, words: FloatArray, marginals: FloatArray) -> ArgumentGraph:
        """The graph of `[n, h]` words' states and `[n, l]` segments' marginals (`argmine.decoding`)."""
        segments, sure = best_segments(marginals, self.config.decoding.segment_threshold)
        if not len(segments):
            return self._graph(encoded.document, (), ())
        spans = np.stack([encoded.spans[segments[:, 0], 0], encoded.spans[segments[:, 1], 1]], axis=1)
        return self._assemble(encoded.document, spans, sure, self.link_scores(encoded, words, segments))

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
        encoded = self.encoder.encode(document)
        spans = np.array([(c.start, c.end) for c in graph.components], np.int64)
        segments = np.array([word_spans(encoded, start, end) for start, end in spans.tolist()], np.int64)
        return self._assemble(
            document, spans, np.ones(len(spans)), self.link_scores(encoded, self.words(encoded), segments)
        )

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
        for number, (text, context) in enumerate(pairs, 1):
            try:
                result: ArgumentGraph | Exception = self.mine(_document(text, f"document-{number}"))
            except (ArgmineError, ValueError, TypeError) as error:
                if not keep_errors:
                    raise
                result = error
            yield result, context

    def words(self, encoded: EncodedDocument) -> FloatArray:
        """`[n, h]`, the encoder's states of each word, from overlapping windows."""
        sizes = self.config.windows
        states: list[FloatArray] = []
        for window in windows(encoded, sizes.size, sizes.overlap):
            hidden = self.backend.pieces(
                *self.encoder.window(encoded, window, padded_length(window, sizes.bucket, sizes.size))
            )
            states.append(hidden[1 + window.own_start - window.start : 1 + window.own_end - window.start])
        pieces = np.concatenate(states)
        return (pieces[encoded.pieces[:, 0]] + pieces[encoded.pieces[:, 1]]) * np.float32(0.5)

    def boundaries(self, words: FloatArray) -> BoundaryScores:
        """What the boundary tagger says of `[n, h]` words.

        They go through it in chunks whose ends see one word more, which is all that a word's scores depend on.
        """
        parts: list[tuple[FloatArray, ...]] = []
        scores: BoundaryScores | None = None
        for first in range(0, len(words), CHUNK):
            low, high = max(0, first - MARGIN), min(len(words), first + CHUNK + MARGIN)
            scores = self.backend.boundaries(words[low:high])
            own = slice(first - low, min(first + CHUNK, len(words)) - low)
            parts.append(tuple(a[own] for a in (scores.start, scores.end, scores.inside, scores.left, scores.right)))
        if scores is None:
            raise ValueError("a document without words has no boundaries")
        start, end, inside, left, right = (np.concatenate(column) for column in zip(*parts, strict=True))
        return BoundaryScores(start, end, inside, left, right, scores.length)

    def link_scores(self, encoded: EncodedDocument, words: FloatArray, segments: IntArray) -> LinkScores:
        """What the component layer says of `[m, 2]` segments (first and last word), as log probabilities."""
        pooled = pool(words, segments, marker_spans(encoded, segments))
        scores = self._components(pooled, component_features(encoded, segments))
        types = _log_softmax(scores.types)
        candidates = candidate_targets(len(segments), _strongest(types))
        logits = np.einsum("md,mkd->mk", scores.source, scores.target[candidates], dtype=np.float64)
        placed = self.backend.pairs[pair_features(encoded, segments, candidates)]
        logits = logits + (placed * np.exp(types)[candidates]).sum(axis=-1)
        logits = logits + passed_over(1 - np.exp(types[:, 2]), candidates) @ self.backend.between
        full = np.concatenate([scores.root[:, None], np.where(candidates < 0, -np.inf, logits)], axis=1)
        arcs = _log_softmax(full)
        labels = _log_softmax(scores.label_source[:, None, :] + scores.label_target[candidates])
        return LinkScores(types, arcs[:, 0], candidates, arcs[:, 1:], labels, _log_softmax(scores.stances))

    def _components(self, pooled: FloatArray, features: IntArray) -> ComponentScores:
        """In overlapping chunks, so that time grows linearly with a document's components."""
        count = len(pooled)
        if count <= COMPONENTS:
            return self.backend.components(pooled, features)
        parts: list[tuple[FloatArray, ...]] = []
        for start in range(0, count, COMPONENTS - 2 * COMPONENT_MARGIN):
            end = min(count, start + COMPONENTS - 2 * COMPONENT_MARGIN)
            low, high = max(0, start - COMPONENT_MARGIN), min(count, end + COMPONENT_MARGIN)
            scores = self.backend.components(pooled[low:high], features[low:high])
            parts.append(tuple(getattr(scores, n)[start - low : end - low] for n in ComponentScores.__slots__))
        return ComponentScores(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def _assemble(self, document: Document, spans: IntArray, sure: FloatArray, links: LinkScores) -> ArgumentGraph:
        """The best forest over components at `[m, 2]` code points, whose spans are right with probability `sure`."""
        forest = decode_forest(links, self.config.decoding)
        kinds = np.exp(links.types[np.arange(len(spans)), forest.types])
        raw = sure * kinds
        known = _calibrated(raw, self.config.component_calibration)
        components = [
            _component(document, n, TYPES[kind], start, end, p)
            for n, (kind, (start, end), p) in enumerate(zip(forest.types, spans.tolist(), known, strict=True), 1)
        ]
        return self._graph(document, components, self._relations(raw, links, forest))

    def _relations(self, raw: FloatArray, links: LinkScores, forest: Forest) -> Iterator[Relation]:
        number = 0
        for source, target in enumerate(forest.targets):
            if target < 0:
                continue
            number += 1
            label = int(forest.labels[source])
            premise = TYPES[forest.types[source]] is ComponentType.PREMISE
            place = int(np.flatnonzero(links.candidates[source] == target)[0]) if premise else -1
            arc = (
                links.arcs[source, place] + links.labels[source, place, label]
                if premise
                else links.stances[source, label]
            )
            sure = _calibrated(np.array([raw[source] * raw[target] * np.exp(arc)]), self.config.relation_calibration)
            yield Relation(
                id=f"r{number}",
                source=f"c{source + 1}",
                target=f"c{target + 1}",
                type=LABELS[label],
                probability=sure[0],
                alternatives=_runners_up(links, source, place) if premise else (),
            )

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


def pool(words: FloatArray, segments: IntArray, markers: IntArray) -> FloatArray:
    """`[m, 4h]`, as `argmine.network.pool`: first word, last word, mean of the words, mean of the words before."""
    through = np.concatenate([np.zeros((1, words.shape[1])), np.cumsum(words, axis=0, dtype=np.float64)])

    def mean(start: IntArray, end: IntArray) -> FloatArray:
        sums: FloatArray = through[end] - through[start]
        means: FloatArray = sums / np.maximum(end - start, 1)[:, None]
        return means.astype(np.float32)

    first, last = segments[:, 0], segments[:, 1]
    return np.concatenate([words[first], words[last], mean(first, last + 1), mean(*markers.T)], axis=1)


def passed_over(conclusions: FloatArray, candidates: IntArray) -> FloatArray:
    """`[m, k, 2]`, as `argmine.network.passed_over`, for the k candidates of each component alone."""
    number = np.arange(len(conclusions))[:, None]
    high = np.maximum(number, candidates)
    low = np.minimum(np.minimum(number, np.maximum(candidates, 0)) + 1, high)
    through = np.concatenate([[0.0], np.cumsum(conclusions)])
    count = np.maximum(through[high] - through[low], 0.0)
    return np.stack([count, np.minimum(count, 1.0)], axis=-1)


def find_model(model: str | Path) -> Path:
    """The folder of a packaged model's name, or `model` itself where it is a folder.

    Raises:
        ModelError: there is neither.
    """
    places = [Path(__file__).parent / "models" / model, Path(__file__).parent.parent / "models" / model, Path(model)]
    for place in places:
        if (place / CONFIG).is_file():
            return place
    if Path(model).is_dir():
        raise ModelError(f"the folder holds no {CONFIG}", path=model)
    raise ModelError(f"there is no model of the name or folder {str(model)!r}")


def read_config(path: Path) -> ModelConfig:
    """Reads a model's configuration.

    Raises:
        ModelError: it cannot be read, or has unknown keys or values out of bounds.
    """
    try:
        return ModelConfig.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ModelError(error.strerror or str(error), path=path) from error
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors())
        raise ModelError(faults, path=path) from error


def _revision(folder: Path) -> str:
    """First 12 hex digits of the sha256 over configuration, vocabulary, graphs and weights."""
    import hashlib

    digest = hashlib.sha256()
    for name in (CONFIG, VOCABULARY, *(f"{part}.onnx" for part in PARTS), WEIGHTS):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]


def _document(text: Text, name: str) -> Document:
    """The document itself, or a `str` as one of that name."""
    if isinstance(text, Document):
        return text
    if isinstance(text, str):
        return Document(id=name, text=text)
    raise TypeError(f"{name} is {type(text).__name__}, allowed are str and Document")


def _component(document: Document, number: int, kind: ComponentType, start: int, end: int, sure: float) -> Component:
    text = document.text[start:end]
    return Component(id=f"c{number}", type=kind, start=start, end=end, text=text, probability=sure)


def _strongest(types: FloatArray) -> list[int]:
    """The likeliest conclusions of the document, which any component may point at."""
    return sorted(np.argsort(types[:, 2], kind="stable")[:STRONGEST].tolist())


def _runners_up(links: LinkScores, source: int, place: int) -> tuple[Alternative, ...]:
    order = np.argsort(-links.arcs[source], kind="stable")
    others = [k for k in order if k != place and links.candidates[source, k] >= 0][:RUNNERS_UP]
    chances = np.exp(links.arcs[source]).round(DIGITS)
    return tuple(
        Alternative(target=f"c{links.candidates[source, k] + 1}", probability=float(chances[k]))
        for k in others
        if chances[k] > 0
    )


def _calibrated(probabilities: FloatArray, calibration: Calibration) -> list[float]:
    p = np.clip(probabilities.astype(np.float64), 1e-6, 1 - 1e-6)
    logits = calibration.slope * np.log(p / (1 - p)) + calibration.intercept
    return [float(x) for x in (1 / (1 + np.exp(-logits))).round(DIGITS)]


def _log_softmax(logits: FloatArray) -> FloatArray:
    logits = logits.astype(np.float64)
    top = logits.max(axis=-1, keepdims=True)
    shifted = logits - top
    result: FloatArray = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result
