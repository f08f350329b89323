import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from datasets import Dataset, DatasetDict, load_from_disk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmine.corpora import OURS, corpus_names, dataset_from_graphs, graphs_from_dataset, read_corpus
from argmine.corpora.rows import graph_features
from argmine.errors import FormatError
from argmine.graph import ArgumentGraph
from tests.graphs import mined_graph, tram_graph
from tests.made_up_graphs import graphs

FEW = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
# Without a row, `datasets` itself can neither load what it saved nor read its Parquet back.
LISTS = st.lists(graphs(), min_size=1, max_size=4, unique_by=lambda graph: graph.id)


def through_memory(dataset: Dataset, folder: Path) -> Dataset:  # noqa: ARG001 (the others need it)
    return dataset


def through_disk(dataset: Dataset, folder: Path) -> Dataset:
    dataset.save_to_disk(folder / "saved")
    return load_from_disk(folder / "saved")


def through_parquet(dataset: Dataset, folder: Path) -> Dataset:
    dataset.to_parquet(folder / "rows.parquet")
    return Dataset.from_parquet(str(folder / "rows.parquet"), cache_dir=folder / "cache")


def through_plain_parquet(dataset: Dataset, folder: Path) -> Dataset:
    """As another library hands it on: without what `datasets` notes of its features in the file."""
    dataset.to_parquet(folder / "rows.parquet")
    table = pq.read_table(folder / "rows.parquet")
    return Dataset(table.replace_schema_metadata(None))


WAYS = [through_memory, through_disk, through_parquet, through_plain_parquet]


@pytest.mark.parametrize("way", WAYS)
@FEW
@given(made=LISTS)
def test_graphs_come_back_equal(way: Any, made: list[ArgumentGraph], tmp_path_factory: pytest.TempPathFactory) -> None:
    dataset = way(dataset_from_graphs(made), tmp_path_factory.mktemp("way"))
    assert graphs_from_dataset(dataset) == tuple(made)


def test_no_graphs_make_a_dataset_of_the_same_columns() -> None:
    dataset = dataset_from_graphs([])
    assert dataset.features == graph_features()
    assert graphs_from_dataset(dataset) == ()


@pytest.mark.parametrize("way", WAYS[1:3])
def test_features_and_licence_are_kept(way: Any, tmp_path: Path) -> None:
    dataset = way(dataset_from_graphs([tram_graph()], licence="CC0"), tmp_path)
    assert dataset.features == graph_features()
    assert dataset_from_graphs([], licence="CC0").info.license == "CC0"


def test_features_name_every_field_of_a_graph() -> None:
    fields, derived = set(ArgumentGraph.model_fields), set(ArgumentGraph.derived)
    assert set(graph_features()) == fields - derived


def test_meta_is_json_in_a_string() -> None:
    (row,) = dataset_from_graphs([mined_graph()])
    assert json.loads(row["meta"]) == mined_graph().meta


def test_a_graph_of_several_splits_comes_back_once() -> None:
    both = DatasetDict(a=dataset_from_graphs([tram_graph(), mined_graph()]), b=dataset_from_graphs([tram_graph()]))
    assert graphs_from_dataset(both) == (tram_graph(), mined_graph())


def test_two_graphs_of_one_id_are_refused() -> None:
    other = tram_graph().without_relations()
    both = DatasetDict(a=dataset_from_graphs([tram_graph()]), b=dataset_from_graphs([mined_graph(), other]))
    with pytest.raises(FormatError, match="split b, row 1: trams is not the same graph as in a row before"):
        graphs_from_dataset(both)


def test_a_dataset_of_something_else_is_refused() -> None:
    with pytest.raises(FormatError, match="dataset: no column components, meta, model, read, relations, version"):
        graphs_from_dataset(Dataset.from_dict({"id": ["a"], "text": ["b"], "warnings": [[]]}))
    with pytest.raises(FormatError, match="dataset: unknown column score"):
        graphs_from_dataset(dataset_from_graphs([tram_graph()]).add_column("score", [0.5]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": "Keep"}, "dataset, row 0: trams: component c1 ends at 14, text has 4 characters"),
        ({"meta": "{"}, "dataset, row 0: trams: meta is no JSON: Expecting property name"),
        ({"meta": None}, "dataset, row 0: trams: meta is no JSON: the JSON object must be str"),
        ({"meta": "[]"}, "dataset, row 0: trams: meta: Input should be a valid dictionary"),
        ({"components": None}, "dataset, row 0: trams: components: Input should be a valid tuple"),
    ],
)
def test_a_broken_row_is_named(change: dict[str, Any], message: str) -> None:
    (row,) = dataset_from_graphs([tram_graph()])
    broken = Dataset.from_list([{**row, **change}], features=graph_features())
    with pytest.raises(FormatError, match=message):
        graphs_from_dataset(broken)


@pytest.mark.corpus
@pytest.mark.parametrize("name", corpus_names())
def test_every_corpus_comes_back_equal_from_disk_and_then_parquet(name: str, corpora: Path, tmp_path: Path) -> None:
    if name not in OURS and not (corpora / name).is_dir():
        pytest.skip(f"no {name} in the corpora")
    corpus = read_corpus(name, corpora / name)
    parts = corpus.to_dataset().items()
    kept = {key: through_parquet(through_disk(part, tmp_path / key), tmp_path / key) for key, part in parts}
    assert {g.id: g for g in graphs_from_dataset(DatasetDict(kept))} == {g.id: g for g in corpus.graphs}
