"""Options that several commands have, and how a command shows figures and complains."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from argmine.document import one_line


class FiguresFormat(StrEnum):
    """How scores and differences are written."""

    TEXT = "text"
    JSON = "json"


Model = Annotated[str, typer.Option("--model", "-m", help="A packaged model's name, or a model's folder.")]
Scheme = Annotated[
    str | None,
    typer.Option(
        "--scheme",
        help="By which of the model's schemes it reads; the packaged one has essays and opinion.  [default: its own]",
    ),
]
MainScheme = Annotated[
    str | None,
    typer.Option("--scheme", help="By which of the model's schemes it reads.  [default: its main one, essays]"),
]
SchemeOfA = Annotated[
    str | None,
    typer.Option("--scheme", help="By which of their schemes models read.  [default: their main ones, essays]"),
]
SchemeOfB = Annotated[str | None, typer.Option("--scheme-b", help="By which B reads, where that is not A's scheme.")]
Fast = Annotated[
    bool,
    typer.Option(
        "--fast",
        help="At the precision that is fastest on this machine: up to one and a half times the speed where the "
        "processor knows bf16, after seconds more to start; for pieces of hundreds of words, from some 5,000 on.",
    ),
]
CORPORA = typer.Option(
    "--corpora", envvar="ARGMINE_CORPORA", help="The folder that holds each corpus in one of its name."
)
Corpora = Annotated[Path, CORPORA]
MaybeCorpora = Annotated[Path | None, CORPORA]
ProtocolName = Annotated[
    str | None, typer.Option("--protocol", help="How to score; by default what the corpus is best known by.")
]
AllowSeen = Annotated[
    bool, typer.Option("--allow-training-documents", help="Score documents that the model saw in training.")
]
FigureFormat = Annotated[FiguresFormat, typer.Option("--format", "-f", help="text: to read. json: all of it.")]


def show(shown: object) -> None:
    """Prints what rich can render."""
    from rich.console import Console

    Console(highlight=False).print(shown)


def complain(message: str, *, code: int = 1) -> int:
    """Says so in one line on the standard error; the code is given back."""
    typer.echo(f"argmine: {one_line(message)}", err=True)
    return code
