"""Graphs as rows of the `datasets` library, and back, without loss: in memory, saved to disk, as Parquet.

A column is a field of `ArgumentGraph`; keys that follow from others are left out. `meta`, whose form is free, is JSON
in a string.
"""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from argmine.errors import FormatError, faults
from argmine.graph import ArgumentGraph

if TYPE_CHECKING:
    from datasets import Dataset, DatasetDict, Features

META = "meta"


def graph_features() -> "Features":
    """The columns and their types."""
    from datasets import Features, List, Value

    text, number, share = Value("string"), Value("int64"), Value("float64")
    typed = {"id": text, "type": text, "label": text, "probability": share}
    alternatives = List({"target": text, "probability": share})
    return Features(
        {
            "version": number,
            "id": text,
            "text": text,
            "read": share,
            "components": List({**typed, "start": number, "end": number, "text": text}),
            "relations": List({**typed, "source": text, "target": text, "alternatives": alternatives}),
            "warnings": List(text),
            "model": {"name": text, "revision": text, "backend": text, "precision": text},
            META: text,
        }
    )


def dataset_from_graphs(graphs: Iterable[ArgumentGraph], *, licence: str = "") -> "Dataset":
    """Gold or mined graphs, a row each, in their order; `licence` stands in the dataset's info."""
    from datasets import Dataset, DatasetInfo

    rows = [_row(graph) for graph in graphs]
    form = graph_features()
    columns = {name: [row[name] for row in rows] for name in form}  # from_list knows no columns where there is no row
    return Dataset.from_dict(columns, features=form, info=DatasetInfo(license=licence, features=form))


def graphs_from_dataset(dataset: "DatasetDict | Dataset") -> tuple[ArgumentGraph, ...]:
    """The graphs of what `dataset_from_graphs` or `Corpus.to_dataset` made, each once, in the order of their first row.

    Raises:
        FormatError: a column is missing or unknown, a row is no valid graph, or two rows of one id differ; it names the
            row, from 0, and its id.
    """
    parts = dataset.items() if isinstance(dataset, dict) else [("", dataset)]
    graphs: dict[str, ArgumentGraph] = {}
    for name, part in parts:
        place = f"split {name}" if name else "dataset"
        _check_columns(part.column_names, place)
        for number, row in enumerate(part):
            graph = _graph(row, f"{place}, row {number}")
            if graphs.setdefault(graph.id, graph) != graph:
                raise FormatError(f"{place}, row {number}: {graph.id} is not the same graph as in a row before")
    return tuple(graphs.values())


def _check_columns(found: Iterable[str], place: str) -> None:
    wanted, there = set(graph_features()), set(found)
    if missing := sorted(wanted - there):
        raise FormatError(f"{place}: no column {', '.join(missing)}; a dataset of argument graphs was expected")
    if unknown := sorted(there - wanted):
        raise FormatError(f"{place}: unknown column {', '.join(unknown)}")


def _row(graph: ArgumentGraph) -> dict[str, Any]:
    row = graph.model_dump(mode="json", exclude={"roots": True, "components": {"__all__": {"role"}}})
    return {**row, META: json.dumps(graph.meta, ensure_ascii=False)}


def _graph(row: Mapping[str, Any], place: str) -> ArgumentGraph:
    # A missing struct comes back as one of nulls alone.
    model = None if row["model"] is None or row["model"]["name"] is None else row["model"]
    try:
        return ArgumentGraph.model_validate({**row, "model": model, META: json.loads(row[META])})
    except ValidationError as error:
        raise FormatError(f"{place}: {row['id']}: {faults(error)}") from error
    except (json.JSONDecodeError, TypeError) as error:
        raise FormatError(f"{place}: {row['id']}: {META} is no JSON: {error}") from error
