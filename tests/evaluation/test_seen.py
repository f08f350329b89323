"""Documents that a model saw in training, found by the digests in its folder."""

from pathlib import Path

import pytest

from argmine.corpora.fingerprints import TrainingDigests
from argmine.document import Document
from argmine.errors import EvaluationError, ModelError
from argmine.evaluation.seen import Seen, folder_of, refuse_seen, seen_documents
from argmine.graph import ArgumentGraph, ModelInfo
from argmine.model_folder import DIGESTS, find_model, revision
from tests.evaluation.small import GOLD, INFO, TEXTS


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model's folder, trained on the trams and selected on the buses."""
    digests = TrainingDigests.of([TEXTS["trams"]], [TEXTS["buses"]])
    (tmp_path / DIGESTS).write_text(digests.model_dump_json())
    return tmp_path


def mined_by(model: ModelInfo | None, text: str) -> ArgumentGraph:
    return ArgumentGraph.build(Document(id="d", text=text), []).model_copy(update={"model": model})


def test_seen_documents_are_told_apart(model: Path) -> None:
    seen = seen_documents(model, GOLD)
    assert seen == Seen(3, ("trams",), ("buses",))
    assert str(seen) == (
        "the model was trained on 1 of the 3 documents (first trams) and selected on 1 of the 3 documents (first buses)"
    )


def test_a_document_is_seen_with_other_spaces_and_id(model: Path) -> None:
    spaced = ArgumentGraph.build(Document(id="essay001", text=" ".join(TEXTS["trams"].upper().split())), [])
    assert seen_documents(model, [spaced]) == Seen(1, ("essay001",), ())


def test_a_document_of_both_counts_as_trained_on(tmp_path: Path) -> None:
    (tmp_path / DIGESTS).write_text(TrainingDigests.of(TEXTS.values(), TEXTS.values()).model_dump_json())
    assert seen_documents(tmp_path, GOLD) == Seen(3, tuple(TEXTS), ())


def test_unseen_documents_pass(model: Path) -> None:
    seen = seen_documents(model, GOLD[2:])
    assert seen is not None
    assert not seen
    assert str(seen) == "the model saw none of the documents in training"
    refuse_seen(seen, allow=False)


def test_seen_documents_are_refused_unless_allowed(model: Path) -> None:
    seen = seen_documents(model, GOLD)
    assert seen is not None
    with pytest.raises(EvaluationError, match=r"trained on 1 of the 3 .*: refused without --allow-training-documents"):
        refuse_seen(seen, allow=False)
    refuse_seen(seen, allow=True)


def test_a_folder_without_digests_tells_nothing(tmp_path: Path) -> None:
    assert seen_documents(tmp_path, GOLD) is None


def test_a_model_that_started_from_an_unknown_one_may_have_seen_more(model: Path) -> None:
    digests = TrainingDigests.of([TEXTS["trams"]], []).after(None)
    (model / DIGESTS).write_text(digests.model_dump_json())
    assert seen_documents(model, GOLD) == Seen(3, ("trams",), (), complete=False)


def test_broken_digests_are_an_error(model: Path) -> None:
    (model / DIGESTS).write_text('{"train": 3}')
    with pytest.raises(ModelError, match=r"training-digests\.json: train: Input should be"):
        seen_documents(model, GOLD)


def test_graphs_lead_to_the_packaged_model_that_made_them() -> None:
    folder = find_model("default")
    info = ModelInfo(name="default", revision=revision(folder), backend="onnx", precision="fp32")
    assert folder_of([mined_by(info, "one"), mined_by(info, "two")]) == folder
    assert folder_of([mined_by(info, "one"), mined_by(None, "two")]) is None
    assert folder_of([mined_by(info.model_copy(update={"revision": "0" * 12}), "one")]) is None
    assert folder_of([mined_by(INFO, "one")]) is None
    assert folder_of([]) is None


def test_the_default_model_saw_no_test_essay_and_every_training_essay(corpora: Path) -> None:
    from argmine.corpora import read_corpus

    folder = find_model("default")
    for corpus in ("aae2", "aae2-conll"):
        read = read_corpus(corpus, corpora / corpus)
        assert seen_documents(folder, read.split("test")) == Seen(80, (), ())
        dev = seen_documents(folder, read.split("dev"))
        assert dev is not None
        assert len(dev.development) == 36
        train = seen_documents(folder, read.split("train-less-dev" if corpus == "aae2" else "train"))
        assert train is not None
        assert (len(train.train), train.documents) == (281, 286)
