"""Pieces to rows."""

import json
import pickle
from pathlib import Path

import pyarrow as pa
import pytest

from argmine.batch.columns import METADATA, columns
from argmine.batch.engine import LocalEngine
from argmine.batch.pieces import PIECES, Piece, pieces_table, table_pieces
from argmine.batch.scorer import Scorer, ScorerSettings, rater_of
from argmine.convincing import Rating
from argmine.graph import ArgumentGraph
from argmine.measures import measure
from argmine.miner import ArgumentMiner
from argmine.training.package import write_package
from tests import tiny
from tests.batch.made_up import LineMiner, scorer

PIECES_GIVEN = [
    Piece("a", "Keep the trams.\nThey are quiet."),
    Piece("b", reason="b.txt: not UTF-8: byte 0x80 at 2"),
    Piece("c", "Sell them!"),
    Piece("d", "half a pair: \ud800"),
    Piece("e", ""),
]


def test_rows_stand_in_the_order_of_their_pieces() -> None:
    rows = list(scorer().rows(PIECES_GIVEN))
    assert [row["id"] for row in rows] == ["a", "b", "c", "d", "e"]
    assert [row["status"] for row in rows] == ["ok", "failed", "failed", "failed", "ok"]


def test_failed_piece_has_its_reason_and_no_measures() -> None:
    table = scorer().table(PIECES_GIVEN)
    reasons = ["b.txt: not UTF-8: byte 0x80 at 2", "it shouts", "text: no Unicode text: lone surrogate U+D800 at 13"]
    assert table["reason"].to_pylist() == [None, *reasons, None]
    assert table["words"].to_pylist() == [6, None, None, None, 0]


def test_row_holds_what_is_measured(tiny_miner: ArgumentMiner) -> None:
    text = tiny.prose(6)
    (row,) = Scorer(tiny_miner).table([Piece("p", text)]).to_pylist()
    assert measure(tiny_miner.mine(text)).model_dump(mode="json").items() <= row.items()
    assert (row["id"], row["revision"], row["backend"]) == ("p", tiny_miner.revision, "onnx")


def test_row_holds_its_graph_on_request(tiny_miner: ArgumentMiner) -> None:
    (row,) = Scorer(tiny_miner, graphs=True).table([Piece("p", tiny.prose(6))]).to_pylist()
    graph = ArgumentGraph.model_validate_json(row["graph"])
    assert (graph.id, graph.components) == ("p", tiny_miner.mine(tiny.prose(6)).components)
    assert "graph" not in Scorer(tiny_miner).schema.names


def test_id_that_utf8_cannot_hold_is_escaped() -> None:
    (row,) = scorer(graphs=True).table([Piece("caf\udce9.txt", "Keep it.")]).to_pylist()
    assert (row["id"], row["status"]) == ("caf\\udce9.txt", "ok")


def test_table_of_no_pieces_has_the_schema() -> None:
    table = scorer().table([])
    assert (table.num_rows, table.schema) == (0, scorer().schema)


def test_schema_says_what_each_column_means_and_what_made_it() -> None:
    schema = scorer().schema
    told = json.loads(schema.metadata[METADATA])
    assert [entry["name"] for entry in told["columns"]] == schema.names == [column.name for column in columns()]
    assert all(schema.field(name).metadata[b"description"] for name in schema.names)
    assert told["model"] == LineMiner.info.model_dump()
    assert {"argmine", "numpy", "pyarrow"} <= told["versions"].keys()


def test_identity_tells_models_apart() -> None:
    other = LineMiner()
    other.info = LineMiner.info.model_copy(update={"revision": "2"})
    assert Scorer(other).identity != scorer().identity == scorer().identity


def test_pieces_travel_as_a_table() -> None:
    pieces = [Piece("a", "Keep them."), Piece("b", reason="gone"), Piece("c", "")]
    table = pieces_table(pieces)
    assert table.schema == PIECES
    assert list(table_pieces(table.append_column("more", pa.array([1, 2, 3])))) == pieces


@pytest.mark.parametrize("given", [{}, {"text": "a", "reason": "b"}])
def test_piece_has_a_text_or_a_reason(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="piece 'a' needs a text or a reason"):
        Piece("a", **given)


def test_settings_load_the_same_scorer_after_a_journey(tiny_model: object, tiny_miner: ArgumentMiner) -> None:
    settings = ScorerSettings(model=str(tiny_model), threads=1, graphs=True)
    loaded = pickle.loads(pickle.dumps(settings)).load()  # noqa: S301 - our own bytes
    assert loaded.identity == Scorer(tiny_miner).identity
    assert "graph" in loaded.schema.names


def test_engine_gives_a_table_a_part_and_tells_of_rows() -> None:
    heard: list[object] = []
    engine = LocalEngine(scorer(), lambda row: heard.append(row["id"]))
    tables = engine.tables([PIECES_GIVEN[:2], PIECES_GIVEN[2:]])
    assert next(tables)["id"].to_pylist() == ["a", "b"]
    assert heard == ["a", "b"]
    assert [table.num_rows for table in tables] == [3]


class LengthRater:
    """Rates an argument by the words of its root; a root of one word has no rating."""

    revision = "r1"

    def ratings(self, graph: ArgumentGraph) -> tuple[Rating | None, ...]:
        words = [len(tree.statements[0].text.split()) for tree in graph.trees]
        return tuple(Rating(score=n, beyond_length=0.5) if n > 1 else None for n in words)


def test_roots_are_rated_in_the_order_of_trees() -> None:
    rated = Scorer(LineMiner(), rater=LengthRater())
    table = rated.table([Piece("a", "Keep the trams.\nWhy?\nThey pay."), Piece("b", ""), Piece("c", "No!")])
    assert table["convincingness"].to_pylist() == [[3.0, None, 2.0], [], None]
    assert table["convincingness_beyond_length"].to_pylist() == [[0.5, None, 0.5], [], None]
    assert (rated.identity.convincingness, scorer().identity.convincingness) == ("r1", None)
    assert scorer().table(PIECES_GIVEN)["convincingness"].null_count == len(PIECES_GIVEN)


def test_model_without_ratings_beside_it_has_no_rater(tiny_miner: ArgumentMiner) -> None:
    assert rater_of(tiny_miner) is None


def test_a_scheme_is_read(tiny_base: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    config = tiny.config().model_copy(update={"others": (tiny.scheme("threads"),)})
    write_package(folder, tiny.network(tiny_base, schemes=("threads",)), config, tiny.encoder())
    loaded = ScorerSettings(model=str(folder), scheme="threads", threads=1).load()
    (row,) = loaded.table([Piece("p", tiny.prose(6))]).to_pylist()
    expected = ArgumentMiner.load(folder, threads=1, scheme="threads").mine(tiny.prose(6))
    assert row["model"] == "tiny/threads"
    assert row["components"] == len(expected.components)
