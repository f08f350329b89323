"""The commands of the docs that are marked `<!-- test -->` run, block after block of a page, in a folder with seeds/.

Those marked `<!-- test: corpora -->` need licensed corpora besides. Tests of their own have the pages on spaCy and on
correcting (`test_how_to`); `>>>` sessions run as doctests.
"""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from argmine import cli
from argmine.evaluation.protocols import find_protocol, protocol_names
from argmine.exchange import formats_table

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md"))


def commands(page: str, mark: str) -> list[list[str]]:
    """The words of each command in the blocks of that mark."""
    found = re.findall(
        rf"^<!-- {mark} -->\n```console\n(.*?)^```", (DOCS / page).read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    return [shlex.split(line.removeprefix("$ "), comments=True) for block in found for line in block.splitlines()]


def with_mark(mark: str) -> list[str]:
    return [page for page in PAGES if commands(page, mark)]


def run(words: list[str]) -> None:
    """What a shell would do with a command of argmine, or with mkdir."""
    expanded = [str(name) for word in words for name in (sorted(Path().glob(word)) if "*" in word else [word])]
    if words[0] == "mkdir":
        for folder in expanded[1:]:
            Path(folder).mkdir()
    else:
        assert words[0] == "argmine", words
        assert cli.main(expanded[1:]) == 0, words


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the seeds, which are to be left as they were."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    written = [path for path in (tmp_path / "seeds").rglob("*") if not (ROOT / path.relative_to(tmp_path)).exists()]
    assert not written


@pytest.mark.parametrize("page", with_mark("test"))
def test_the_commands_of_a_page_run(page: str, folder: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a tiny model in place of the default one, with which the doctests mine."""
    monkeypatch.setattr("argmine.model_folder.packaged_folder", lambda _: tiny_model)
    for words in commands(page, "test"):
        run(words)
        for option in ("--output", "-o"):
            assert option not in words or (folder / words[words.index(option) + 1]).stat().st_size


@pytest.mark.slow
@pytest.mark.parametrize("page", with_mark("test: corpora"))
def test_the_commands_that_need_corpora_run(page: str, folder: Path, corpora: Path) -> None:
    (folder / "corpora").symlink_to(corpora)
    for words in commands(page, "test: corpora"):
        run(words)


def test_marks_are_known() -> None:
    """A mark that is misspelt would run nothing."""
    for page in PAGES:
        text = (DOCS / page).read_text("utf-8")
        marks = re.findall(r"^<!-- (test.*?) -->", text, re.MULTILINE)
        blocks = re.findall(r"^<!-- (?:test|test: corpora) -->\n```console\n\$ (?:argmine|mkdir) ", text, re.MULTILINE)
        assert len(marks) == len(blocks), page


def test_every_command_has_options_that_there_are() -> None:
    """Those too that need what a test has not: a server, a training, a corpus."""
    known = {
        name: {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        for name, command in getattr(get_command(cli.app), "commands").items()  # noqa: B009 - of a group alone
    }
    shown = [
        (path.name, shlex.split(line.replace("\\\n", " "), comments=True)[1:])
        for path, start in [(ROOT / "README.md", r"^(?:.*\| )?"), *((DOCS / page, r"^ *\$ ") for page in PAGES)]
        for language, block in re.findall(
            r"^ *```(\w*)\n(.*?)^ *```$", path.read_text("utf-8"), re.DOTALL | re.MULTILINE
        )
        if language in {"", "console"}
        for line in re.findall(rf"{start}(argmine (?:.*\\\n)*.*)$", block, re.MULTILINE)
    ]
    known["--version"] = {"--version"}
    assert len([page for page, _ in shown if page == "README.md"]) > 20
    assert {words[0] for _, words in shown} >= {"mine", "score", "evaluate", "compare", "convert", "train", "serve"}
    for page, words in shown:
        assert {word for word in words if word.startswith("-") and word != "-"} <= known[words[0]], (page, words)


def test_the_table_of_formats_is_that_of_the_command() -> None:
    assert formats_table() in (DOCS / "reference" / "formats.md").read_text("utf-8")


def test_the_table_of_protocols_is_that_of_the_command() -> None:
    rows = re.findall(r"^\| `.*$", (DOCS / "reference" / "protocols.md").read_text("utf-8"), re.MULTILINE)
    assert rows == [protocol_row(name) for name in protocol_names()]


def protocol_row(name: str) -> str:
    protocol = find_protocol(name)
    scores, corpora = (
        ", ".join(f"`{n}`" for n in names) for names in ((t.name for t in protocol.tallies), protocol.corpora)
    )
    return f"| `{name}` | {protocol.title} | {protocol.given.value} | {scores} | {corpora or 'any'} |"
