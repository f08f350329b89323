"""Words, features, windows and candidates, by hand and against naive ones."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import BPE, WordLevel
from tokenizers.normalizers import NFKC
from tokenizers.pre_tokenizers import ByteLevel, Metaspace, Whitespace
from tokenizers.processors import TemplateProcessing

from argmine.document import Document
from argmine.encoding import (
    COMPONENT_FEATURES,
    NEIGHBOURS,
    PAIRS,
    DocumentEncoder,
    EncodedDocument,
    IntArray,
    candidate_targets,
    component_features,
    marker_spans,
    padded_length,
    pair_features,
    windows,
    word_spans,
)
from tests import tiny

ENCODER = tiny.encoder()


def encode(text: str, encoder: DocumentEncoder = ENCODER) -> EncodedDocument:
    return encoder.encode(Document(id="d", text=text))


def words(text: str, encoder: DocumentEncoder = ENCODER) -> list[str]:
    return [text[start:end] for start, end in encode(text, encoder).spans]


def pieces(text: str) -> list[str | None]:
    return [ENCODER.tokenizer.id_to_token(i) for i in encode(text).ids]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \t\r\n\u00a0\u3000", []),
        ("bus", ["bus"]),
        ("The bus (late), again!", ["The", "bus", "(", "late", ")", ",", "again", "!"]),
        ("don't", ["don", "'", "t"]),
        ("na\u00efve caf\u00e9 \u00dcber", ["na\u00efve", "caf\u00e9", "\u00dcber"]),
        ("cafe\u0301 nai\u0308ve.", ["cafe\u0301", "nai\u0308ve", "."]),
        ("a\u0301\u0302 b", ["a\u0301\u0302", "b"]),
        ("\u0301 a", ["a"]),
        ("\U0001f44d\U0001f3fd yes \u2764\ufe0f", ["\U0001f44d\U0001f3fd", "yes", "\u2764\ufe0f"]),
        ("\U0001f469\u200d\U0001f4bb codes", ["\U0001f469\u200d\U0001f4bb", "codes"]),
        ("\u4f60\u597dbus", ["\u4f60", "\u597d", "bus"]),
        ("\u0939\u093f\u0928\u094d\u0926\u0940 a", ["\u0939\u093f\u0928\u094d\u0926\u0940", "a"]),
        ("one\r\ntwo\rthree\tfour", ["one", "two", "three", "four"]),
        ("\ufeffFirst", ["First"]),
        ("a\x00b c\u200bd", ["a\x00b", "c\u200bd"]),
        ("\u200b\x00\ufffd", []),
        ("x" * 5000 + " y", ["x" * 5000, "y"]),
    ],
)
def test_words_are_what_stands_in_the_text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("text", ["[SEP]", "[PAD]", "[CLS]", "[MASK]"])
def test_names_of_special_pieces_in_a_text_are_plain_words(text: str) -> None:
    assert words(text) == ["[", text[1:-1], "]"]
    assert not set(encode(text).ids) & {ENCODER.pad, *ENCODER.ends}


def test_the_mark_of_paragraphs_in_a_text_is_plain_words() -> None:
    assert ENCODER.mark not in encode("a [unused1] b").ids


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_words_are_apart_in_order_and_without_white_space_at_their_ends(text: str) -> None:
    encoded = encode(text)
    assert (encoded.spans[:, 0] < encoded.spans[:, 1]).all()
    assert (encoded.spans[1:, 0] >= encoded.spans[:-1, 1]).all()
    assert all(text[a:b] == text[a:b].strip() for a, b in encoded.spans)
    assert len(encoded) == len(encoded.pieces) == len(encoded.paragraphs)


def with_ends(tokenizer: Tokenizer) -> DocumentEncoder:
    tokenizer.post_processor = TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 1)])
    return DocumentEncoder(tokenizer)


@pytest.mark.parametrize("split", [Metaspace(), ByteLevel(add_prefix_space=True)])
def test_blanks_that_a_tokenizer_puts_into_a_word_are_not_in_its_span(split: Metaspace | ByteLevel) -> None:
    letters = [*"abc", "\u2581", "\u0120"]
    tokenizer = Tokenizer(BPE({piece: n for n, piece in enumerate(["<s>", "</s>", *letters])}, []))
    tokenizer.pre_tokenizer = split
    assert words(" ab  c", with_ends(tokenizer)) == ["ab", "c"]


def test_pieces_of_one_character_are_of_one_word() -> None:
    tokenizer = Tokenizer(WordLevel({"<s>": 0, "</s>": 1, "?": 2}, unk_token="?"))  # noqa: S106 - no password
    tokenizer.normalizer = NFKC()  # one half becomes 1, fraction slash, 2
    tokenizer.pre_tokenizer = Whitespace()
    assert words("at \u00bd past", with_ends(tokenizer)) == ["at", "\u00bd", "past"]


def test_a_tokenizer_without_special_pieces_is_refused() -> None:
    with pytest.raises(ValueError, match="no special pieces"):
        DocumentEncoder(Tokenizer(WordLevel({"a": 0})))


def test_without_a_paragraph_mark_the_end_piece_stands_for_it() -> None:
    encoder = with_ends(Tokenizer(WordLevel({"<s>": 0, "</s>": 1, "a": 2})))
    assert (encoder.mark, encoder.pad) == (1, 0)


def test_a_mark_stands_where_a_paragraph_begins() -> None:
    assert pieces("the bus\n\nat night\r\nrun") == ["the", "bus", "[unused1]", "at", "night", "[unused1]", "run"]


def test_pieces_of_words_are_counted_with_the_marks() -> None:
    encoded = encode("bus cab\nnight")
    assert pieces("bus cab\nnight") == ["bus", "c", "##a", "##b", "[unused1]", "night"]
    assert encoded.pieces.tolist() == [[0, 0], [1, 3], [5, 5]]


@pytest.mark.parametrize(
    "line_break", ["\n", "\r\n", "\r", "\n\n\n", " \n \t\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]
)
def test_any_run_of_line_breaks_parts_paragraphs(line_break: str) -> None:
    assert encode(f"{line_break}a b{line_break}c{line_break}").paragraphs.tolist() == [0, 0, 1]


def test_features_are_case_and_place_of_the_paragraph() -> None:
    encoded = encode("Bus at\nNHS U\nrun 7")
    case = [2, 1, 0, 3, 3, 3, 2, 0, 1, 1, 1, 1]
    first, second, third = 1 + 0 * 4 + 2, 1 + 1 * 4 + 1, 1 + 2 * 4 + 0
    place = [first] * 2 + [0] + [second] * 4 + [0] + [third] * 4
    assert pieces("Bus at\nNHS U\nrun 7") == [
        *("bus", "at", "[unused1]", "n", "##h", "##s", "u", "[unused1]", "run", "7"),
    ]
    assert encoded.features.tolist() == [list(pair) for pair in zip(case[:10], place[:10], strict=True)]


def test_places_far_from_both_ends_are_alike() -> None:
    encoded = encode("\n".join("a" * 9))
    assert len({tuple(f) for f in encoded.features[6:12].tolist() if f[1]}) == 1
    assert encoded.features[0, 1] == 1 + 0 * 4 + 3
    assert encoded.features[-1, 1] == 1 + 3 * 4 + 0


def of_length(count: int) -> EncodedDocument:
    none = np.zeros((0, 2), np.int64)
    features = np.zeros((count, 2), np.int64)
    return EncodedDocument(Document(id="d", text=""), np.arange(count), features, none, none, none[:, 0])


@given(st.integers(0, 700), st.integers(32, 80), st.data())
def test_windows_own_every_piece_once_and_overlap_as_asked(count: int, size: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, size // 2))
    cut = windows(of_length(count), size, overlap)
    owned = [piece for w in cut for piece in range(w.own_start, w.own_end)]
    assert owned == list(range(count))
    assert all(w.start <= w.own_start < w.own_end <= w.end <= w.start + size - 2 for w in cut)
    assert all(before.end - after.start >= overlap for before, after in pairwise(cut))


@given(st.integers(81, 700), st.integers(32, 80), st.data())
def test_windows_are_few_alike_and_short(count: int, size: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, size // 2))
    cut = windows(of_length(count), size, overlap)
    (length,) = {w.end - w.start for w in cut}

    def reach(number: int, length: int) -> int:
        return number * length - (number - 1) * overlap

    assert reach(len(cut) - 1, size - 2) < count
    assert reach(len(cut), length - 1) < count


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (30, [(0, 30, 0, 30)]),
        (40, [(0, 25, 0, 20), (15, 40, 20, 40)]),
        (70, [(0, 30, 0, 25), (20, 50, 25, 45), (40, 70, 45, 70)]),
    ],
)
def test_windows_of_a_small_case_are_as_by_hand(count: int, expected: list[tuple[int, int, int, int]]) -> None:
    cut = windows(of_length(count), size=32, overlap=10)
    assert [(w.start, w.end, w.own_start, w.own_end) for w in cut] == expected


def test_pieces_of_a_window_stand_between_special_ones_and_padding() -> None:
    encoded = encode("the bus\nrun")
    (window,) = windows(encoded, 32, 8)
    assert padded_length(window, 4, 32) == 8
    assert padded_length(window, 64, 32) == 32
    ids, mask, features = ENCODER.window(encoded, window, 8)
    tokens = [ENCODER.tokenizer.id_to_token(i) for i in ids]
    assert tokens == ["[CLS]", "the", "bus", "[unused1]", "run", "[SEP]", "[PAD]", "[PAD]"]
    assert mask.tolist() == [1] * 6 + [0] * 2
    assert features[1:5].tolist() == encoded.features.tolist()
    assert not features[[0, 5, 6, 7]].any()


def test_word_spans_are_the_words_that_are_touched() -> None:
    encoded = encode("the bus, at night")
    assert word_spans(encoded, 4, 7) == (1, 1)
    assert word_spans(encoded, 5, 10) == (1, 3)
    assert word_spans(encoded, 0, 17) == (0, 4)
    with pytest.raises(ValueError, match="d: no word between 3 and 4"):
        word_spans(encoded, 3, 4)


TWO_PARAGRAPHS = "a b c d e f g h i j k l\nm n o p q r"


def test_markers_are_words_before_a_segment_in_its_paragraph_after_the_segment_before() -> None:
    segments = np.array([[1, 2], [5, 6], [10, 11], [14, 14], [15, 16]])
    found = marker_spans(encode(TWO_PARAGRAPHS), segments)
    assert found.tolist() == [[0, 1], [3, 5], [7, 10], [12, 14], [15, 15]]


def test_markers_are_at_most_eight_words() -> None:
    assert marker_spans(encode(TWO_PARAGRAPHS), np.array([[11, 11]])).tolist() == [[3, 11]]


def test_component_features_are_as_by_hand() -> None:
    segments = np.array([[1, 2], [5, 9], [12, 12]])
    first_paragraph, second_paragraph = 1 + 0 * 4 + 1, 1 + 1 * 4 + 0
    assert component_features(encode(TWO_PARAGRAPHS), segments).tolist() == [
        [first_paragraph, 1 + 0 * 4 + 2, 1 + 0 * 5 + 1, 2, 2],  # one word before it, two words long
        [first_paragraph, 1 + 1 * 4 + 1, 1 + 1 * 5 + 0, 3, 3],  # two words between, five words long
        [second_paragraph, 1 + 2 * 4 + 0, 1 + 0 * 5 + 0, 1, 3],
    ]


@given(st.integers(0, 30), st.integers(1, 400))
def test_component_features_stay_within_their_tables(components: int, length: int) -> None:
    count = max(1, components) * (length + 3)
    encoded = encode(" ".join("a\n" if n % 7 == 0 else "a" for n in range(count)))
    starts = np.arange(components) * (length + 3)
    features = component_features(encoded, np.stack([starts, starts + length - 1], axis=1))
    assert features.shape == (components, len(COMPONENT_FEATURES))
    assert (features >= 1).all()
    assert (features < np.array(COMPONENT_FEATURES)).all()


def naive_candidates(count: int, extra: list[int]) -> list[list[int]]:
    half = NEIGHBOURS // 2
    return [
        sorted({j for j in (*range(max(0, i - half), min(count, i + half + 1)), *extra) if j != i})
        for i in range(count)
    ]


@given(st.integers(0, 150), st.data())
def test_candidates_equal_naive_ones(count: int, data: st.DataObject) -> None:
    extra = data.draw(st.lists(st.integers(0, count - 1), max_size=16)) if count else []
    found = candidate_targets(count, extra)
    assert found.shape[1] <= NEIGHBOURS + len(extra)
    assert [[j for j in row if j >= 0] for row in found.tolist()] == naive_candidates(count, extra)


def test_candidates_of_three_components_are_the_other_two() -> None:
    assert candidate_targets(3, [2]).tolist() == [[1, 2], [0, 2], [0, 1]]
    assert candidate_targets(1).shape == (1, 0)


def test_pair_features_are_as_by_hand() -> None:
    segments = np.array([[0, 1], [3, 4], [12, 13]])
    candidates: IntArray = np.array([[1, 2], [0, 2], [0, 1]])
    apart, together = 1 * 19 + 9, 2 * 19 + 9
    assert pair_features(encode(TWO_PARAGRAPHS), segments, candidates).tolist() == [
        [together + 1, apart + 2],
        [together - 1, apart + 1],
        [apart - 2, apart - 1],
    ]


def test_pair_features_of_far_components_are_alike_and_within_their_table() -> None:
    count = 60
    segments = np.repeat(np.arange(count)[:, None], 2, axis=1)
    features = pair_features(encode(" ".join("a" * count)), segments, candidate_targets(count))
    assert features.max() < PAIRS
    assert features[30, 0] == features[30, 10] == 2 * 19 + 0
    assert features[30, -1] == 2 * 19 + 18
