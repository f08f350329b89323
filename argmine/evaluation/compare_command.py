"""What `argmine compare` does: two files of one piece, or two systems over a corpus."""

from pathlib import Path

from argmine.errors import EvaluationError
from argmine.evaluation.difference import GraphDifference, difference
from argmine.formats.graph_json import read_graph

# Characters shown of either text where two differ.
SHOWN = 20


def compare_pieces(first: Path, second: Path) -> GraphDifference:
    """What it takes to make the second file's graph of the first's.

    Raises:
        FormatError: a file does not hold one argument graph.
        EvaluationError: the graphs are of different texts, or a component holds no word.
    """
    one, other = read_graph(first), read_graph(second)
    if one.text != other.text:
        raise EvaluationError(f"its text is not that of {first}: {first_difference(one.text, other.text)}", path=second)
    return difference(one, other)


def first_difference(wanted: str, found: str) -> str:
    """Where two texts part, with what either has there.

    >>> first_difference("Keep the trams.", "Keep them.")
    "at character 8 it has 'm.', not ' trams.'"
    """
    pairs = enumerate(zip(wanted, found, strict=False))
    place = next((n for n, (one, other) in pairs if one != other), min(len(wanted), len(found)))
    there, here = (text[place : place + SHOWN] for text in (wanted, found))
    return f"at character {place} it has {here!r}, not {there!r}"
