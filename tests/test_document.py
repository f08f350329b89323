"""Spans and documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from argmine.document import Document, Span, one_line

SPANS = st.tuples(st.integers(0, 20), st.integers(1, 20)).map(lambda p: Span(start=p[0], end=p[0] + p[1]))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (3, 2)])
def test_span_is_never_empty(start: int, end: int) -> None:
    with pytest.raises(ValidationError, match=f"a span must end after its start, found {start}..{end}"):
        Span(start=start, end=end)


def test_span_starts_at_zero_or_later() -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        Span(start=-1, end=2)


def test_span_is_half_open() -> None:
    span = Span(start=2, end=4)
    assert [offset in span for offset in (1, 2, 3, 4)] == [False, True, True, False]


@given(SPANS, SPANS)
def test_span_overlap_counts_shared_offsets(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlap(other) == other.overlap(one) == len(shared)


@given(SPANS)
def test_span_survives_json(span: Span) -> None:
    assert Span.model_validate_json(span.model_dump_json()) == span


def test_span_refuses_unknown_fields() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Span.model_validate({"start": 0, "end": 1, "length": 1})


def test_span_cannot_be_changed() -> None:
    span = Span(start=0, end=1)
    with pytest.raises(ValidationError, match="frozen"):
        span.start = 5  # type: ignore[misc]


def test_span_copy_keeps_the_rules() -> None:
    with pytest.raises(ValidationError, match="must end after its start"):
        Span(start=0, end=4).model_copy(update={"end": 0})


def test_document_cuts_by_code_points() -> None:
    assert Document(id="a", text="\ufeff🚲é\r\n").cut(Span(start=1, end=4)) == "🚲é\r"


def test_document_refuses_a_span_beyond_its_text() -> None:
    with pytest.raises(ValueError, match=r"a: span 1\.\.9, but the text has 3 characters"):
        Document(id="a", text="abc").cut(Span(start=1, end=9))


def test_document_needs_an_id() -> None:
    with pytest.raises(ValidationError, match="at least 1 character"):
        Document(id="", text="abc")


def test_document_refuses_a_lone_surrogate_and_says_where() -> None:
    with pytest.raises(ValidationError, match=r"no Unicode text: lone surrogate U\+D83D at 2"):
        Document(id="a", text="ab\ud83d")


@given(st.text())
def test_document_keeps_any_text_unchanged(text: str) -> None:
    document = Document(id="a", text=text)
    assert Document.model_validate_json(document.model_dump_json()) == document
    assert document.text == text


def test_one_line_joins_lines() -> None:
    assert one_line(" a\r\n\tb  c ") == "a b c"


def test_one_line_disarms_what_would_steer_a_terminal() -> None:
    assert one_line("a\x1b[31mb\x07\x9b\u202ec") == "a\ufffd[31mb\ufffd\ufffd\ufffdc"
