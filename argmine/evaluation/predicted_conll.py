"""The CoNLL files of ACL 2017 as predictions: tokens and tags without ids, document for document those of gold."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from argmine.corpora.aae2_conll import conll_graph
from argmine.corpora.damage import naming_its_file
from argmine.errors import EvaluationError
from argmine.evaluation.matching import SHOWN, Prediction
from argmine.formats.conll import ConllComponent, ConllDocument, read_abs, read_dat
from argmine.formats.text import skip_space
from argmine.graph import ArgumentGraph


def read_conll_predictions(path: Path, gold: Sequence[ArgumentGraph], *, relative: bool) -> Iterator[Prediction]:
    """The documents of a file as graphs over the texts of gold, in its order.

    Args:
        path: of the file, by essay or by paragraph (then two blank lines part essays).
        gold: whose documents they are.
        relative: whether links count components (`.dat`) or tokens (`.abs`).

    Raises:
        FormatError: the file is missing or breaks the format, or a premise is linked to no component.
        EvaluationError: it has not as many documents as gold, or a token is not what stands next in the text.
    """
    essays = list(_essays(read_dat(path) if relative else read_abs(path)))
    if len(essays) != len(gold):
        raise EvaluationError(f"{len(gold)} documents are to be scored, the file has {len(essays)}", path=path)
    for graph, (document, lines) in zip(gold, essays, strict=True):
        yield Prediction(_graph(path, graph, document, lines), path, document.line)


@naming_its_file
def _graph(path: Path, gold: ArgumentGraph, found: ConllDocument, lines: Sequence[int]) -> ArgumentGraph:
    return conll_graph(path, gold.document, _offsets(path, gold, found.tokens, lines), found)


def _offsets(path: Path, gold: ArgumentGraph, tokens: Sequence[str], lines: Sequence[int]) -> list[tuple[int, int]]:
    """`[token]`, half-open characters of each token in the text of gold."""
    offsets: list[tuple[int, int]] = []
    here = 0
    for token, line in zip(tokens, lines, strict=True):
        start = skip_space(gold.text, here)
        here = start + len(token)
        if gold.text[start:here] != token:
            expected = repr(gold.text[start : start + SHOWN]) if gold.text[start:] else "its end"
            message = f"the text of {gold.id} differs at character {start}: expected {expected}, found {token!r}"
            raise EvaluationError(message, path=path, line=line)
        offsets.append((start, here))
    if rest := gold.text[here:].strip():
        message = f"the text of {gold.id} goes on after the last token: expected {rest[:SHOWN]!r}"
        raise EvaluationError(message, path=path, line=lines[-1])
    return offsets


def _essays(documents: list[ConllDocument]) -> Iterator[tuple[ConllDocument, list[int]]]:
    """The documents, or where they are paragraphs each run of them as one, with the line of each token."""
    by_paragraph = bool(documents) and documents[-1].block > 0
    for _, run in groupby(enumerate(documents), key=lambda item: item[1].block if by_paragraph else item[0]):
        parts = [document for _, document in run]
        yield _joined(parts), [part.line + number for part in parts for number in range(len(part.tokens))]


def _joined(paragraphs: list[ConllDocument]) -> ConllDocument:
    tokens: list[str] = []
    components: list[ConllComponent] = []
    for paragraph in paragraphs:
        components += [_moved(c, len(tokens)) for c in paragraph.components]
        tokens += paragraph.tokens
    return replace(paragraphs[0], tokens=tuple(tokens), components=tuple(components))


def _moved(component: ConllComponent, by: int) -> ConllComponent:
    target = None if component.target is None else component.target + by
    return replace(component, start=component.start + by, end=component.end + by, target=target)
