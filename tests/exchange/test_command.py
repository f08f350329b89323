"""`argmine convert` as its user sees it."""

import subprocess
import sys
from pathlib import Path

import pytest

from argmine import cli
from argmine.exchange import formats_table, read_graphs, write_graphs
from tests.graphs import mined_graph, tram_graph


def test_convert_writes_the_file_and_tells_what_is_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_graphs([tram_graph()], tmp_path / "in.json")
    assert cli.main(["convert", str(tmp_path / "in.json"), str(tmp_path / "out.ann")]) == 0
    assert capsys.readouterr() == ("", "argmine: brat keeps no document id (graphs: 1)\n")
    assert read_graphs(tmp_path / "out.ann")[0].components[0].text == "Keep the trams"


def test_convert_takes_formats_by_name(tmp_path: Path) -> None:
    write_graphs([mined_graph(), tram_graph()], tmp_path / "in.jsonl")
    command = ["convert", str(tmp_path / "in.jsonl"), str(tmp_path / "out"), "--from", "jsonl", "--to", "jsonl"]
    assert cli.main(command) == 0
    assert (tmp_path / "out").read_bytes() == (tmp_path / "in.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["in.json", "out.doc"], 1, "out.doc: the format cannot be told by the file's ending: name it"),
        (["in.json", "out.ann", "--to", "doc"], 2, "unknown format 'doc'; known are json, jsonl, brat"),
        (["none.json", "out.ann"], 1, "none.json: cannot be read: No such file or directory"),
        (["in.json"], 2, "Missing argument 'OUT'"),
    ],
)
def test_convert_says_in_one_line_what_is_wrong(
    arguments: list[str],
    code: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write_graphs([tram_graph()], Path("in.json"))
    assert cli.main(["convert", *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert message in err
    assert not list(tmp_path.glob("out*"))


def test_convert_shows_the_table_of_formats(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["convert", "--formats"]) == 0
    assert capsys.readouterr().out == formats_table()


def test_readme_has_the_table_of_formats() -> None:
    assert formats_table() in (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_converting_imports_nothing_heavy(tmp_path: Path) -> None:
    write_graphs([tram_graph()], tmp_path / "in.json")
    code = (
        "import sys; from argmine import cli; cli.main(sys.argv[1:]);"
        "print({'torch', 'transformers', 'datasets', 'onnxruntime', 'networkx', 'cassis'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code, "convert", str(tmp_path / "in.json"), str(tmp_path / "out.ann")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "set()"
