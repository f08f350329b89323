"""`argmine score` as a command: what it says, its exit codes, Ctrl-C."""

import io
import json
import os
import signal
from pathlib import Path

import pytest
from rich.console import Console

from argmine import cli
from argmine.batch import run
from argmine.batch.command import ConsoleWatcher
from argmine.batch.engine import LocalEngine
from argmine.batch.files import Collection, score_files
from argmine.batch.scorer import Row, Scorer, ScorerSettings
from tests.batch.made_up import scorer, write_pieces


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(settings: ScorerSettings) -> Scorer:
        return scorer(graphs=settings.graphs)

    monkeypatch.setattr(ScorerSettings, "load", load)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "PART_PIECES", 2)
    write_pieces(tmp_path / "in", [f"Keep tram {n}." for n in range(6)])


def score(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["score", *arguments])
    return (code, *capsys.readouterr())


def test_command_writes_a_table_and_ends_with_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = score(capsys, "in", "-o", "out.csv")
    assert (code, out, err) == (0, "", "argmine: out.csv: 6 pieces, 18 words\n")
    assert len(Path("out.csv").read_text().splitlines()) == 7


def test_failures_are_counted_and_the_exit_code_is_3(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in/002.txt").write_bytes(b"\x80")
    Path("in/picture.png").write_bytes(b"")
    code, _, err = score(capsys, "in", "-o", "out.jsonl")
    assert (code, err.splitlines()) == (
        3,
        [
            "argmine: out.jsonl: 6 pieces, 15 words",
            "failed: 1; the column `reason` says why",
            "left out of the folders, for the ending says no format: 1",
        ],
    )
    assert score(capsys, "in", "-o", "out.jsonl")[0] == 3


def test_quiet_says_nothing_but_errors(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in/002.txt").write_bytes(b"\x80")
    assert score(capsys, "in", "-o", "out.jsonl", "--quiet") == (3, "", "")
    code, _, err = score(capsys, "gone", "-o", "other.jsonl", "-q")
    assert (code, err) == (1, "argmine: gone: there is no such file or folder\n")


def test_graphs_are_kept_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    score(capsys, "in/000.txt", "-o", "out.jsonl", "--graphs")
    assert json.loads(Path("out.jsonl").read_text())["graph"]["components"][0]["text"] == "Keep tram 0."


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("in", "-o", "out.txt"), "out.txt says no format, allowed are .parquet, .jsonl and .csv; see"),
        (("in", "-o", "out.csv", "--from", "pdf"), "'pdf' is not a valid Format; see"),
        (("in",), "Missing option '--output' / '-o'; see"),
    ],
)
def test_wrong_usage_is_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    code, _, err = score(capsys, *arguments)
    assert code == 2
    assert message in err


def test_columns_and_format_by_option(capsys: pytest.CaptureFixture[str]) -> None:
    Path("rows").write_text('{"body": "Keep it.", "key": 7}\n')
    options = ("--from", "jsonl", "--text-column", "body", "--id-column", "key")
    assert score(capsys, "rows", "-o", "out.jsonl", *options)[0] == 0
    assert json.loads(Path("out.jsonl").read_text())["id"] == "7"


def test_run_may_be_started_over(capsys: pytest.CaptureFixture[str]) -> None:
    score(capsys, "in", "-o", "out.jsonl")
    Path("in/000.txt").write_text("Sell all of the trams.")
    code, _, err = score(capsys, "in", "-o", "out.jsonl")
    assert code == 1
    assert "was begun otherwise: changed: in/000.txt; see --no-resume" in err
    assert score(capsys, "in", "-o", "out.jsonl", "--no-resume")[0] == 0
    assert json.loads(Path("out.jsonl").read_text().splitlines()[0])["words"] == 5


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_finishes_the_part_and_says_how_to_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    def interrupt(_: ConsoleWatcher, row: Row) -> None:
        if row["id"] == "in/002.txt":
            os.kill(os.getpid(), number)

    before = signal.getsignal(number)
    with monkeypatch.context() as patch:
        patch.setattr(ConsoleWatcher, "row", interrupt)
        code, _, err = score(capsys, "in", "-o", "out.jsonl")
    assert code == 130
    assert err.splitlines() == [
        "argmine: stopping after this part; once more stops at once, and costs no more than the part",
        "argmine: out.jsonl: 4 pieces, 12 words",
        "stopped before the end; what is done is kept: give the same command again to go on",
    ]
    assert signal.getsignal(number) is before
    code, _, err = score(capsys, "in", "-o", "out.jsonl")
    assert (code, err) == (0, "argmine: out.jsonl: 6 pieces, 18 words\n")


def test_second_interrupt_stops_at_once(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: ConsoleWatcher, row: Row) -> None:
        if row["id"] == "in/002.txt":
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)

    with monkeypatch.context() as patch:
        patch.setattr(ConsoleWatcher, "row", interrupt)
        code, _, err = score(capsys, "in", "-o", "out.jsonl")
    assert code == 130
    assert err.splitlines()[-1].startswith("argmine: out.jsonl: interrupted; what is done is kept")
    assert score(capsys, "in", "-o", "out.jsonl")[0] == 0


def shown(*, terminal: bool) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=160)
    watcher = ConsoleWatcher(console, shown=terminal, quiet=False)
    score_files(Collection(("in",)), f"{terminal}.jsonl", LocalEngine(scorer(), watcher.row), watcher=watcher)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_bar_shows_pieces_rates_and_failures() -> None:
    Path("in/001.txt").write_text("No!")
    text = shown(terminal=True)
    assert "6/6 pieces" in text
    assert "pieces/s" in text
    assert "words/s, 1 failed" in text


def test_without_a_terminal_there_is_no_bar() -> None:
    assert shown(terminal=False) == ""


def test_summary_tells_of_work_that_was_done_before(capsys: pytest.CaptureFixture[str]) -> None:
    score(capsys, "in", "-o", "out.jsonl")
    assert score(capsys, "in", "-o", "out.jsonl")[2].splitlines()[1:] == ["all of it was done before"]
