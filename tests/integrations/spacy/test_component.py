"""The spaCy component: graphs on Docs, spans of whole tokens, pipelines that are saved, errors that are handed on."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from argmine.document import Document
from argmine.errors import FormatError, ModelError
from argmine.graph import ArgumentGraph
from argmine.integrations.spacy import ArgmineComponent, component_spans, set_arguments
from argmine.integrations.spacy.marks import KEPT
from argmine.miner import ArgumentMiner
from tests import tiny

TEXTS = [tiny.prose(5), "", tiny.prose(3), tiny.prose(4)]


@pytest.fixture(scope="module")
def nlp(tiny_model: Path) -> Language:
    made = spacy.blank("en")
    made.add_pipe("argmine", config={"model": str(tiny_model), "threads": 1})
    return made


@pytest.fixture
def component(nlp: Language) -> ArgmineComponent:
    found = nlp.get_pipe("argmine")
    assert isinstance(found, ArgmineComponent)
    return found


def mined(miner: ArgumentMiner, text: str) -> ArgumentGraph:
    return miner.mine(Document(id="document", text=text))


def graphs(docs: list[Doc]) -> list[ArgumentGraph]:
    return [doc._.arguments for doc in docs]


def test_a_doc_has_the_graph_of_its_text(nlp: Language, tiny_miner: ArgumentMiner) -> None:
    doc = nlp(TEXTS[0])
    assert len(doc._.arguments.components) > 2
    assert doc._.arguments == mined(tiny_miner, TEXTS[0])
    assert all(doc.text[c.start : c.end] == c.text for c in doc._.arguments.components)


def test_a_stream_gives_what_single_docs_give(nlp: Language) -> None:
    assert graphs(list(nlp.pipe(TEXTS, batch_size=3))) == graphs([nlp(text) for text in TEXTS])


def test_a_doc_that_the_component_has_not_seen_has_none() -> None:
    assert spacy.blank("en")("Trams are quiet.")._.arguments is None


def test_spans_are_the_components_by_type_and_id(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    found = [(span.label_, span.id_, span.text) for span in doc.spans["argmine"]]
    assert found == [(c.type.value, c.id, c.text) for c in doc._.arguments.components]


def test_displacy_draws_the_spans_in_their_colours(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    page = displacy.render(doc, style="span", options={"spans_key": "argmine"}, jupyter=False)
    labels = {span.label_ for span in doc.spans["argmine"]}
    assert labels
    for label, colour in {"major_claim": "#f4b942", "claim": "#9fd8cb", "premise": "#c9d7f8"}.items():
        assert (label in page and colour in page) == (label in labels)


def test_a_component_inside_tokens_is_marked_by_the_whole_tokens() -> None:
    """`and/or` is one token: both components touch it, and so do both spans; the graph stays exact."""
    text = "Keep trams/buses running."
    doc = Doc(spacy.blank("en").vocab, ["Keep", "trams/buses", "running", "."], spaces=[True, True, False, False])
    assert doc.text == text
    given = [("c1", "claim", 0, 10), ("c2", "premise", 11, 24)]
    graph = ArgumentGraph.build(Document(id="d", text=text), given)
    spans = component_spans(doc, graph, "argmine")
    assert [span.text for span in spans] == ["Keep trams/buses", "trams/buses running"]
    assert spans.has_overlap
    set_arguments(doc, graph)
    assert [c.text for c in doc._.arguments.components] == ["Keep trams", "buses running"]


def test_a_graph_survives_bytes_and_docbin(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    (binned,) = DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)
    for other in (again, binned):
        assert other._.arguments == doc._.arguments
        assert [span.id_ for span in other.spans["argmine"]] == [span.id_ for span in doc.spans["argmine"]]


def test_a_graph_can_be_set_by_hand(nlp: Language) -> None:
    doc = nlp.make_doc("Trams are quiet.")
    doc._.arguments = ArgumentGraph.build(Document(id="d", text=doc.text), [("c1", "claim", 0, 15)])
    assert doc._.arguments.components[0].text == "Trams are quiet"


def test_the_graph_of_another_text_is_refused(nlp: Language) -> None:
    doc = nlp.make_doc("Trams are quiet.")
    with pytest.raises(ValueError, match="of another text than the Doc's"):
        doc._.arguments = ArgumentGraph.build(Document(id="d", text="Buses."), [])


@pytest.mark.parametrize(
    ("kept", "reason"),
    [("{", "is no argument graph"), ('{"id": "d", "text": "Buses."}', "of another text than the Doc's")],
)
def test_a_damaged_doc_is_told(nlp: Language, kept: str, reason: str) -> None:
    doc = nlp.make_doc("Trams are quiet.")
    doc.user_data[KEPT] = kept
    with pytest.raises(FormatError, match=reason):
        doc._.arguments  # noqa: B018


def test_a_pipeline_is_saved_with_its_model(tiny_model: Path, tmp_path: Path) -> None:
    """A copy of the model's folder is gone when the pipeline is loaded: it has its own."""
    source = ArgumentMiner.load(tiny_model, threads=1)
    source.save(tmp_path / "source")
    config = {"model": str(tmp_path / "source"), "threads": 1, "threshold": 0.2, "spans_key": "sc"}
    nlp = spacy.blank("en")
    nlp.add_pipe("argmine", config=config)
    nlp.to_disk(tmp_path / "pipeline")
    (tmp_path / "source").rename(tmp_path / "gone")
    again = spacy.load(tmp_path / "pipeline")
    found, expected = again(TEXTS[0]), nlp(TEXTS[0])
    assert found._.arguments == expected._.arguments
    assert [span.id_ for span in found.spans["sc"]] == [c.id for c in expected._.arguments.components]
    again.to_disk(tmp_path / "pipeline")
    assert spacy.load(tmp_path / "pipeline")(TEXTS[0])._.arguments == expected._.arguments


def test_a_pipeline_goes_through_bytes(nlp: Language) -> None:
    again = spacy.blank("en")
    again.add_pipe("argmine", config={"model": "no-such-model", "threads": 1})
    again.from_bytes(nlp.to_bytes())
    assert again(TEXTS[0])._.arguments == nlp(TEXTS[0])._.arguments


def test_packed_files_stay_in_their_folder(component: ArgmineComponent) -> None:
    import srsly

    with pytest.raises(ModelError, match=r"names the file '\.\./config\.json'"):
        component.from_bytes(srsly.msgpack_dumps({"../config.json": b"{}"}))


def test_a_component_goes_to_another_process(component: ArgmineComponent, nlp: Language) -> None:
    again = pickle.loads(pickle.dumps(component))  # noqa: S301 - what spaCy does with n_process
    assert again(nlp.make_doc(TEXTS[0]))._.arguments == nlp(TEXTS[0])._.arguments


def test_a_higher_threshold_finds_no_more_and_the_revision_says_so(nlp: Language, tiny_model: Path) -> None:
    strict = spacy.blank("en")
    strict.add_pipe("argmine", config={"model": str(tiny_model), "threads": 1, "threshold": 0.9})
    found, usual = strict(TEXTS[0])._.arguments, nlp(TEXTS[0])._.arguments
    assert len(found.components) < len(usual.components)
    assert found.model.revision == f"{usual.model.revision}+threshold=0.9"


@pytest.mark.parametrize("threshold", [-0.1, 1.5])
def test_a_threshold_that_is_none_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match=f"threshold is {threshold}, allowed are 0 to 1"):
        spacy.blank("en").add_pipe("argmine", config={"threshold": threshold})


def test_an_unknown_model_is_told_when_it_is_needed() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("argmine", config={"model": "no-such-model"})
    with pytest.raises(ModelError, match="there is no model of the name or folder 'no-such-model'"):
        nlp("Trams are quiet.")


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        spacy.blank("en").add_pipe("argmine", config={"colour": "red"})


@pytest.fixture
def failing(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    """The pipeline with a model that fails on one text."""
    mine = ArgumentMiner.mine

    def fail(self: ArgumentMiner, text: Document) -> ArgumentGraph:
        if text.text == TEXTS[2]:
            raise ModelError("it fails")
        return mine(self, text)

    monkeypatch.setattr(ArgumentMiner, "mine", fail)
    yield nlp
    nlp.set_error_handler(_raise)


def _raise(_name: str, _proc: object, _docs: list[Doc], error: Exception) -> NoReturn:
    raise error


def test_what_fails_is_raised_where_nobody_handles_it(failing: Language) -> None:
    with pytest.raises(ModelError, match="it fails"):
        list(failing.pipe(TEXTS))


def test_what_fails_goes_to_the_error_handler_and_the_rest_goes_on(failing: Language) -> None:
    told: list[tuple[str, list[str], str]] = []

    def handle(name: str, _proc: object, docs: list[Doc], error: Exception) -> None:
        told.append((name, [doc.text for doc in docs], str(error)))

    failing.set_error_handler(handle)  # type: ignore[arg-type] # it is typed as one that always raises
    assert [doc.text for doc in failing.pipe(TEXTS)] == [TEXTS[0], TEXTS[1], TEXTS[3]]
    assert told == [("argmine", [TEXTS[2]], "it fails")]


def test_spacy_knows_what_the_component_assigns(nlp: Language) -> None:
    meta = nlp.get_pipe_meta("argmine")
    assert meta.assigns == ["doc._.arguments", "doc.spans"]
    assert nlp.pipe_labels["argmine"] == ["major_claim", "claim", "premise"]
