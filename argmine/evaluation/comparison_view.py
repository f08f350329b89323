"""A comparison of two systems as a person reads it: scores in points, 100 is perfect."""

import io
from typing import TYPE_CHECKING

from argmine.document import one_line

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from argmine.evaluation.comparison import Comparison, ScoreComparison

WIDTH = 120


def comparison_view(comparison: "Comparison") -> "RenderableType":
    """What `rich` prints: a heading, the scores, how they were tested, the documents that differ most."""
    from rich.console import Group
    from rich.text import Text

    documents = f"{comparison.corpus} {comparison.split}, {comparison.documents} documents"
    systems = (("A", comparison.first, comparison.first_notes), ("B", comparison.second, comparison.second_notes))
    return Group(
        Text(f"{documents}, {comparison.protocol}: {comparison.title}", "bold"),
        *(Text(f"{name}  {one_line(system)}") for name, system, _ in systems),
        _scores(comparison),
        Text(f"Intervals and p: {comparison.draws:,} draws over documents, seed {comparison.seed}."),
        *(Text(f"Note on {name}: {note}.") for name, _, notes in systems for note in notes),
        *_widest(comparison),
    )


def comparison_text(comparison: "Comparison") -> str:
    """The same without colours, in lines of at most 120 columns."""
    from rich.console import Console

    stream = io.StringIO()
    console = Console(file=stream, width=WIDTH, color_system=None, force_terminal=False, force_jupyter=False)
    console.print(comparison_view(comparison))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def _scores(comparison: "Comparison") -> "Table":
    level = f"{100 * comparison.level:g} % interval"
    table = _table("score", "gold items", "A", "B", "B − A", level, "p")
    for score in comparison.scores:
        numbers = _points(score.first), _points(score.second), _signed(score.difference)
        table.add_row(score.title, f"{score.gold_items:,}", *numbers, _interval(score), f"{score.p:.4f}")
    return table


def _widest(comparison: "Comparison") -> "list[RenderableType]":
    title = next(score.title for score in comparison.scores if score.name == comparison.by)
    if not comparison.widest:
        return [f"No document differs in {title}."]
    table = _table("document", "A", "B", "B − A")
    for document in comparison.widest:
        table.add_row(
            one_line(document.id), _points(document.first), _points(document.second), _signed(document.difference)
        )
    return [f"Documents that differ most in {title}:", table]


def _table(first: str, *others: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(first, box=box.SIMPLE_HEAD)
    for head in others:
        table.add_column(head, justify="right", no_wrap=True)
    return table


def _interval(score: "ScoreComparison") -> str:
    return "none" if score.low is None or score.high is None else f"{_signed(score.low)} to {_signed(score.high)}"


def _points(score: float) -> str:
    return f"{100 * score:.2f}"


def _signed(score: float) -> str:
    """With + or − (U+2212)."""
    return f"{round(100 * score, 2) + 0.0:+.2f}".replace("-", "−")
