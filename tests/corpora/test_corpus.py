import json
import subprocess
import sys

import pytest

from argmine.corpora import Corpus, Repair, RepairRule, corpus_names, graphs_from_dataset, read_corpus
from argmine.document import Document
from argmine.errors import CorpusError
from argmine.graph import Alternative, ArgumentGraph, Component, ComponentType, ModelInfo, Relation, RelationType

TEXT = "Trams are quiet. Keep them."


def gold(name: str) -> ArgumentGraph:
    parts = [("a", "premise", 0, 15), ("b", "major_claim", 17, 26)]
    return ArgumentGraph.build(Document(id=name, text=TEXT), parts, [("a", "b", "support")], meta={"n": [1, None]})


def predicted(name: str) -> ArgumentGraph:
    premise = Component(id="a", type=ComponentType.PREMISE, label="P", start=0, end=15, text=TEXT[:15], probability=0.9)
    claim = Component(id="b", type=ComponentType.CLAIM, start=17, end=26, text=TEXT[17:26], probability=0.25)
    runners_up = (Alternative(target=None, probability=0.125),)
    link = Relation(
        id="r", source="a", target="b", type=RelationType.ATTACK, label="x", probability=0.5, alternatives=runners_up
    )
    model = ModelInfo(name="m", revision="1", backend="onnx", precision="fp32")
    parts = {"components": (premise, claim), "relations": (link,), "warnings": ("short",), "model": model}
    return ArgumentGraph.model_validate({"id": name, "text": TEXT, "read": 1.0, **parts})


def small(splits: dict[str, tuple[str, ...]] | None = None) -> Corpus:
    empty = ArgumentGraph(id="three", text="")
    repairs = (Repair(RepairRule.SELF_RELATION, "one", "r1"),) * 2
    return Corpus("small", (gold("one"), predicted("two"), empty), "none", splits or {}, repairs)


def test_split_gives_its_graphs_in_order() -> None:
    assert [g.id for g in small({"train": ("two", "one")}).split("train")] == ["two", "one"]


def test_split_names_the_allowed_ones() -> None:
    with pytest.raises(ValueError, match="small has no split 'dev'; its splits: train, test"):
        small({"train": ("one",), "test": ("two",)}).split("dev")


def test_graph_is_found_by_id() -> None:
    assert small().graph("two").id == "two"


def test_counts_are_by_type_and_label() -> None:
    counts = small().counts()
    assert counts.documents == 3
    assert counts.components == {"premise": 2, "major_claim": 1, "claim": 1}
    assert counts.relations == {"support": 1, "attack": 1}
    assert counts.component_labels == {"P": 1}
    assert counts.relation_labels == {"x": 1}
    assert (counts.all_components, counts.all_relations) == (4, 2)


def test_repairs_are_counted_by_rule() -> None:
    assert small().repair_counts() == {RepairRule.SELF_RELATION: 2}


def test_two_documents_of_one_id_are_refused() -> None:
    with pytest.raises(CorpusError, match="small: 2 documents have the id one"):
        Corpus("small", (gold("one"), gold("one")), "none")


def test_a_split_of_unknown_documents_is_refused() -> None:
    with pytest.raises(CorpusError, match="small: split dev names four, which is not there"):
        small({"dev": ("four",)})


def test_dataset_loses_nothing() -> None:
    corpus = small()
    dataset = corpus.to_dataset()
    assert list(dataset) == ["all"]
    assert graphs_from_dataset(dataset) == corpus.graphs
    assert graphs_from_dataset(dataset["all"]) == corpus.graphs


def test_dataset_has_a_key_a_split_and_the_rest() -> None:
    dataset = small({"train": ("two", "one"), "dev": ("one",)}).to_dataset()
    assert {name: part["id"][:] for name, part in dataset.items()} == {
        "train": ["two", "one"],
        "dev": ["one"],
        "rest": ["three"],
    }
    assert {g.id for g in graphs_from_dataset(dataset)} == {"one", "two", "three"}


def test_dataset_has_the_same_columns_where_all_lists_are_empty() -> None:
    dataset = small({"train": ("one",), "rest-of-it": ("three",)}).to_dataset()
    assert dataset["train"].features == dataset["rest-of-it"].features
    assert json.loads(dataset["train"][0]["meta"]) == {"n": [1, None]}


def test_a_split_called_rest_is_refused_where_documents_are_in_none() -> None:
    with pytest.raises(ValueError, match="small: a split is called rest"):
        small({"rest": ("one",)}).to_dataset()


def test_read_corpus_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="unknown corpus 'aae3'; known are aae2, aae2-conll, abstrct"):
        read_corpus("aae3", "anywhere")


def test_corpora_import_no_heavy_library() -> None:
    modules = sorted({name.partition("-part")[0].replace("-", "_") for name in corpus_names()})
    imports = "; ".join(f"import argmine.corpora.{name}" for name in modules)
    heavy = "{'torch', 'transformers', 'datasets'} & set(sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", f"import sys; {imports}; print({heavy})"], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "set()"
