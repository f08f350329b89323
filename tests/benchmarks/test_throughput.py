"""Rounds, drawing and made-to-measure pieces, and each part once on the tiny model where that is quick."""

from pathlib import Path

import pytest

from argmine.document import Document
from argmine.miner import ArgumentMiner
from benchmarks.throughput import GPU, PARTS, TOKENS, child, evenly, speeds, tokens_of
from benchmarks.throughput_child import Job, pieces, run
from benchmarks.throughput_systems import accelerated, limits
from tests import tiny


@pytest.fixture
def job(tmp_path: Path, tiny_model: Path) -> Job:
    texts = []
    for name, text in (("a", "one two\n\nthree four "), ("b", "five six seven")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        texts.append(str(tmp_path / name))
    return Job(model=str(tiny_model), precision="fp32", threads=1, pieces=3, words=5, texts=tuple(texts))


def test_pieces_have_so_many_words_and_keep_paragraphs(job: Job) -> None:
    found = list(pieces(job))
    assert [piece.split() for piece in found] == [
        ["one", "two", "three", "four", "five"],
        ["six", "seven", "one", "two", "three"],
        ["four", "five", "six", "seven", "one"],
    ]
    assert "two \n\nthree" in found[0]


def test_a_child_counts_words_and_memory(job: Job) -> None:
    taken = run(job)
    assert taken.words == 15
    assert taken.seconds > 0
    assert taken.peak_mb > 20


def test_a_child_does_not_count_the_memory_of_who_started_it(job: Job) -> None:
    held = bytearray(1 << 30)
    held[:: 1 << 12] = b"x" * (1 << 18)
    assert child(job).peak_mb < 900


def test_drawn_files_are_spread_over_all_and_all_where_few() -> None:
    files = [Path(str(n)) for n in range(10)]
    assert [path.name for path in evenly(files, 4)] == ["0", "2", "5", "7"]
    assert evenly(files, 99) == files


def test_each_system_runs_each_text_once_after_a_round_that_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, list[str]] = {"a": [], "b": []}
    clock = iter(range(1000))
    monkeypatch.setattr("benchmarks.throughput.time.perf_counter", lambda: float(next(clock)))
    texts = ["x y", "z", "u v w"]
    found = speeds({name: heard.extend for name, heard in seen.items()}, texts, rounds=3)
    assert seen == {"a": ["x y", *texts], "b": ["x y", *texts]}
    assert found == {"a": 2.0, "b": 2.0}  # six words, three rounds of a second each


def test_a_text_is_cut_after_its_370_tokens(tiny_miner: ArgumentMiner) -> None:
    text = tokens_of(tiny_miner, ["too short", tiny.prose(80)])
    assert len(tiny_miner.encoder.encode(Document(id="d", text=text)).ids) <= TOKENS
    assert len(text) > 370
    with pytest.raises(ValueError, match="no text has 370 pieces"):
        tokens_of(tiny_miner, ["too short"])


def test_bare_encoders_take_any_text(tiny_model: Path) -> None:
    for system in limits(tiny_model, threads=1).values():
        system([tiny.prose(1), tiny.prose(12), tiny.prose(3)])


def test_systems_beside_an_accelerator_run(tiny_model: Path) -> None:
    """Torch on the processor stands in for it."""
    systems = accelerated(tiny_model, 1, device="cpu", batch=2)
    assert list(systems) == ["bare", "heads", "graphs"]
    assert speeds(systems, [tiny.prose(5), tiny.prose(9)], rounds=1).keys() == systems.keys()


def test_the_part_for_a_gpu_says_that_there_is_none(tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.throughput.has_cuda", lambda: False)
    with pytest.raises(SystemExit, match="needs a GPU"):
        PARTS[GPU](tiny_model, [], 1)
