"""What the requests under /v1 hold and what they are answered; graphs are `ArgumentGraph`, in its published JSON."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, Discriminator, Field, Tag, WithJsonSchema

from argmine.base import Frozen
from argmine.document import Document, Id, Text
from argmine.exchange import FORMATS, format_named
from argmine.graph import ArgumentGraph

FILES = 16
GRAPHS = 256
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_ .-]{0,99}$")]
READ = [form.name for form in FORMATS if form.read]
WRITTEN = [form.name for form in FORMATS if form.write]


def _one_of(names: list[str]) -> Callable[[str], str]:
    def check(name: str) -> str:
        if name not in names:
            raise ValueError(f"unknown format; allowed are {', '.join(names)}")
        return format_named(name).name

    return check


ReadFormat = Annotated[str, AfterValidator(_one_of(READ)), WithJsonSchema({"type": "string", "enum": READ})]
WrittenFormat = Annotated[str, AfterValidator(_one_of(WRITTEN)), WithJsonSchema({"type": "string", "enum": WRITTEN})]


class Piece(Frozen):
    """A text to mine; its offsets count code points, and not a character of it is changed."""

    text: Text = Field(examples=["Buses should run at night. People work late, and taxis are dear."])
    id: Id = "document"

    @property
    def document(self) -> Document:
        """The text and its id."""
        return Document(id=self.id, text=self.text)


class GivenGraph(Frozen):
    """A graph that is there already."""

    graph: ArgumentGraph


class GraphsToConvert(Frozen):
    """Graphs to write in a format."""

    graphs: Annotated[tuple[ArgumentGraph, ...], Field(min_length=1, max_length=GRAPHS)]
    to: WrittenFormat


class FilesToConvert(Frozen):
    """Files to read, by name, and to write in another format.

    Without `from`, one file is given and its name or content tells the format. Formats of several files a graph, such
    as brat's `.ann` and `.txt`, name `from`.
    """

    files: Annotated[dict[FileName, Text], Field(min_length=1, max_length=FILES)]
    from_: ReadFormat | None = Field(default=None, alias="from")
    to: WrittenFormat


class Lost(Frozen):
    """Something that the format does not keep, and of how many of the graphs it is not kept."""

    what: str
    graphs: int


class Converted(Frozen):
    """The files, by name, and what is not in them."""

    files: dict[str, str]
    lost: tuple[Lost, ...] = ()


class Health(Frozen):
    """That the server answers, and by which version and model."""

    status: str = "ok"
    version: str
    model: str


def _by_key(key: str) -> Callable[[Any], str]:
    def kind(value: Any) -> str:
        there = key in value if isinstance(value, dict) else hasattr(value, key)
        return "given" if there else "other"

    return kind


Measured = Annotated[
    Annotated[GivenGraph, Tag("given")] | Annotated[Piece, Tag("other")], Discriminator(_by_key("graph"))
]
Conversion = Annotated[
    Annotated[GraphsToConvert, Tag("given")] | Annotated[FilesToConvert, Tag("other")],
    Discriminator(_by_key("graphs")),
]
