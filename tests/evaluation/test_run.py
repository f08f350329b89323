"""`evaluate`: miners, functions and graphs against a corpus, and what is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import argmine
from argmine.corpora.corpus import Corpus
from argmine.corpora.fingerprints import TrainingDigests
from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.evaluation.context import plain_context
from argmine.evaluation.evaluated import Evaluation
from argmine.evaluation.official import Part
from argmine.evaluation.protocols import default_protocol, find_protocol, protocol_names
from argmine.evaluation.run import Task, evaluate, read_task, score_miner
from argmine.graph import ArgumentGraph, Component, ModelInfo
from argmine.model_folder import DIGESTS
from tests.evaluation.small import CORPUS, GOLD, INFO, TEXTS, gold, without_claims

KNOWN = {text: name for name, text in TEXTS.items()}
UNKNOWN = "whether the model saw the documents in training is not known"


def perfect(text: str) -> ArgumentGraph:
    graph = gold(KNOWN[text])
    return ArgumentGraph.build(Document(id="document", text=text), graph.components, graph.relations)


@dataclass(frozen=True)
class MadeUpMiner:
    """Knows the answers, and remembers what it was given where components were."""

    folder: Path | None = None
    info: ModelInfo = INFO

    def mine(self, text: Document, /) -> ArgumentGraph:
        return perfect(text.text)

    def mine_components(self, graph: ArgumentGraph) -> ArgumentGraph:
        assert {c.type for c in graph.components} == {"claim"}
        assert graph.relations == ()
        assert all(c.label is None and c.id == f"c{n}" for n, c in enumerate(graph.components, 1))
        return perfect(graph.text)


def points(evaluation: Evaluation) -> dict[str, float]:
    return {name: round(100 * score, 1) for name, score in evaluation.scores().items()}


def test_graphs_are_scored_in_any_order() -> None:
    found = argmine.evaluate([GOLD[1], without_claims(GOLD[0])], CORPUS, protocol="overlap")
    assert (found.corpus, found.split, found.protocol.name, found.documents) == (
        "made-up",
        "test",
        "overlap",
        ("trams", "buses"),
    )
    assert points(found) == {"spans_50": 88.9, "conclusions_50": 85.7, "premises_50": 100.0, "links_50": 50.0}
    assert found.gold_items() == {"spans_50": 5, "conclusions_50": 4, "premises_50": 1, "links_50": 3}
    assert found.predicted_items() == {"spans_50": 4, "conclusions_50": 3, "premises_50": 1, "links_50": 1}
    assert found.system == "predictions"


def test_counts_are_those_of_each_document() -> None:
    found = evaluate([without_claims(GOLD[0]), GOLD[1]], CORPUS, protocol="overlap")
    assert found.counts.tolist() == [[2, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 2], [2, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0]]
    resampled = found.protocol.scores(found.counts[np.array([[0, 0], [1, 1]])].sum(axis=1))
    assert resampled["spans_50"].tolist() == [0.8, 1.0]


def test_a_function_is_a_miner() -> None:
    found = evaluate(perfect, CORPUS, protocol="exact-spans")
    assert set(found.scores().values()) == {1.0}
    assert found.system == "perfect"
    assert [graph.id for graph in found.predicted] == ["trams", "buses"]
    assert found.notes == ("test is no published split", UNKNOWN)


def test_an_object_that_mines_is_a_miner() -> None:
    found = evaluate(MadeUpMiner(), CORPUS, split="all")
    assert found.protocol.name == "overlap"
    assert set(found.scores().values()) == {1.0}
    assert found.system == "made-up 0123456789ab (none, fp32)"


def test_the_default_model_is_scored() -> None:
    miner = argmine.load(threads=1, scheme="essays")
    found = evaluate(miner, CORPUS)
    assert found.predicted == tuple(miner.mine(graph.document) for graph in CORPUS.split("test"))
    assert found.system == f"default {miner.revision} (onnx, fp32)"
    assert found.notes == ("test is no published split",)


def test_many_documents_are_mined_at_once_where_that_can_be() -> None:
    class Batch(MadeUpMiner):
        def mine_many(self, documents: Iterator[Document]) -> Iterator[ArgumentGraph]:
            return (perfect(document.text) for document in documents)

        def mine(self, text: Document, /) -> ArgumentGraph:
            raise AssertionError(text)

    assert set(evaluate(Batch(), CORPUS).scores().values()) == {1.0}


def test_given_components_tell_nothing_but_their_places() -> None:
    found = evaluate(MadeUpMiner(), CORPUS, protocol="gold-segments")
    assert set(found.scores().values()) == {1.0}


def test_a_graph_that_cannot_be_scored_ends_the_mining() -> None:
    """Own labels are missing: the first document tells, the second is not mined."""
    labelled = [g.model_copy(update={"components": tuple(_labelled(c) for c in g.components)}) for g in GOLD]
    corpus = Corpus("cdcp", tuple(labelled), "own", {"mine": ("trams", "buses")})
    mined: list[str] = []

    class Counting(MadeUpMiner):
        def mine_components(self, graph: ArgumentGraph) -> ArgumentGraph:
            mined.append(graph.id)
            return perfect(graph.text)

    task = Task("cdcp", "mine", find_protocol("cdcp"), corpus.split("mine"), (plain_context(GOLD[0]),) * 2)
    with pytest.raises(EvaluationError, match="trams: c1 has no label, scored are fact, policy"):
        score_miner(Counting(), task)
    assert mined == ["trams"]


def _labelled(component: Component) -> Component:
    return component.model_copy(update={"label": "value"})


def test_a_function_cannot_mine_given_components() -> None:
    with pytest.raises(EvaluationError, match="gold-segments gives the components, and perfect has no mine_components"):
        evaluate(perfect, CORPUS, protocol="gold-segments")


def test_a_miner_that_gives_no_graph_is_refused() -> None:
    with pytest.raises(EvaluationError, match="trams: the miner gave str, not ArgumentGraph"):
        evaluate(str.upper, CORPUS)  # type: ignore[arg-type]


def test_a_miner_that_changes_the_text_is_refused() -> None:
    with pytest.raises(EvaluationError, match="the text of trams differs at character 3: expected 'p the"):
        evaluate(lambda text: ArgumentGraph(id="d", text=text[:3]), CORPUS)


def test_predictions_that_do_not_fit_are_refused() -> None:
    with pytest.raises(EvaluationError, match="1 of 2 documents of made-up test are not predicted, first trams"):
        evaluate([GOLD[1]], CORPUS)
    with pytest.raises(EvaluationError, match="document bikes is not in made-up test, whose first document is trams"):
        evaluate(GOLD, CORPUS)


def test_a_changed_corpus_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    part = Part.of(CORPUS.split("test"))
    monkeypatch.setattr("argmine.evaluation.official.official_parts", lambda: {"made-up": {"test": part}})
    assert evaluate(perfect, CORPUS).notes == (UNKNOWN,)
    changed = Corpus("made-up", (without_claims(GOLD[0]), *GOLD[1:]), "own", CORPUS.splits)
    with pytest.raises(EvaluationError, match="made-up test is not as published: it has 4 components, not 5"):
        evaluate(perfect, changed)


def trained_on(folder: Path, *names: str) -> MadeUpMiner:
    digests = TrainingDigests.of([TEXTS[name] for name in names], [])
    (folder / DIGESTS).write_text(digests.model_dump_json())
    return MadeUpMiner(folder)


def test_training_documents_are_refused_before_anything_is_mined(tmp_path: Path) -> None:
    class Lazy(MadeUpMiner):
        def mine(self, text: Document, /) -> ArgumentGraph:
            raise AssertionError(text)

    with pytest.raises(EvaluationError, match=r"trained on 1 of the 2 documents \(first buses\): refused"):
        evaluate(Lazy(trained_on(tmp_path, "buses", "bikes").folder), CORPUS)


def test_training_documents_are_scored_when_allowed_and_told(tmp_path: Path) -> None:
    found = evaluate(trained_on(tmp_path, "buses"), CORPUS, allow_training_documents=True)
    assert found.notes[1:] == ("the model was trained on 1 of the 2 documents (first buses)",)


def test_other_documents_than_the_training_ones_need_no_note(tmp_path: Path) -> None:
    assert evaluate(trained_on(tmp_path, "bikes"), CORPUS).notes == ("test is no published split",)


def test_a_model_of_unknown_origin_has_a_note(tmp_path: Path) -> None:
    (tmp_path / DIGESTS).write_text(TrainingDigests.of([], []).after(None).model_dump_json())
    assert evaluate(MadeUpMiner(tmp_path), CORPUS).notes[1:] == (UNKNOWN,)


def test_a_corpus_is_read_by_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def read(name: str, folder: Path) -> Corpus:
        assert (name, folder) == ("made-up", tmp_path / "made-up")
        return CORPUS

    monkeypatch.setattr("argmine.evaluation.run.read_corpus", read)
    assert len(evaluate(perfect, "made-up", corpora=tmp_path).gold) == 2
    monkeypatch.setenv("ARGMINE_CORPORA", str(tmp_path))
    assert len(evaluate(perfect, "made-up").gold) == 2


def test_the_folder_of_the_corpora_must_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARGMINE_CORPORA", raising=False)
    with pytest.raises(EvaluationError, match="tell the folder of the corpora: corpora=, --corpora or the variable"):
        evaluate(perfect, "aae2")


def test_unknown_names_are_value_errors(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown protocol 'best'; known are acl2017-essay"):
        evaluate(perfect, CORPUS, protocol="best")
    with pytest.raises(ValueError, match="made-up has no split 'dev'; its splits: test, train"):
        evaluate(perfect, CORPUS, split="dev")
    with pytest.raises(ValueError, match="unknown corpus 'nothing'; known are aae2"):
        evaluate(perfect, "nothing", corpora=tmp_path)


def test_a_protocol_of_own_labels_fits_no_other_corpus() -> None:
    with pytest.raises(EvaluationError, match="the protocol cdcp reads the labels of cdcp, not made-up"):
        evaluate(perfect, CORPUS, protocol="cdcp")


def test_other_predictions_are_counted_anew() -> None:
    found = evaluate([without_claims(GOLD[0]), GOLD[1]], CORPUS, protocol="overlap")
    again = found.with_predicted(found.gold)
    assert set(again.scores().values()) == {1.0}
    with pytest.raises(EvaluationError, match="2 documents are to be scored, there are 1 predictions"):
        found.with_predicted(found.gold[:1])


@pytest.mark.parametrize(
    ("corpus", "protocol"),
    [
        ("aae2", "acl2017-essay"),
        ("aae2-conll", "acl2017-essay"),
        ("cdcp", "cdcp"),
        ("abstrct", "abstrct"),
        ("persuade1", "persuade"),
        ("microtexts-part2", "microtexts"),
        ("cmv-modes", "overlap"),
    ],
)
def test_each_corpus_has_its_protocol(corpus: str, protocol: str) -> None:
    assert default_protocol(corpus).name == protocol
    assert find_protocol(protocol).fits(corpus)


@pytest.mark.parametrize("name", protocol_names())
def test_columns_are_as_many_as_a_row_counts(name: str) -> None:
    protocol = find_protocol(name)
    zeros = np.zeros(len(protocol.columns), np.int64)
    assert set(protocol.scores(zeros)) == {tally.name for tally in protocol.tallies}
    assert {float(score) for score in protocol.scores(zeros).values()} == {0.0}
    assert sum(part.stop - part.start for _, part in protocol.parts()) == len(protocol.columns)


@pytest.mark.parametrize(
    ("corpus", "split", "protocol", "items"),
    [
        ("aae2", "test", "acl2017-essay", {"c_f1_100": 1266, "r_f1_100": 1266, "last_major_claim": 80}),
        ("aae2", "test", "acl2017-paragraph", {"r_f1_100": 1266}),
        ("aae2", "test", "gold-segments", {"types": 1266, "links": 4922, "stance": 1113}),
        ("aae2", "test", "bio", {"bio": 29537, "exact_spans": 1266}),
        ("aae2", "test", "exact-spans", {"spans": 1266, "links": 809}),
        ("cdcp", "test", "cdcp", {"components": 973, "links": 272}),
        ("abstrct", "neoplasm-test", "abstrct", {"components": 686}),
        ("abstrct", "glaucoma-test", "abstrct-tokens", {}),
        ("microtexts-part1", "all", "microtexts", {"cc": 576, "ro": 576}),
        ("cmv-modes", "all", "sentences", {}),
        ("ets-school-essays", "tenth-3", "overlap", {}),
    ],
)
def test_gold_scores_itself_and_has_the_published_items(
    corpora: Path, corpus: str, split: str, protocol: str, items: dict[str, int]
) -> None:
    task = read_task(corpus, protocol=protocol, split=split, corpora=corpora)
    found = task.evaluation(task.gold, "gold")
    assert set(found.scores().values()) == {1.0}
    assert items.items() <= found.gold_items().items()
    assert found.gold_items() == found.predicted_items()
