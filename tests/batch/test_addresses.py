"""What inputs name."""

import sys
from pathlib import Path
from typing import ClassVar

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from argmine.batch.addresses import Format, list_sources
from argmine.batch.plan import fingerprints
from argmine.errors import BatchError


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b/two.txt", "b/one.md", "a.html.gz", "a.jsonl", "b/notes.pdf", "b/.hidden.txt", "b/deep/x.CSV"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    monkeypatch.chdir(tmp_path)


def names(*inputs: str) -> list[str]:
    return [source.name for source in list_sources(inputs).sources]


def test_folder_gives_its_files_in_order_and_counts_those_left_out() -> None:
    listing = list_sources(["in"])
    assert [s.name for s in listing.sources] == [
        "in/a.html.gz",
        "in/a.jsonl",
        "in/b/one.md",
        "in/b/two.txt",
        "in/b/deep/x.CSV",
    ]
    assert listing.left_out == 1


def test_inputs_keep_their_order() -> None:
    assert names("in/b/two.txt", "in/a.jsonl") == ["in/b/two.txt", "in/a.jsonl"]


def test_glob_gives_sorted_files() -> None:
    assert names("in/**/*.[tm]*") == ["in/b/one.md", "in/b/two.txt"]


def test_file_named_like_a_glob_is_a_file() -> None:
    Path("a[1].txt").write_text("x")
    assert names("a[1].txt") == ["a[1].txt"]


def test_ending_says_format_and_zip() -> None:
    forms = [(s.format, s.zipped) for s in list_sources(["in/a.html.gz", "in/b/deep/x.CSV"]).sources]
    assert forms == [(Format.HTML, True), (Format.CSV, False)]


def test_what_the_run_writes_is_no_input(tmp_path: Path) -> None:
    listing = list_sources(["in"], apart=[tmp_path / "in" / "a.jsonl", tmp_path / "in" / "b"])
    assert [s.name for s in listing.sources] == ["in/a.html.gz"]


def test_read_as_serves_where_the_ending_says_nothing() -> None:
    (source,) = list_sources(["in/b/notes.pdf"], read_as=Format.TEXT).sources
    assert source.format is Format.TEXT
    assert [s.format for s in list_sources(["in/a.jsonl"], read_as=Format.TEXT).sources] == [Format.JSONL]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("in/none.txt", "in/none.txt: there is no such file or folder"),
        ("in/*.doc", r"in/\*.doc: no file fits"),
        ("in/b/notes.pdf", "in/b/notes.pdf: the ending says no format, known are .txt, .md"),
        ("memory://nowhere/x.txt", "memory://nowhere/x.txt: there is no such file"),
        ("nosuch://x", "nosuch://x: cannot be read: Protocol not known"),
    ],
)
def test_input_that_is_not_there_is_refused(given: str, message: str) -> None:
    with pytest.raises(BatchError, match=message):
        list_sources([given])


def test_addresses_of_other_filesystems_give_their_files() -> None:
    memory = fsspec.filesystem("memory")
    for name in ("/pool/b.txt", "/pool/a.txt", "/pool/c.bin"):
        memory.pipe(name, b"Keep them.")
    assert names("memory://pool") == names("memory://pool/*.txt") == ["memory:///pool/a.txt", "memory:///pool/b.txt"]
    with list_sources(["memory://pool/a.txt"]).sources[0].open() as stream:
        assert stream.read() == b"Keep them."


class Web(MemoryFileSystem):  # type: ignore[misc]  # fsspec says nothing of its types
    """A web of pages in memory; as in fsspec's own, a page with links passes for a folder."""

    protocol = "http"
    store: ClassVar[dict[str, object]] = {}

    def isdir(self, _: str) -> bool:
        return True


def test_page_of_the_web_is_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules["fsspec.registry"]._registry, "http", Web)
    Web(skip_instance_cache=True).pipe("http://news/piece?id=7", b"<p>Keep them.</p>")
    (source,) = list_sources(["http://news/piece?id=7"], read_as=Format.HTML).sources
    with source.open() as stream:
        assert stream.read() == b"<p>Keep them.</p>"


class Sizes(MemoryFileSystem):  # type: ignore[misc]  # fsspec says nothing of its types
    """Files in memory of which nothing is told but their size."""

    protocol = "sizes"
    store: ClassVar[dict[str, object]] = {}

    def info(self, path: str, **kwargs: object) -> dict[str, object]:
        return {key: value for key, value in super().info(path, **kwargs).items() if key in ("name", "size", "type")}


@pytest.mark.parametrize(("protocol", "kind"), [("memory", MemoryFileSystem), ("sizes", Sizes)])
def test_a_file_elsewhere_that_changed_at_the_same_size_is_known(
    monkeypatch: pytest.MonkeyPatch, protocol: str, kind: type[MemoryFileSystem]
) -> None:
    monkeypatch.setitem(sys.modules["fsspec.registry"]._registry, protocol, kind)
    address, found = f"{protocol}://pool/a.txt", []
    for content in (b"Keep them.", b"Shut them."):
        kind(skip_instance_cache=True).pipe(address, content)
        found.append(fingerprints(list_sources([address]).sources))
    kind(skip_instance_cache=True).rm(address)
    assert found[0].keys() == found[1].keys()
    assert found[0] != found[1]
