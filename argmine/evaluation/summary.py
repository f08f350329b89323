"""An evaluation in short: what `argmine evaluate` shows, and writes as JSON."""

from typing import TYPE_CHECKING

from argmine.base import Frozen
from argmine.document import one_line
from argmine.evaluation.evaluated import Evaluation

if TYPE_CHECKING:
    from rich.console import RenderableType

DETAILS = {"precision": "P", "recall": "R"}


class SummaryLine(Frozen):
    """A score, 0 to 1, the items that it is made of, and further scores by name."""

    name: str
    title: str
    score: float
    gold: int
    predicted: int
    details: dict[str, float]


class Summary(Frozen):
    """What was scored how, and the scores."""

    corpus: str
    split: str
    documents: int
    protocol: str
    title: str
    given: str
    system: str
    scores: tuple[SummaryLine, ...]
    notes: tuple[str, ...]

    def __rich__(self) -> "RenderableType":
        """A heading, a table in points (100 is perfect), and the notes."""
        from rich.console import Group
        from rich.text import Text

        heading = f"{self.corpus} {self.split}, {self.documents} documents, {self.protocol}: {self.title}"
        lines = [Text(heading, "bold"), Text(f"{one_line(self.system)}, given {self.given}")]
        return Group(*lines, self._table(), *(Text(f"Note: {note}.") for note in self.notes))

    def _table(self) -> "RenderableType":
        from rich import box
        from rich.table import Table

        table = Table("score", box=box.SIMPLE_HEAD)
        details = [name for name in DETAILS if any(name in line.details for line in self.scores)]
        for head in ("points", *(DETAILS[name] for name in details), "gold", "predicted"):
            table.add_column(head, justify="right")
        for line in self.scores:
            further = (_points(line.details.get(name)) for name in details)
            table.add_row(line.title, _points(line.score), *further, f"{line.gold:,}", f"{line.predicted:,}")
        return table


def summary_of(evaluation: Evaluation) -> Summary:
    """The summary of an evaluation."""
    scores, details = evaluation.scores(), evaluation.details()
    gold, predicted = evaluation.gold_items(), evaluation.predicted_items()
    return Summary(
        corpus=evaluation.corpus,
        split=evaluation.split,
        documents=len(evaluation.gold),
        protocol=evaluation.protocol.name,
        title=evaluation.protocol.title,
        given=evaluation.protocol.given,
        system=evaluation.system,
        scores=tuple(
            SummaryLine(
                name=tally.name,
                title=tally.title,
                score=scores[tally.name],
                gold=gold[tally.name],
                predicted=predicted[tally.name],
                details=details[tally.name],
            )
            for tally in evaluation.protocol.tallies
        ),
        notes=evaluation.notes,
    )


def _points(score: float | None) -> str:
    return "" if score is None else f"{100 * score:.2f}"
