"""A comparison of two systems as a person reads it: scores in points, 100 is perfect."""

from typing import TYPE_CHECKING

from argmine.document import one_line

if TYPE_CHECKING:
    from argmine.evaluation.comparison import Comparison, ScoreComparison

Row = tuple[str, ...]


def comparison_text(comparison: "Comparison") -> str:
    """Its lines, without a line's end at the last."""
    documents = f"{comparison.corpus} {comparison.split}, {comparison.documents} documents"
    lines = [
        f"{documents}, {comparison.protocol}: {comparison.title}",
        f"A  {one_line(comparison.first)}",
        f"B  {one_line(comparison.second)}",
        "",
        *_table([_head(comparison), *map(_score, comparison.scores)]),
        "",
        f"Interval and p: {comparison.draws:,} draws over documents, seed {comparison.seed}.",
        "",
        *_documents(comparison),
    ]
    return "\n".join(lines)


def _head(comparison: "Comparison") -> Row:
    return "score", "gold items", "A", "B", "B − A", f"{100 * comparison.level:g} % interval", "p"


def _score(score: "ScoreComparison") -> Row:
    interval = f"{_signed(score.low)} to {_signed(score.high)}"
    return (
        score.title,
        str(score.gold_items),
        _points(score.first),
        _points(score.second),
        _signed(score.difference),
        interval if score.low is not None else "none",
        f"{score.p:.4f}",
    )


def _documents(comparison: "Comparison") -> list[str]:
    title = next(score.title for score in comparison.scores if score.name == comparison.by)
    if not comparison.widest:
        return [f"No document differs in {title}."]
    rows = [(one_line(d.id), _points(d.first), _points(d.second), _signed(d.difference)) for d in comparison.widest]
    return [f"Documents that differ most in {title}:", *_table([("document", "A", "B", "B − A"), *rows])]


def _table(rows: list[Row]) -> list[str]:
    """The first column from the left, the others from the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(f"{cell:>{width}}" if place else f"{cell:{width}}" for place, (cell, width) in enumerate(cells))
        for cells in (list(zip(row, widths, strict=True)) for row in rows)
    ]


def _points(score: float) -> str:
    return f"{100 * score:.2f}"


def _signed(score: float | None) -> str:
    """With + or − (U+2212); nothing where there is none."""
    return "" if score is None else f"{round(100 * score, 2) + 0.0:+.2f}".replace("-", "−")
