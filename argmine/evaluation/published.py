"""Published figures by protocol, with their sources: `published.json`.

A figure stands there with the paper that reports it, or is marked as second-hand. Figures of unlike protocols, corpora
or splits are not compared.
"""

from decimal import Decimal
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from argmine.base import Frozen


class PublishedSystem(Frozen):
    """A system's figures.

    Attributes:
        system: its name, or "human" for the agreement of annotators.
        source: where the figures are published, as a short citation.
        url: of the source, None where none is known.
        points: by name of the protocol's score, 0 to 100, with as many places as were published.
    """

    system: str
    source: str
    url: str | None
    points: dict[str, Decimal]

    @property
    def name(self) -> str:
        """With its source: "LSTM-ER (Eger et al. 2017)"."""
        return f"{self.system} ({self.source})"


class PublishedTable(Frozen):
    """Figures that may stand beside each other, in no order of merit.

    Attributes:
        protocol: by its name.
        corpora: the corpora that hold the documents which were scored.
        split: of these corpora.
        note: what to bear in mind when comparing; may be empty.
        systems: whose figures.
    """

    protocol: str
    corpora: tuple[str, ...]
    split: str
    note: str
    systems: tuple[PublishedSystem, ...]


@cache
def published_tables() -> tuple[PublishedTable, ...]:
    """All tables."""
    text = files("argmine.evaluation").joinpath("published.json").read_bytes()
    return TypeAdapter(tuple[PublishedTable, ...]).validate_json(text)


def published_table(protocol: str, corpus: str, split: str) -> PublishedTable | None:
    """The figures that may stand beside an evaluation, None where none are known."""
    tables = (t for t in published_tables() if (t.protocol, t.split) == (protocol, split) and corpus in t.corpora)
    return next(tables, None)
