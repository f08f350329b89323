"""The command `argmine`. An error is one line on the standard error: exit code 2 for wrong usage, 1 for bad data.

A module here is one command: a thin function whose arguments are the options, registered below. What it does stands
in the package that it calls.
"""

import io
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

import argmine
from argmine.cli import compare, convert, evaluate, mine, push, score, serve, training
from argmine.cli.options import complain
from argmine.errors import ArgmineError

CODE_LICENCE = "Apache-2.0"
app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a character that the terminal lacks ends nothing
    try:
        code = app(args=arguments, prog_name="argmine", standalone_mode=False)
    except typer.TyperException as error:
        message = error.format_message().replace("Value error, ", "").rstrip(".")
        return complain(f"{message}; see argmine --help", code=error.exit_code)
    except ArgmineError as error:
        return complain(str(error))
    except OSError as error:
        return complain(str(ArgmineError(error.strerror or str(error), path=error.filename)))
    return code if isinstance(code, int) else 0


def _print_version(wanted: bool) -> None:
    if not wanted:
        return
    from argmine.model_folder import CONFIG, find_model, read_config

    try:
        weights = read_config(find_model("default") / CONFIG).licence
    except ArgmineError as error:
        weights = str(error)
    typer.echo(f"argmine {argmine.__version__}\ncode: {CODE_LICENCE}\nweights of the default model: {weights}")
    raise typer.Exit


Version = Annotated[
    bool,
    typer.Option(
        "--version", callback=_print_version, is_eager=True, help="Show the version and both licences, and exit."
    ),
]


@app.callback(invoke_without_command=True, epilog=mine.EXAMPLES)
def _argmine(context: typer.Context, version: Version = False) -> None:  # noqa: ARG001 (its callback does the work)
    """Argument mining: the claims and premises of a text, and what supports or attacks what."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


app.command(epilog=mine.EXAMPLES)(mine.mine)
app.command(epilog=score.EXAMPLES)(score.score)
app.command(epilog=training.TRAIN_EXAMPLES)(training.train)
app.command(epilog=evaluate.EXAMPLES)(evaluate.evaluate)
app.command(epilog=compare.EXAMPLES)(compare.compare)
app.command(epilog=convert.EXAMPLES)(convert.convert)
app.command(epilog=training.TEACH_EXAMPLES)(training.teach)
app.command(epilog=push.EXAMPLES)(push.push)
app.command(epilog=serve.EXAMPLES)(serve.serve)


def run() -> NoReturn:
    """The console script."""
    sys.exit(main())
