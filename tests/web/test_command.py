"""`argmine serve` as its user sees it, up to where it would listen."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from argmine import cli
from argmine.web import command
from argmine.web.settings import Settings
from tests.web.stand_in import EVERYWHERE


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[FastAPI, Settings]]:
    """What would have been served."""
    found: list[tuple[FastAPI, Settings]] = []
    monkeypatch.setattr(command, "answer", lambda app, settings: found.append((app, settings)))
    monkeypatch.delenv("ARGMINE_TOKEN", raising=False)
    return found


def test_serve_listens_to_this_machine_alone_by_default(
    served: list[tuple[FastAPI, Settings]], tiny_model: Path
) -> None:
    assert cli.main(["serve", "--model", str(tiny_model)]) == 0
    ((app, settings),) = served
    assert settings == Settings()
    assert app.state.service.model.startswith("tiny ")


def test_serve_takes_its_options(
    served: list[tuple[FastAPI, Settings]], tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMINE_TOKEN", "open-sesame")
    options = ["--host", EVERYWHERE, "-p", "0", "--name", "a.example", "--name", "b.example", "--threads", "1"]
    limits = ["--max-characters", "9", "--max-requests", "2", "--max-seconds", "0.5"]
    assert cli.main(["serve", "-m", str(tiny_model), *options, *limits]) == 0
    settings = served[0][1]
    assert settings.token is not None
    assert settings.token.get_secret_value() == "open-sesame"
    assert (settings.host, settings.port, settings.names) == (EVERYWHERE, 0, ("a.example", "b.example"))
    assert (settings.limits.characters, settings.limits.requests, settings.limits.seconds) == (9, 2, 0.5)


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--host", EVERYWHERE], 2, "others than this machine may reach 0.0.0.0: demand a token"),
        (["--host", EVERYWHERE, "--token", ""], 2, "a token is one or more visible ASCII characters"),
        (["--port", "70000"], 2, "'--port'"),
        (["--model", "none"], 1, "there is no model of the name or folder 'none'"),
    ],
)
def test_serve_says_in_one_line_what_is_wrong(
    options: list[str],
    code: int,
    message: str,
    served: list[tuple[FastAPI, Settings]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["serve", *options]) == code
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert message in err
    assert served == []
