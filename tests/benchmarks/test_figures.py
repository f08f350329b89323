import json
from pathlib import Path

import pytest

from argmine.corpora import corpus_names
from benchmarks.figures import (
    CARD,
    COMPONENT_WORDS,
    MARKS,
    README,
    RELATION_WORDS,
    Records,
    best,
    documents_of,
    licence_of,
    main,
    published,
    refuse_other_model,
    render,
    scheme_facts,
    sources_of,
    table_names,
    table_of,
    texts,
    with_figures,
)
from benchmarks.mining import DEFAULT, over_models
from benchmarks.misses import COMPONENT_FAULTS, RELATION_FAULTS
from benchmarks.record import RESULTS


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(tmp_path)


def put(records: Records, name: str, record: object) -> None:
    (records.folder / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")


def several(*values: float) -> dict[str, object]:
    each = [({"revision": f"rev{n}", "seed": n}, {"essay": {"f1": value}}) for n, value in enumerate(values, 1)]
    return {"figures": over_models(each), "seeds": list(range(1, len(values) + 1))}


def test_missing_record_is_not_measured(records: Records) -> None:
    asked = records.points, records.share, records.count, records.plain, records.seconds
    assert [ask("aae2-test", "essay.f1") for ask in asked] == ["not measured"] * 5
    assert (records.runs("aae2-test"), records.measured_on("aae2-test")) == ("", "")


def test_several_seeds_have_a_deviation_and_are_counted(records: Records) -> None:
    put(records, "aae2-test", several(0.68, 0.70, 0.72))
    assert records.points("aae2-test", "essay.f1") == "70.00 ± 2.00"
    assert records.share("aae2-test", "essay.f1") == ".700 ± .020"
    assert records.runs("aae2-test") == " (3 models, seeds 1, 2, 3)"


def test_single_model_has_a_number_alone(records: Records) -> None:
    put(records, "aae2-test", several(0.6849))
    assert records.points("aae2-test", "essay.f1") == "68.49"


def test_figure_that_a_record_lacks_is_an_error(records: Records) -> None:
    put(records, "aae2-test", several(0.5))
    with pytest.raises(KeyError, match=r"essay\.f2"):
        records.points("aae2-test", "essay.f2")
    with pytest.raises(ValueError, match="essay is no figure"):
        records.points("aae2-test", "essay")


def test_short_times_have_a_place_more(records: Records) -> None:
    put(records, "startup", {"figures": {"import": {"best": 0.0264}, "mine": {"best": 1.896}}})
    assert records.seconds("startup", "import.best") == "0.026"
    assert records.seconds("startup", "mine.best") == "1.90"


def test_record_of_another_model_is_refused(records: Records) -> None:
    for name in ("aae2-test-shipped", "aae2-test"):
        put(records, name, several(0.5))
        records.record(name)
    refuse_other_model(records, "rev1")
    with pytest.raises(ValueError, match="aae2-test-shipped is of the model rev1, committed is rev2"):
        refuse_other_model(records, "rev2")


def test_speed_may_be_of_earlier_weights_and_says_of_which(records: Records) -> None:
    startup = several(0.5) | {"machine": {"cpu": "Abacus", "cores": 2}}
    put(records, "startup", startup)
    assert records.measured_on("startup", "throughput-limit") == ", weights rev1, Abacus, 2 cores"
    assert records.measured_on("throughput-limit") == ""
    refuse_other_model(records, "rev2")


@pytest.mark.parametrize("text", ["no marks", "<!-- /figures --><!-- figures -->", "<!-- figures -->"])
def test_readme_without_its_marks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="once each"):
        with_figures(text, "new")


def test_committed_texts_are_what_their_records_give() -> None:
    """The README, and the card where a model is committed."""
    for path, text in texts(DEFAULT, Records(RESULTS)).items():
        assert path.read_text("utf-8") == text


@pytest.mark.parametrize("name", table_names())
def test_each_table_is_printed_by_a_command_as_it_stands_in_its_text(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every line of a table in README and card is one of a table that has a name."""
    assert main(["--table", name]) == 0
    table = capsys.readouterr().out
    path = README if name.startswith("readme.") else DEFAULT / CARD
    assert "| " in table
    assert table in path.read_text("utf-8")


def test_every_table_has_a_name() -> None:
    named = {line for name in table_names() for line in table_of(name, DEFAULT).splitlines()}
    figures = README.read_text("utf-8").partition(MARKS[0])[2].partition(MARKS[1])[0]
    for text in (figures, (DEFAULT / CARD).read_text("utf-8")):
        assert [line for line in text.splitlines() if line.startswith("|") and line not in named] == []


def test_unknown_table_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--table", "readme.nothing"])
    assert "readme.essays" in capsys.readouterr().err


def test_best_published_figure_is_named() -> None:
    assert best("acl2017-essay", "c_f1_100", "c_f1_50") == "66.21 / 73.02, LSTM-ER (Eger et al. 2017)"
    assert best("acl2017-paragraph", "c_f1_100") == "73.5, BiPAM-syn, BERT-base (Ye & Teufel 2021)"


def test_card_renders_without_any_record(records: Records) -> None:
    model = {"name": "m", "encoder": "e", "licence": "l", "parameters": "1", "megabytes": "1", "documents": ""}
    more = {"training": {"selected_epoch": None, "recipe": {}}, "sources": [], "schemes": []}
    others = {p: {"columns": ["one"], "systems": [{"name": "Other", "cells": ["1.00"]}]} for p in "ACDEF"}
    faults = list(zip(COMPONENT_WORDS.items(), RELATION_WORDS.items(), strict=True))
    card = render("card.md.j2", records, model={**model, **more}, published=others, faults=faults)
    assert "| Other | 1.00 |" in card
    assert "| type | not measured | span of the source | not measured |" in card


def test_published_figures_of_two_protocols_share_a_row() -> None:
    """In points at the places that were published; empty where a level or an overlap has no figure."""
    rows = {system["name"]: system["cells"] for system in published()["A"]["systems"]}
    assert rows["LSTM-ER (Eger et al. 2017)"] == ["66.21 / 73.02", "29.56 / 32.72", "70.83 / 77.19", "45.52 / 50.05"]
    assert rows["BiPAM-syn, BERT-base (Ye & Teufel 2021)"] == ["", "", "73.5", "46.4"]


def test_published_shares_have_no_zero_before_the_point() -> None:
    assert published()["C"]["systems"][0]["cells"] == [".826", ".751", ".680"]


def test_every_fault_has_words() -> None:
    assert (tuple(COMPONENT_WORDS), tuple(RELATION_WORDS)) == (COMPONENT_FAULTS, RELATION_FAULTS)


def test_sources_have_their_use_and_licence() -> None:
    recipe = {"train": [{"corpus": "aae2", "split": "train"}], "development": {"corpus": "aae2", "split": "dev"}}
    assert [(s["split"], s["use"]) for s in sources_of(recipe)] == [
        ("train", "training"),
        ("dev", "selection, decoding, calibration"),
    ]
    assert all(licence_of(name) for name in corpus_names())


def test_differences_have_a_sign_and_a_spread(tmp_path: Path) -> None:
    found = {"figures": {"part": {"C": {"mean": -0.0125, "sd": 0.004}}}, "epochs": 3}
    (tmp_path / "trial.json").write_text(json.dumps(found))
    records = Records(tmp_path)
    assert records.gap("trial", "part.C") == "-1.2 ± 0.4"
    assert records.told("trial", "epochs") == "3"
    assert {records.gap("none", "part.C"), records.told("none", "epochs")} == {"not measured"}


def test_documents_are_counted_where_the_training_recorded_them() -> None:
    counted = {"documents": 286, "components": 4321, "relations": 3000}
    text = documents_of({"train_documents": counted, "development_documents": counted, "left_out": ["a", "b"]})
    assert "286 documents with 4,321 components" in text
    assert text.endswith(": 2.")
    assert documents_of({}) == ""


def test_of_a_scheme_the_documents_are_counted_that_its_decoding_was_tuned_on() -> None:
    counted = {"documents": 1500, "components": 9, "relations": 8}
    training = {
        "recipe": {"keep": "last"},
        "train_documents": counted,
        "development_documents": {"documents": 36},
        "scheme_documents": {"opinion": {"documents": 128}, "news": {"documents": 7}},
    }
    assert "128 documents to tune decoding on." in documents_of(training, "opinion")
    assert "36 documents to tune decoding on." in documents_of(training)


def test_a_scheme_tells_what_it_learnt_from(tmp_path: Path) -> None:
    learnt = {"corpus": "opinions", "split": "but-tenth-0", "scheme": "opinion", "learn": ["segments", "types", "arcs"]}
    half = {**learnt, "corpus": "editorial-trees", "learn": ["types", "arcs"]}
    tuned = {"corpus": "opinions", "split": "tenth-0", "scheme": "", "learn": ["segments", "types", "arcs"]}
    threads = {**learnt, "corpus": "cmv-modes", "split": "but-tenth-2"}
    recipe = {
        "adapter": 12,
        "train": [learnt, threads, half, threads],
        "schemes": [{"name": "opinion", "development": tuned}],
    }
    (tmp_path / "training-opinion.json").write_text(json.dumps({"recipe": recipe}))
    facts = scheme_facts(tmp_path, "opinion")
    assert facts["rank"] == 12
    sources = facts["sources"]
    assert isinstance(sources, list)
    assert [(s["corpus"], s["split"], s["use"]) for s in sources] == [
        ("opinions", "but-tenth-0", "training"),
        ("cmv-modes", "but-tenth-2", "training, twice an epoch"),
        ("editorial-trees", "but-tenth-0", "training, types and arcs alone"),
        ("opinions", "tenth-0", "decoding, calibration"),
    ]


def test_a_scheme_without_a_record_tells_nothing(tmp_path: Path) -> None:
    assert scheme_facts(tmp_path, "opinion")["sources"] == []
