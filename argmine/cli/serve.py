"""The command `argmine serve`: the web application."""

from typing import Annotated

import typer
from pydantic import SecretStr, ValidationError

from argmine.cli.options import Model, Scheme
from argmine.errors import ArgmineError

EXAMPLES = """\b
Examples:
  argmine serve
  ARGMINE_TOKEN=... argmine serve --host 0.0.0.0 --name mining.example.org
  curl -H 'Content-Type: application/json' -d '{"text": "..."}' http://127.0.0.1:8000/v1/mine"""

Host = Annotated[
    str, typer.Option("--host", help="The address to listen on; other machines' only with a token.", show_default=True)
]
Port = Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="0 takes a free one, which is told.")]
Token = Annotated[
    str | None,
    typer.Option("--token", envvar="ARGMINE_TOKEN", help="What requests must show; others see it on the command line."),
]
Names = Annotated[
    list[str] | None, typer.Option("--name", help="A host name by which others reach this server; may be repeated.")
]
Characters = Annotated[int, typer.Option("--max-characters", min=1, help="The longest text that is mined.")]
Requests = Annotated[int, typer.Option("--max-requests", min=1, help="How many may wait for an answer at once.")]
Seconds = Annotated[float, typer.Option("--max-seconds", min=0.001, help="How long an answer may take.")]
Threads = Annotated[int | None, typer.Option("--threads", min=1, help="Of the miner, instead of all cores.")]


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    token: Token = None,
    name: Names = None,
    model: Model = "default",
    scheme: Scheme = None,
    max_characters: Characters = 100_000,
    max_requests: Requests = 64,
    max_seconds: Seconds = 60.0,
    threads: Threads = None,
) -> None:
    """Answer on this machine: a page that shows a piece's arguments, and an API under /v1.

    SIGTERM or Ctrl-C finishes what runs and ends. No text is kept or logged.
    """
    try:
        from argmine.web.command import serve as answer
        from argmine.web.settings import Limits, Settings
    except ModuleNotFoundError as error:
        raise ArgmineError(f"the web application needs {error.name}: pip install 'argmine[web]'") from error
    limits = Limits(characters=max_characters, requests=max_requests, seconds=max_seconds)
    try:
        secret = None if token is None else SecretStr(token)
        settings = Settings(host=host, port=port, token=secret, names=tuple(name or ()), limits=limits)
    except ValidationError as error:
        message = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise typer.BadParameter(f"{message}.") from error
    answer(settings, model=model, scheme=scheme, threads=threads)
