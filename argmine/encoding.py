"""Documents ↔ windows of token ids; characters ↔ words.

A document is a sequence of words (the base tokenizer's pre-tokens, so punctuation stands alone), each of one or more
pieces. A mark stands where a paragraph begins. Everything that the network knows of a text's form is made here, as
small integer features; 0 always means "not known", so that training can hide them. No torch.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from argmine.document import Document

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.floating]

PARAGRAPH_MARK = "[unused1]"
CASES = 4  # not known, lower, capitalised, all capitals
PLACES = 17  # not known, then min(from start, 3) * 4 + min(from end, 3)
LENGTHS = 9
GAPS = 6
WITHIN = 26  # not known, then min(before in paragraph, 4) * 5 + min(after in paragraph, 4)
COMPONENT_FEATURES = (PLACES, PLACES, WITHIN, LENGTHS, GAPS)
REACH = 9
PAIRS = 3 * (2 * REACH + 1)  # same paragraph (not known, no, yes) x signed distance
NEIGHBOURS = 64
MARKER_WORDS = 8
_BREAK = re.compile("[\n\r\v\f\x85\u2028\u2029]")
# Tokenizers drop these as control characters, which would join the last word of a page to the first of the next.
_RARE_SPACES = dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x1f\x85"), " ")


@dataclass(frozen=True, slots=True)
class EncodedDocument:
    """A document of n words and p pieces.

    Attributes:
        document: the text it encodes.
        ids: `[p]`, piece ids, paragraph marks among them, without special pieces at the ends.
        features: `[p, 2]`, case and place of the paragraph of each piece.
        spans: `[n, 2]`, half-open code points of each word.
        pieces: `[n, 2]`, first and last piece of each word.
        paragraphs: `[n]`, number of each word's paragraph, from 0.
        placed: whether paragraphs and places in the document are to be looked at.
    """

    document: Document
    ids: IntArray
    features: IntArray
    spans: IntArray
    pieces: IntArray
    paragraphs: IntArray
    placed: bool = True

    def __len__(self) -> int:
        return len(self.spans)

    def without_places(self) -> "EncodedDocument":
        """The same where nobody looks at places; marks between paragraphs stay."""
        return replace(self, features=self.features * np.array([1, 0]), placed=False)


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `start` to `end` (half-open) are encoded together; the states of `own_start` to `own_end` are kept."""

    start: int
    end: int
    own_start: int
    own_end: int


@dataclass(frozen=True, slots=True)
class DocumentEncoder:
    """Turns documents into `EncodedDocument`s with the vocabulary of a model's folder."""

    tokenizer: Tokenizer
    mark: int = field(init=False)
    ends: tuple[int, int] = field(init=False)
    pad: int = field(init=False)
    blank: int = field(init=False)

    def __post_init__(self) -> None:
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.tokenizer.encode_special_tokens = True  # "[SEP]" in a text is five characters, not the end of it
        special = self.tokenizer.encode("", add_special_tokens=True).ids
        if len(special) < 2:
            raise ValueError("the tokenizer puts no special pieces around a text")
        object.__setattr__(self, "ends", (special[0], special[-1]))
        object.__setattr__(self, "mark", _known(self.tokenizer, PARAGRAPH_MARK, special[-1]))
        object.__setattr__(self, "pad", _known(self.tokenizer, "[PAD]", 0))
        object.__setattr__(self, "blank", _known(self.tokenizer, "[MASK]", self.pad))

    @classmethod
    def from_file(cls, path: Path) -> "DocumentEncoder":
        """Reads a `tokenizer.json`."""
        return cls(Tokenizer.from_file(str(path)))

    def encode(self, document: Document) -> EncodedDocument:
        """Words, pieces and features of a document of any length; a text without words has none."""
        encoding = self.tokenizer.encode(document.text.translate(_RARE_SPACES), add_special_tokens=False)
        offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
        words = np.array(encoding.word_ids, dtype=np.int64)
        offsets = _trimmed(document.text, offsets)
        kept = offsets[:, 1] > offsets[:, 0]
        ids, offsets, words = np.array(encoding.ids, dtype=np.int64)[kept], offsets[kept], words[kept]
        first = _word_starts(offsets, words)
        last = np.append(first[1:] - 1, len(ids) - 1)[: len(first)]
        spans = _with_accents(document.text, np.stack([offsets[first, 0], offsets[last, 1]], axis=1))
        paragraphs = _paragraphs(document.text, spans)
        return self._with_marks(document, ids, spans, np.stack([first, last], axis=1), paragraphs)

    def _with_marks(
        self, document: Document, ids: IntArray, spans: IntArray, pieces: IntArray, paragraphs: IntArray
    ) -> EncodedDocument:
        breaks = np.flatnonzero(np.diff(paragraphs)) + 1  # words that open a paragraph, the first one aside
        at = pieces[breaks, 0]
        marked = np.insert(ids, at, self.mark)
        pieces = pieces + np.searchsorted(breaks, np.arange(len(pieces)), side="right")[:, None]
        features = np.zeros((len(marked), 2), np.int64)
        place = _places(paragraphs, int(paragraphs.max(initial=-1)) + 1)
        for column, values in ((0, _cases(document.text, spans)), (1, place)):
            features[:, column] = _spread(values, pieces, len(marked))
        return EncodedDocument(document, marked, features, spans, pieces, paragraphs)

    def window(self, encoded: EncodedDocument, window: Window, length: int) -> tuple[IntArray, IntArray, IntArray]:
        """`[length]` ids and mask and `[length, 2]` features of one window, special pieces at its ends, padded."""
        body = slice(window.start, window.end)
        size = window.end - window.start + 2
        ids = np.full(length, self.pad, np.int64)
        ids[:size] = [self.ends[0], *encoded.ids[body], self.ends[1]]
        mask = (np.arange(length) < size).astype(np.int64)
        features = np.zeros((length, 2), np.int64)
        features[1 : size - 1] = encoded.features[body]
        return ids, mask, features


def windows(encoded: EncodedDocument, size: int, overlap: int) -> list[Window]:
    """Windows of at most `size - 2` pieces that cover the document; every piece is owned by just one.

    They are as few as can be, all of one length, and as short as that allows: a text a little too long for one window
    is read in two halves, not twice. Neighbours share at least `overlap` pieces, half of which each owns.
    """
    total, body = len(encoded.ids), size - 2
    if total <= body:
        return [Window(0, total, 0, total)] if total else []
    last = -(-(total - body) // (body - overlap))
    length = -(-(total + last * overlap) // (last + 1))
    starts = [n * (total - length) // last for n in range(last + 1)]
    cuts = [0, *((a + length + b) // 2 for a, b in pairwise(starts)), total]
    return [Window(s, s + length, a, b) for s, (a, b) in zip(starts, pairwise(cuts), strict=True)]


def padded_length(window: Window, bucket: int, size: int) -> int:
    """The length to which a window is padded: it depends on the window alone."""
    return min(size, -(-(window.end - window.start + 2) // bucket) * bucket)


def word_spans(encoded: EncodedDocument, start: int, end: int) -> tuple[int, int]:
    """First and last word that touch code points `start` to `end` (half-open).

    Raises:
        ValueError: no word does.
    """
    first = int(np.searchsorted(encoded.spans[:, 1], start, side="right"))
    last = int(np.searchsorted(encoded.spans[:, 0], end, side="left")) - 1
    if last < first:
        raise ValueError(f"{encoded.document.id}: no word between {start} and {end}")
    return first, last


def marker_spans(encoded: EncodedDocument, segments: IntArray) -> IntArray:
    """`[m, 2]`, the half-open words before each segment: up to 8, of its paragraph, after the segment before it.

    Args:
        encoded: the document.
        segments: `[m, 2]`, first and last word of each segment, in text order.
    """
    starts = segments[:, 0]
    before = np.concatenate([[0], segments[:-1, 1] + 1]) if len(segments) else starts
    opening = np.searchsorted(encoded.paragraphs, encoded.paragraphs[starts], side="left") if len(segments) else starts
    return np.stack([np.minimum(np.max([before, opening, starts - MARKER_WORDS], axis=0), starts), starts], axis=1)


def component_features(encoded: EncodedDocument, segments: IntArray) -> IntArray:
    """`[m, 5]`: place of the paragraph, place in document and in paragraph, length, gap to the one before."""
    count = len(segments)
    if not count:
        return np.zeros((0, len(COMPONENT_FEATURES)), np.int64)
    home = encoded.paragraphs[segments[:, 0]]
    place = _places(home, int(encoded.paragraphs.max()) + 1)
    order = _places(np.arange(count), count)
    first, after = np.searchsorted(home, home, side="left"), np.searchsorted(home, home, side="right")
    number = np.arange(count)
    within = 1 + np.minimum(number - first, 4) * 5 + np.minimum(after - 1 - number, 4)
    length = np.minimum(1 + np.log2(segments[:, 1] - segments[:, 0] + 1).astype(np.int64), LENGTHS - 1)
    gap = segments[:, 0] - np.concatenate([[-1], segments[:-1, 1]]) - 1
    known = np.array([encoded.placed] * 3 + [True] * 2)
    features: IntArray = np.stack([place, order, within, length, 1 + np.digitize(gap, (1, 2, 5, 12))], axis=1) * known
    return features


def candidate_targets(count: int, extra: Sequence[int] = ()) -> IntArray:
    """`[m, k]`, for each of m components the others it may point at, in text order; -1 fills short rows.

    The 64 nearest and those of `extra` (the document's strongest conclusions): linear in m.
    """
    reach = np.arange(-(NEIGHBOURS // 2), NEIGHBOURS // 2 + 1)
    near = np.arange(count)[:, None] + reach[None, :]
    rows = np.concatenate([near, np.broadcast_to(np.array(extra, np.int64), (count, len(extra)))], axis=1)
    rows = np.where((rows < 0) | (rows >= count) | (rows == np.arange(count)[:, None]), count, rows)
    rows = np.sort(rows, axis=1)
    rows[:, 1:][rows[:, 1:] == rows[:, :-1]] = count
    rows = np.sort(rows, axis=1)[:, : int((rows < count).sum(axis=1).max(initial=0))]
    return np.where(rows == count, -1, rows)


def pair_features(encoded: EncodedDocument, segments: IntArray, candidates: IntArray) -> IntArray:
    """`[m, k]`: whether source and candidate share a paragraph, and how many components lie between, with sign."""
    home = encoded.paragraphs[segments[:, 0]] if len(segments) else np.zeros(0, np.int64)
    distance = np.clip(candidates - np.arange(len(segments))[:, None], -REACH, REACH) + REACH
    together = (home[candidates] == home[:, None]).astype(np.int64)
    features: IntArray = (1 + together) * encoded.placed * (2 * REACH + 1) + distance
    return features


def _known(tokenizer: Tokenizer, piece: str, otherwise: int) -> int:
    found = tokenizer.token_to_id(piece)
    return otherwise if found is None else found


def _trimmed(text: str, offsets: IntArray) -> IntArray:
    """The offsets without white space at their ends, which some tokenizers count to the piece after it."""
    trimmed = offsets.copy()
    spaces = np.array([c.isspace() for c in text] + [False])
    starts, ends = offsets.T
    for n in np.flatnonzero((ends > starts) & (spaces[starts] | spaces[ends - 1])):
        piece = text[starts[n] : ends[n]]
        trimmed[n] = starts[n] + len(piece) - len(piece.lstrip()), starts[n] + len(piece.rstrip())
    return trimmed


def _word_starts(offsets: IntArray, words: IntArray) -> IntArray:
    """The first piece of each word; pieces of one character are of one word, whatever the tokenizer says."""
    reached = np.maximum.accumulate(np.append(0, offsets[:, 1]))[:-1]
    return np.flatnonzero((np.diff(words, prepend=-1) != 0) & (offsets[:, 0] >= reached))


def _with_accents(text: str, spans: IntArray) -> IntArray:
    """The spans with the combining marks behind them, which a tokenizer that strips accents leaves out."""
    extended = spans.copy()
    limits = np.append(spans[1:, 0], len(text))[: len(spans)]
    for n, (end, limit) in enumerate(zip(spans[:, 1].tolist(), limits.tolist(), strict=True)):
        while end < limit and unicodedata.category(text[end])[0] == "M":
            end += 1  # noqa: PLW2901 - the end itself moves
        extended[n, 1] = end
    return extended


def _paragraphs(text: str, spans: IntArray) -> IntArray:
    """`[n]`, how many runs of line breaks stand before each word."""
    if not len(spans):
        return np.zeros(0, np.int64)
    breaks = np.array([found.start() for found in _BREAK.finditer(text)], np.int64)
    broken = np.searchsorted(breaks, spans[1:, 0]) > np.searchsorted(breaks, spans[:-1, 1])
    return np.concatenate([[0], np.cumsum(broken, dtype=np.int64)])


def _places(numbers: IntArray, count: int) -> IntArray:
    return 1 + np.minimum(numbers, 3) * 4 + np.minimum(count - 1 - numbers, 3)


def _cases(text: str, spans: IntArray) -> IntArray:
    words = [text[a:b] for a, b in spans.tolist()]
    return np.array([1 if not w[0].isupper() else 3 if len(w) > 1 and w.isupper() else 2 for w in words], np.int64)


def _spread(values: IntArray, pieces: IntArray, total: int) -> IntArray:
    """Each word's value on all its pieces, 0 on marks."""
    spread = np.zeros(total + 1, np.int64)
    sizes = pieces[:, 1] - pieces[:, 0] + 1
    spread[np.repeat(pieces[:, 0], sizes) + np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)] = (
        np.repeat(values, sizes)
    )
    return spread[:total]
