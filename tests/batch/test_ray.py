"""Scoring on a Ray cluster: two nodes, one of which is killed; workers that differ; a pipeline of one's own."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

ray = pytest.importorskip("ray")
from ray.cluster_utils import Cluster as Nodes  # noqa: E402

from argmine.batch import run  # noqa: E402
from argmine.batch.cluster import Cluster  # noqa: E402
from argmine.batch.engine import LocalEngine  # noqa: E402
from argmine.batch.files import Collection, Watcher, score_files  # noqa: E402
from argmine.batch.journal import Counts  # noqa: E402
from argmine.batch.pieces import Piece  # noqa: E402
from argmine.batch.ray import RayEngine, ScoreBatch  # noqa: E402
from argmine.batch.ray_waiting import PartLostError, Waiting  # noqa: E402
from argmine.batch.ray_worker import SCORED, ScorePart, packed_pieces, unpacked  # noqa: E402
from argmine.batch.scorer import ScorerSettings  # noqa: E402
from argmine.errors import BatchError  # noqa: E402
from tests import tiny  # noqa: E402
from tests.batch.made_up import write_pieces  # noqa: E402

PARTS = [
    (Piece("a", tiny.prose(3)), Piece("caf\udce9", "half a pair: \ud800")),
    (Piece("b", reason="not\nUTF-8 \udc80"), Piece("c", "")),
    (Piece("d", tiny.prose(5)),),
]
RAYS_OWN = (
    "ignore:.* is deprecated:DeprecationWarning:ray",
    "ignore:.*[Tt]he operator only received:UserWarning:ray",
    "ignore:Tip. In future versions of Ray:FutureWarning:ray",
)


@pytest.fixture
def settings(tiny_model: Path) -> ScorerSettings:
    return ScorerSettings(model=str(tiny_model), threads=1, graphs=True)


class Rows:
    """In a feed's place: keeps what is given out."""

    def __init__(self) -> None:
        self.given: list[int] = []
        self.ended = False

    def add(self, **row: object) -> None:
        self.given.append(int(str(row["number"])))

    def end(self) -> None:
        self.ended = True


def scored(number: int, rows: int) -> dict[str, object]:
    stream = pa.BufferOutputStream()
    table = pa.table({"n": list(range(rows))})
    with pa.ipc.new_stream(stream, table.schema) as writer:
        writer.write_table(table)
    return {"number": number, "refusal": None, "scores": stream.getvalue().to_pybytes()}


def test_parts_on_their_way_are_given_out_anew_until_they_are_back() -> None:
    waiting, first, second = Waiting(PARTS), Rows(), Rows()
    waiting.give(first)
    waiting.give(first)
    assert waiting.take(scored(0, 2)).num_rows == 2
    waiting.again()
    for _ in range(4):
        waiting.give(second)
    assert (first.given, first.ended) == ([0, 1], False)
    assert (second.given, second.ended, waiting.out) == ([1, 2], True, 2)


def test_part_out_of_turn_is_a_loss() -> None:
    waiting = Waiting(PARTS)
    waiting.give(Rows())
    with pytest.raises(PartLostError, match="part 0 came back as 1"):
        waiting.take(scored(1, 2))


def test_worker_gives_the_tables_of_the_local_engine(settings: ScorerSettings) -> None:
    scorer = settings.load()
    rows = [{"number": n, "pieces": packed_pieces(part)} for n, part in enumerate(PARTS)]
    found = ScorePart(settings, scorer.identity)(pa.Table.from_pylist(rows))
    assert found.schema == SCORED
    tables = [unpacked(row["scores"]) for row in found.to_pylist()]
    assert [t.to_pylist() for t in tables] == [t.to_pylist() for t in LocalEngine(scorer).tables(PARTS)]
    assert all(table.schema.equals(scorer.schema, check_metadata=True) for table in tables)


def test_worker_that_is_unlike_the_first_says_in_what(settings: ScorerSettings) -> None:
    identity = settings.load().identity
    other = identity.model_copy(update={"versions": {**identity.versions, "onnxruntime": "1.0"}})
    (row,) = ScorePart(settings, other)(pa.table({"number": [0], "pieces": [b""]})).to_pylist()
    assert row["scores"] is None
    waiting = Waiting(PARTS)
    waiting.give(Rows())
    with pytest.raises(BatchError, match=r"unlike the first: versions onnxruntime was 1\.0, is "):
        waiting.take(row)


def test_worker_without_the_model_says_so(tmp_path: Path, settings: ScorerSettings) -> None:
    gone = settings.model_copy(update={"model": str(tmp_path / "gone")})
    (row,) = ScorePart(gone, settings.load().identity)(pa.table({"number": [0], "pieces": [b""]})).to_pylist()
    assert "gone" in row["refusal"]


def test_batches_of_a_pipeline_are_scored_row_for_row(settings: ScorerSettings) -> None:
    batch = pa.table({"id": ["x", "y"], "text": [tiny.prose(4), None], "other": [1, 2]})
    found = ScoreBatch(settings)(batch)
    assert found.schema == settings.load().schema
    assert found["id"].to_pylist() == ["x", "y"]
    assert found["status"].to_pylist() == ["ok", "failed"]


class KillAfter(Watcher):
    """Kills a node when so many parts are on disk."""

    def __init__(self, nodes: Nodes, victim: Any, parts: int) -> None:
        self.nodes, self.victim, self.left = nodes, victim, parts

    def part(self, counts: Counts) -> bool:
        assert counts.pieces
        self.left -= 1
        if self.left == 0:
            self.nodes.remove_node(self.victim, allow_graceful=False)
        return True


class StopAfterOne(Watcher):
    def part(self, counts: Counts) -> bool:
        assert counts.pieces
        return False


@pytest.fixture
def nodes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Nodes]:
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    quick = {"health_check_period_ms": 1000, "health_check_failure_threshold": 3, "health_check_timeout_ms": 3000}
    node = {"num_cpus": 1, "object_store_memory": 100 << 20, "include_dashboard": False}
    made = Nodes(initialize_head=True, head_node_args={**node, "_system_config": quick})
    ray.init(made.address, log_to_driver=False, logging_level=logging.ERROR)
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    yield made
    ray.shutdown()
    made.shutdown()  # type: ignore[no-untyped-call]


@pytest.mark.slow
@pytest.mark.usefixtures("nodes")
@pytest.mark.filterwarnings(*RAYS_OWN)
def test_a_worker_that_cannot_be_started_is_an_error_in_one_line(
    settings: ScorerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("argmine.batch.ray.identity_of", lambda _: 1 / 0)
    with pytest.raises(BatchError, match=r"^a worker cannot be started: ZeroDivisionError: division by zero$"):
        RayEngine(settings, Cluster())


@pytest.mark.slow
def test_the_command_with_workers_of_its_own_writes_the_same_bytes(tmp_path: Path, tiny_model: Path) -> None:
    pieces = write_pieces(tmp_path / "in", [tiny.prose(2 + n % 5) if n % 9 else "" for n in range(20)])
    written = []
    for engine in ("local", "ray"):
        out = tmp_path / f"{engine}.parquet"
        told = ["score", str(pieces), "-o", str(out), "--model", str(tiny_model), "--engine", engine, "--quiet"]
        command = [sys.executable, "-P", "-c", "from argmine.cli import run; run()", *told]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr
        written.append(out.read_bytes())
    assert written[0] == written[1]


@pytest.mark.slow
@pytest.mark.filterwarnings(*RAYS_OWN)
def test_a_killed_node_costs_no_row_and_doubles_none(
    nodes: Nodes, settings: ScorerSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The local engine begins the run, the cluster goes on, and loses a node while parts are under way."""
    monkeypatch.setattr(run, "PART_PIECES", 2)
    texts = [tiny.prose(2 + n % 5) if n % 9 else "" for n in range(40)]
    pieces = Collection((str(write_pieces(tmp_path / "in", texts)),))
    local, far = tmp_path / "local.parquet", tmp_path / "far.parquet"
    score_files(pieces, local, LocalEngine(settings.load()))
    score_files(pieces, far, LocalEngine(settings.load()), watcher=StopAfterOne())
    victim = nodes.add_node(num_cpus=1, object_store_memory=100 << 20)
    nodes.wait_for_nodes()
    engine = RayEngine(settings, Cluster())
    assert engine._workers() == 2
    summary = score_files(pieces, far, engine, watcher=KillAfter(nodes, victim, 3))
    assert (summary.finished, summary.counts.pieces, summary.new.pieces) == (True, 40, 38)
    assert far.read_bytes() == local.read_bytes()
    assert engine._workers() == 1
