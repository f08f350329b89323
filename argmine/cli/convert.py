"""The command `argmine convert`: argument graphs in another format."""

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """\b
Examples:
  argmine convert piece.json piece.ann
  argmine convert essays/ essays.jsonl --from brat
  argmine convert graphs.jsonl pictures/ --to dot
  argmine convert --formats"""


def _print_formats(wanted: bool) -> None:
    if not wanted:
        return
    from argmine.exchange import formats_table

    typer.echo(formats_table(), nl=False)
    raise typer.Exit


Source = Annotated[Path, typer.Argument(metavar="IN", help="A file or folder of argument graphs.")]
Target = Annotated[Path, typer.Argument(metavar="OUT", help="A file, or a folder that exists: a file a graph.")]
From = Annotated[
    str | None, typer.Option("--from", metavar="FORMAT", help="The format of IN; else its ending or keys tell.")
]
To = Annotated[str | None, typer.Option("--to", metavar="FORMAT", help="The format of OUT; else its ending tells.")]
Formats = Annotated[
    bool, typer.Option("--formats", callback=_print_formats, is_eager=True, help="Show the table of formats, and exit.")
]


def convert(
    source: Source,
    target: Target,
    read_as: From = None,
    write_as: To = None,
    formats: Formats = False,  # noqa: ARG001 (its callback does the work)
) -> None:
    """Write argument graphs in another format; what is lost is told on the standard error."""
    from argmine import exchange

    try:
        forms = [name and exchange.format_named(name) for name in (read_as, write_as)]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    for line in exchange.convert(source, target, read_as=forms[0] or None, write_as=forms[1] or None):
        typer.echo(f"argmine: {line}", err=True)
