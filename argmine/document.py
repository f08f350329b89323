"""A text and places in it.

Offsets are half-open Unicode code points into the text as it was given: nothing is stripped, repaired or normalised.
"""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, NonNegativeInt, model_validator

from argmine.base import Frozen


def refuse_surrogates(text: str) -> str:
    """`text`, if each of its code points is a character: half a surrogate pair is none, and no UTF-8 can hold it.

    Raises:
        ValueError: there is a lone surrogate; it says where.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        found = f"U+{ord(text[error.start]):04X} at {error.start}"
        raise ValueError(f"no Unicode text: lone surrogate {found}") from error
    return text


_UNPRINTABLE = dict.fromkeys((*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")


def one_line(text: str) -> str:
    """`text` to show to a person: white space as single blanks, codes that would steer a terminal as U+FFFD."""
    return " ".join(text.split()).translate(_UNPRINTABLE)


Text = Annotated[str, AfterValidator(refuse_surrogates)]
Id = Annotated[str, Field(min_length=1), AfterValidator(refuse_surrogates)]


class Span(Frozen):
    """A stretch of text, from `start` up to and without `end`, in code points; never empty.

    >>> Span(start=2, end=5).length
    3
    """

    start: NonNegativeInt
    end: NonNegativeInt

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"a span must end after its start, found {self.start}..{self.end}")
        return self

    @property
    def length(self) -> int:
        """Code points covered."""
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def overlap(self, other: "Span") -> int:
        """Code points that both cover, 0 where they are apart."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


class Document(Frozen):
    """One text and its id.

    >>> Document(id="a", text="Buses matter.").cut(Span(start=0, end=5))
    'Buses'
    """

    id: Id
    text: Text

    def cut(self, span: Span) -> str:
        """The text that `span` covers.

        Raises:
            ValueError: the span ends beyond the text.
        """
        if span.end > len(self.text):
            raise ValueError(f"{self.id}: span {span.start}..{span.end}, but the text has {len(self.text)} characters")
        return self.text[span.start : span.end]
