"""Runs over files, with a miner that needs no network: what they write, where they go on, what they refuse."""

import errno
import io
import itertools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from argmine.batch import journal, run
from argmine.batch.addresses import Format
from argmine.batch.engine import LocalEngine
from argmine.batch.files import Collection, Summary, Watcher, score_files
from argmine.batch.journal import Counts
from argmine.batch.reading import Fields
from argmine.batch.run import locked, run_folder
from argmine.batch.scorer import Scorer
from argmine.errors import BatchError
from tests.batch.made_up import LineMiner, scorer, write_pieces

TEXTS = [f"Keep tram {n}.\nIt is quiet." if n % 4 else "No!" for n in range(10)]


class Stopping(Watcher):
    """Stops after so many parts."""

    def __init__(self, parts: int) -> None:
        self.left = parts

    def part(self, counts: Counts) -> bool:  # noqa: ARG002
        self.left -= 1
        return self.left > 0


class Counting(LocalEngine):
    """Counts the pieces it scores."""

    scored = 0

    def tables(self, parts: Any) -> Any:
        for table in super().tables(parts):
            type(self).scored += table.num_rows
            yield table


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "PART_PIECES", 3)
    monkeypatch.setattr(Counting, "scored", 0)
    write_pieces(tmp_path / "in", TEXTS)


def go(output: str = "out.jsonl", *inputs: str, watcher: Watcher | None = None, resume: bool = True) -> Summary:
    collection = Collection(inputs or ("in",))
    return score_files(collection, output, Counting(scorer()), resume=resume, watcher=watcher)


def rows(output: str = "out.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(output).read_text("utf-8").splitlines()]


def log(output: str = "out.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run_folder(Path(output)) / "log.jsonl").read_text("utf-8").splitlines()]


def undisturbed() -> bytes:
    go("whole.jsonl")
    Counting.scored = 0
    return Path("whole.jsonl").read_bytes()


def test_run_gives_a_row_a_piece_in_order() -> None:
    summary = go()
    assert [row["id"] for row in rows()] == [f"in/{n:03}.txt" for n in range(10)]
    assert summary.model_dump(exclude={"seconds"}) == {
        "finished": True,
        "counts": {"pieces": 10, "failed": 3, "words": 42},
        "new": {"pieces": 10, "failed": 3, "words": 42},
        "left_out": 0,
    }


def test_bytes_depend_on_no_bounds_of_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    go("a.parquet")
    monkeypatch.setattr(run, "PART_CHARACTERS", 20)
    go("b.parquet")
    assert len(list(log("b.parquet"))) > len(list(log("a.parquet")))
    assert Path("a.parquet").read_bytes() == Path("b.parquet").read_bytes()


def test_stopped_run_goes_on_and_ends_with_the_same_bytes() -> None:
    whole = undisturbed()
    summary = go(watcher=Stopping(2))
    assert (summary.finished, summary.counts.pieces, Path("out.jsonl").exists()) == (False, 6, False)
    summary = go()
    assert (summary.finished, summary.new.pieces, summary.counts) == (True, 4, Counts(pieces=10, failed=3, words=42))
    assert Counting.scored == 10
    assert Path("out.jsonl").read_bytes() == whole


def test_finished_run_is_not_done_again() -> None:
    go()
    before = Path("out.jsonl").stat()
    summary = go()
    assert (summary.new.pieces, summary.counts.pieces, Counting.scored) == (0, 10, 10)
    assert Path("out.jsonl").stat() == before


def test_finished_run_leaves_no_parts() -> None:
    go()
    assert {path.name for path in run_folder(Path("out.jsonl")).iterdir()} <= {
        "journal.jsonl",
        "log.jsonl",
        "plan.json",
        "lock",
    }
    assert {path.name for path in Path().iterdir()} == {"in", "out.jsonl", "out.jsonl.run"}


def test_removed_table_is_made_anew() -> None:
    go()
    Path("out.jsonl").unlink()
    assert go().new.pieces == 10
    assert Path("out.jsonl").exists()


def test_changed_table_is_refused() -> None:
    go()
    Path("out.jsonl").write_text("mine now")
    with pytest.raises(BatchError, match="was changed since the run that made it"):
        go()
    assert go(resume=False).new.pieces == 10


def test_file_of_somebody_else_is_not_replaced() -> None:
    Path("out.jsonl").write_text("mine")
    with pytest.raises(BatchError, match="is there already, and no run of argmine score"):
        go()
    assert Path("out.jsonl").read_text() == "mine"


def test_changed_inputs_are_refused_by_name() -> None:
    go(watcher=Stopping(1))
    Path("in/003.txt").write_text("Sell it.")
    Path("in/004.txt").unlink()
    Path("in/new.txt").write_text("Buy it.")
    with pytest.raises(BatchError, match=r"gone: in/004.txt; new: in/new.txt; changed: in/003.txt; see --no-resume"):
        go()
    assert go(resume=False).counts.pieces == 10


def test_touched_input_is_the_same() -> None:
    go(watcher=Stopping(1))
    os.utime("in/000.txt", (1, 1))
    assert go().finished


def test_other_order_of_inputs_is_refused() -> None:
    go("out.jsonl", "in/001.txt", "in/002.txt", watcher=Stopping(1))
    with pytest.raises(BatchError, match="the inputs stand in another order"):
        go("out.jsonl", "in/002.txt", "in/001.txt")


def test_changed_model_is_refused() -> None:
    go(watcher=Stopping(1))
    other = LineMiner()
    other.info = LineMiner.info.model_copy(update={"revision": "2"})
    with pytest.raises(BatchError, match="identity model revision was 1, is 2"):
        score_files(Collection(("in",)), "out.jsonl", LocalEngine(Scorer(other)))


def test_changed_option_is_refused() -> None:
    go(watcher=Stopping(1))
    with pytest.raises(BatchError, match="settings text_column was text, is body"):
        score_files(Collection(("in",), fields=Fields("body")), "out.jsonl", LocalEngine(scorer()))


def test_second_run_on_one_output_is_refused() -> None:
    with locked(Path("out.jsonl").absolute()), pytest.raises(BatchError, match="another run is writing this"):
        go()
    assert go().finished


def test_output_among_the_inputs_is_left_out_of_a_folder_and_refused_by_name() -> None:
    assert go("in/out.jsonl").counts.pieces == 10
    assert go("in/out.jsonl").new.pieces == 0
    with pytest.raises(BatchError, match="is an input and the output"):
        go("in/out.jsonl", "in/out.jsonl", resume=False)


def test_file_given_twice_is_refused() -> None:
    with pytest.raises(BatchError, match=r"in/001.txt: this file is given twice"):
        go("out.jsonl", "in", "in/001.txt")


def test_part_that_was_damaged_is_made_again() -> None:
    whole = undisturbed()
    go(watcher=Stopping(3))
    (run_folder(Path("out.jsonl")) / "parts" / "000001.parquet").write_bytes(b"torn")
    assert go().finished
    assert Counting.scored == 9 + 7
    assert Path("out.jsonl").read_bytes() == whole
    assert [line["lost_parts"] for line in log() if line["event"] == "start"] == [0, 2]


@pytest.mark.parametrize("tail", [b'{"sha256": "12', b"\0\0\0\0", b'{"sha256": "1"}\n'])
def test_torn_line_of_the_journal_is_cut_off(tail: bytes) -> None:
    whole = undisturbed()
    go(watcher=Stopping(2))
    with (run_folder(Path("out.jsonl")) / "journal.jsonl").open("ab") as stream:
        stream.write(tail)
    assert go().finished
    assert (Counting.scored, Path("out.jsonl").read_bytes()) == (10, whole)


def test_damaged_plan_is_refused() -> None:
    go(watcher=Stopping(1))
    (run_folder(Path("out.jsonl")) / "plan.json").write_text("{}")
    with pytest.raises(BatchError, match=r"plan.json: is damaged, or of another version"):
        go()


def flush_until_full(writes: int) -> Callable[[int], None]:
    """`os.fsync` on a disk that is full once so many have gone well."""
    flush, left = os.fsync, itertools.count(writes, -1)

    def fsync(number: int) -> None:
        if next(left) == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        flush(number)

    return fsync


def error_of(output: str) -> str | None:
    try:
        go(output)
    except BatchError as error:
        return str(error)
    return None


def test_full_disk_is_an_error_and_the_run_goes_on_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever time it is that something is to be on disk and is not."""
    whole = undisturbed()
    for writes in itertools.count():
        output = f"{writes}.jsonl"
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", flush_until_full(writes))
            error = error_of(output)
        if error is None:
            break
        assert "cannot be written: No space left on device" in error
        assert go(output).finished
        assert Path(output).read_bytes() == whole
    assert writes > 15


def test_full_disk_in_the_final_table_keeps_the_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = undisturbed()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(run, "write_table", full)
        with pytest.raises(BatchError, match=r"out.jsonl: cannot be written: No space left on device"):
            go()
    summary = go()
    assert (summary.new.pieces, summary.finished, Path("out.jsonl").read_bytes()) == (0, True, whole)


class Broken(Watcher):
    """Is interrupted while it begins."""

    ended = False

    def begin(self, *_: object) -> None:
        raise KeyboardInterrupt

    def end(self) -> None:
        self.ended = True


def test_watcher_that_is_interrupted_while_it_begins_is_ended() -> None:
    watcher = Broken()
    with pytest.raises(KeyboardInterrupt):
        go(watcher=watcher)
    assert watcher.ended


def test_log_has_the_times_that_the_table_leaves_out() -> None:
    go(watcher=Stopping(1))
    go()
    events = [line["event"] for line in log()]
    assert events == ["start", "part", "stop", "start", "part", "part", "part", "finish"]
    assert all("seconds" in line for line in log() if line["event"] == "part")
    assert log()[3]["done"] == {"pieces": 3, "failed": 1, "words": 12}


def test_standard_input_is_kept_and_may_be_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def give(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    lines = "".join(f'{{"text": "Keep tram {n}."}}\n' for n in range(7))
    give(lines)
    go("out.jsonl", "-", watcher=Stopping(1))
    give(lines + '{"text": "more"}')
    with pytest.raises(BatchError, match="changed: standard-input"):
        go("out.jsonl", "-")
    give(lines)
    assert go("out.jsonl", "-").new.pieces == 4
    assert [row["id"] for row in rows()] == [f"standard-input:{n}" for n in range(1, 8)]


def test_standard_input_may_be_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Keep it.")))
    score_files(Collection(("-",), Format.TEXT), "out.jsonl", LocalEngine(scorer()))
    assert [(row["id"], row["words"]) for row in rows()] == [("standard-input", 2)]


def test_empty_collection_gives_an_empty_table() -> None:
    Path("none.jsonl").write_text("")
    assert go("out.parquet", "none.jsonl").counts == Counts()
    assert pq.read_table("out.parquet").num_rows == 0


def test_journal_line_says_what_is_in_its_part() -> None:
    go(watcher=Stopping(1))
    (entry,) = journal.Journal(run_folder(Path("out.jsonl"))).entries
    assert (entry.counts, entry.table) == (Counts(pieces=3, failed=1, words=12), False)
