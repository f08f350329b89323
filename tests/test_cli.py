"""The command, with a miner that takes each line of a text for a claim."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import argmine
from argmine import cli
from argmine.document import Document
from argmine.errors import DocumentError, ModelError
from argmine.formats.output import replacing
from argmine.graph import ArgumentGraph

REAL_LOAD = argmine.load


class LineMiner:
    """Each paragraph is a claim; the first is what the others support."""

    def mine(self, document: Document) -> ArgumentGraph:
        if "cursed" in document.text:
            raise DocumentError("cursed\ntext")
        if "broken" in document.text:
            Document(id="", text="")
        lines = list(ArgumentGraph(id=document.id, text=document.text).paragraphs())
        parts = [(f"c{n}", "premise" if n else "claim", span.start, span.end) for n, span in enumerate(lines)]
        return ArgumentGraph.build(document, parts, [(f"c{n}", "c0", "support") for n in range(1, len(lines))])

    def mine_many(self, documents: Iterable[Any], *, as_tuples: bool, on_error: str) -> Iterator[Any]:
        assert as_tuples
        assert on_error == "yield"
        for document, context in documents:
            try:
                result: ArgumentGraph | Exception = self.mine(document)
            except (DocumentError, ValueError) as error:
                result = error
            yield result, context


@pytest.fixture(autouse=True)
def _fake_miner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def load(model: str, **_: object) -> LineMiner:
        if model == "missing":
            raise ModelError("there is no model of the name or folder 'missing'")
        if model == "interrupted":
            raise KeyboardInterrupt
        return LineMiner()

    monkeypatch.setattr(argmine, "load", load)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def piece(tmp_path: Path) -> str:
    (tmp_path / "piece.txt").write_bytes(b"Keep the trams.\nThey are quiet.\n")
    return "piece.txt"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def given(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_mine_shows_a_tree(capsys: pytest.CaptureFixture[str], piece: str) -> None:
    expected = "[claim] Keep the trams.\n└── + [premise] They are quiet.\n+ supports   − attacks\n"
    assert run(capsys, "mine", piece) == (0, expected, "")


def test_mine_shows_several_trees_under_headings(capsys: pytest.CaptureFixture[str], piece: str) -> None:
    code, out, err = run(capsys, "mine", piece, f"./{piece}")
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if "==" in line] == ["== piece.txt ==", "== ./piece.txt =="]
    assert out.count("[claim] Keep the trams.") == 2


def test_mine_writes_json_of_the_contract(capsys: pytest.CaptureFixture[str], piece: str) -> None:
    code, out, _ = run(capsys, "mine", piece, "--format", "json")
    graph = ArgumentGraph.model_validate_json(out)
    assert (code, graph.id, [c.text for c in graph.components]) == (0, piece, ["Keep the trams.", "They are quiet."])


def test_mine_writes_one_json_only(capsys: pytest.CaptureFixture[str], piece: str) -> None:
    code, out, err = run(capsys, "mine", piece, piece, "--format", "json")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "json writes one graph, and there are 2 files: use --format jsonl" in err


def test_mine_writes_a_page_of_one_graph(capsys: pytest.CaptureFixture[str], tmp_path: Path, piece: str) -> None:
    page = tmp_path / "map.html"
    assert run(capsys, "mine", piece, "--format", "html", "--output", str(page))[0] == 0
    assert page.read_text("utf-8").startswith("<!doctype html>\n")
    code, _, err = run(capsys, "mine", piece, piece, "--format", "html")
    assert code == 2
    assert "html writes one graph, and there are 2 files: use --format jsonl" in err


def test_mine_writes_a_line_a_graph(capsys: pytest.CaptureFixture[str], tmp_path: Path, piece: str) -> None:
    (tmp_path / "other.txt").write_text("Buses are cheap.")
    code, out, _ = run(capsys, "mine", piece, "other.txt", "--format", "jsonl")
    assert code == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == [piece, "other.txt"]


def test_mine_reads_the_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, "Été.".encode())
    code, out, _ = run(capsys, "mine", "-", "--format", "json")
    assert (code, json.loads(out)["text"], json.loads(out)["id"]) == (0, "Été.", "standard-input")


def test_mine_reads_the_standard_input_once(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "mine", "-", "-")
    assert (code, err.count("\n")) == (2, 1)


def test_mine_takes_a_file_whose_name_is_not_utf8(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    name = os.fsdecode(b"a\xff.txt")
    (tmp_path / name).write_text("Keep it.")
    assert run(capsys, "mine", name, name, "-o", "out") == (0, "", "")
    assert "== a\\udcff.txt ==\n[claim] Keep it." in (tmp_path / "out").read_text()


def test_mine_without_a_standard_output_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, piece: str
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    code = cli.main(["mine", piece])
    assert (code, capsys.readouterr().err) == (1, "argmine: standard output: is closed\n")


def test_mine_without_a_standard_input_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert run(capsys, "mine", "-") == (1, "", "argmine: standard input: is closed\n")


@pytest.mark.parametrize("text", ["", " \r\n\t\n", "\ufeff"])
def test_mine_finds_nothing_in_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    code, out, err = run(capsys, "mine", "a.txt")
    assert (code, err) == (0, "")
    assert text == "\ufeff" or out == "no argument found\n"


def test_mine_leaves_line_ends_and_byte_order_mark_in_the_text(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = "\ufeffKeep it.\r\nIt is quiet.\r\r\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    code, out, _ = run(capsys, "mine", "a.txt", "--format", "json")
    graph = ArgumentGraph.model_validate_json(out)
    assert (code, graph.text) == (0, text)
    assert graph.components[1].start == text.index("It is")


@pytest.mark.parametrize(
    ("data", "place"), [(b"abc\xff", "0xff at 3"), (b"\xff\xfea\x00", "0xff at 0"), (b"\xc3", "0xc3 at 0")]
)
def test_mine_refuses_what_is_not_utf8(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes, place: str
) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert run(capsys, "mine", "a.txt") == (1, "", f"argmine: a.txt: not UTF-8: byte {place}\n")


def test_mine_refuses_standard_input_that_is_not_utf8(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, b"ab\x80")
    assert run(capsys, "mine", "-") == (1, "", "argmine: standard input: not UTF-8: byte 0x80 at 2\n")


def test_mine_refuses_a_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "mine", "a.txt") == (1, "", "argmine: a.txt: cannot be read: No such file or directory\n")


def test_mine_refuses_a_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert run(capsys, "mine", "a") == (1, "", "argmine: a: cannot be read: Is a directory\n")


@pytest.mark.parametrize("text", ["cursed", "broken"])
def test_mine_says_in_one_line_why_a_text_cannot_be_mined(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    (tmp_path / "a.txt").write_text(text)
    code, out, err = run(capsys, "mine", "a.txt")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("argmine: a.txt: ")


@pytest.mark.parametrize("bad", [b"cursed", b"\xff", None])
def test_mine_does_the_rest_when_one_is_bad(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, piece: str, bad: bytes | None
) -> None:
    if bad is not None:
        (tmp_path / "bad.txt").write_bytes(bad)
    code, out, err = run(capsys, "mine", piece, "bad.txt", f"./{piece}", "--format", "jsonl")
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("argmine: bad.txt: ")
    assert [json.loads(line)["id"] for line in out.splitlines()] == [piece, f"./{piece}"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["mine"],
        ["mine", "a.txt", "--formt", "json"],
        ["mine", "a.txt", "--format", "xml"],
        ["mine", "a.txt", "--format"],
        ["dig", "a.txt"],
        ["--verison"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("argmine: ")
    assert err.endswith("; see argmine --help\n")


def test_unknown_format_names_those_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = run(capsys, "mine", "a.txt", "--format", "xml")
    assert "'xml' is not one of 'tree', 'json', 'jsonl'" in err


def test_missing_model_is_one_line_and_exit_code_1(capsys: pytest.CaptureFixture[str], piece: str) -> None:
    expected = "argmine: there is no model of the name or folder 'missing'\n"
    assert run(capsys, "mine", piece, "--model", "missing") == (1, "", expected)


def test_an_unknown_scheme_names_those_there_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tiny_model: Path, piece: str
) -> None:
    monkeypatch.setattr(argmine, "load", REAL_LOAD)
    code, out, err = run(capsys, "mine", piece, "--model", str(tiny_model), "--scheme", "tea-leaves")
    assert (code, out) == (1, "")
    assert "has no scheme 'tea-leaves'; it has essays" in err
    assert err.count("\n") == 1


def test_the_scheme_that_is_asked_for_is_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, piece: str
) -> None:
    asked: list[object] = []

    def load(_: str, **options: object) -> LineMiner:
        asked.append(options["scheme"])
        return LineMiner()

    monkeypatch.setattr(argmine, "load", load)
    run(capsys, "mine", piece, "--scheme", "opinion")
    run(capsys, "mine", piece)
    assert asked == ["opinion", None]


def test_interrupt_is_exit_code_130(capsys: pytest.CaptureFixture[str], piece: str) -> None:
    assert run(capsys, "mine", piece, "--model", "interrupted") == (130, "", "")


@pytest.mark.parametrize("form", ["tree", "json", "jsonl"])
def test_output_is_what_the_screen_would_show(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, piece: str, form: str
) -> None:
    _, shown, _ = run(capsys, "mine", piece, "--format", form)
    assert run(capsys, "mine", piece, "--format", form, "-o", "out") == (0, "", "")
    assert (tmp_path / "out").read_bytes().decode() == shown
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "piece.txt"]


def test_output_replaces_a_file_only_when_there_is_something(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, piece: str
) -> None:
    (tmp_path / "out").write_text("before")
    assert run(capsys, "mine", "missing.txt", "-o", "out")[0] == 1
    assert (tmp_path / "out").read_text() == "before"
    assert run(capsys, "mine", "missing.txt", piece, "-o", "out")[0] == 1
    assert "Keep the trams" in (tmp_path / "out").read_text()


@pytest.mark.parametrize(("place", "reason"), [("no/out", "No such file or directory"), (".", "Is a directory")])
def test_output_that_cannot_be_written_is_one_line(
    capsys: pytest.CaptureFixture[str], piece: str, place: str, reason: str
) -> None:
    assert run(capsys, "mine", piece, "-o", place) == (1, "", f"argmine: {place}: cannot be written: {reason}\n")


def test_output_file_stays_when_writing_fails(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("before")
    with pytest.raises(TypeError, match="bytes-like"), replacing(target) as stream:
        stream.writelines([b"half", 3])  # type: ignore[list-item]
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("out", "before")]


def test_output_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with replacing(tmp_path / "link") as stream:
        stream.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_output_to_a_device_leaves_the_device() -> None:
    with replacing(Path(os.devnull)) as stream:
        stream.write(b"gone")
    assert not Path(os.devnull).is_file()


def test_probabilities_are_an_option(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, piece: str
) -> None:
    plain = LineMiner.mine

    def sure(miner: LineMiner, document: Document) -> ArgumentGraph:
        graph = plain(miner, document)
        components = tuple(c.model_copy(update={"probability": 0.25}) for c in graph.components)
        return graph.model_copy(update={"components": components})

    monkeypatch.setattr(LineMiner, "mine", sure)
    assert run(capsys, "mine", piece)[1].startswith("[claim] Keep the trams.\n")
    for output in ([], ["-o", "out"]):
        _, shown, _ = run(capsys, "mine", piece, "--probabilities", *output)
        text = Path("out").read_text(encoding="utf-8") if output else shown
        assert text.startswith("[claim 0.25] Keep the trams.\n└── + [premise 0.25] They are quiet.\n")


def test_version_names_both_licences_apart(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--version")
    lines = out.splitlines()
    assert (code, lines[0], lines[1]) == (0, f"argmine {argmine.__version__}", "code: Apache-2.0")
    assert lines[2].startswith("weights of the default model: ")


@pytest.mark.parametrize("arguments", [[], ["--help"], ["mine", "--help"]])
def test_help_has_examples(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, err) == (0, "")
    assert "argmine mine pieces/*.txt --format jsonl --output graphs.jsonl\n" in out


def command(code: str, *, encoding: str = "utf-8") -> subprocess.Popen[bytes]:
    """The command in a process of its own, with the miner of this module."""
    stand_in = "from tests.test_cli import LineMiner; argmine.load = lambda model, **_: LineMiner()"
    start = f"import argmine, sys; {stand_in}; {code}"
    root = Path(argmine.__file__).parent.parent
    settings = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": encoding}
    return subprocess.Popen([sys.executable, "-c", start], stdout=-1, stderr=-1, env=settings)


@pytest.mark.parametrize("form", ["tree", "jsonl"])
def test_reader_that_leaves_is_no_error(piece: str, form: str) -> None:
    files = [piece] * 400
    process = command(f"from argmine import cli; sys.argv[1:] = {['mine', '-f', form, *files]}; cli.run()")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()


def test_characters_that_the_terminal_lacks_end_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Keep 🚲 it.\nIt — is.".encode())
    process = command("from argmine import cli; sys.argv[1:] = ['mine', 'a.txt']; cli.run()", encoding="ascii")
    out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert b"[claim] Keep \\U0001f6b2 it." in out
