"""`argmine compare`, through the command line."""

import json
from pathlib import Path

import pytest

import argmine
from argmine import cli
from argmine.corpora import Corpus
from argmine.document import Document
from argmine.errors import ModelError
from argmine.evaluation.comparison import Comparison, compare
from argmine.evaluation.difference import GraphDifference, difference
from argmine.evaluation.run import evaluate
from argmine.graph import ArgumentGraph
from tests.graphs import tram_graph

GOLD = tuple(tram_graph().model_copy(update={"id": name}) for name in ("t1", "t2", "t3"))
CORPUS = Corpus("made-up", GOLD, "own", {"test": ("t1", "t2"), "dev": ("t3",)})


class ForgetfulMiner:
    """Finds no relation, and of the components the first alone."""

    def mine(self, document: Document) -> ArgumentGraph:
        return ArgumentGraph.build(document, GOLD[0].components[:1])


@pytest.fixture(autouse=True)
def _there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def load(model: str, **_: object) -> ForgetfulMiner:
        if model != "forgetful":
            raise ModelError(f"there is no model of the name or folder {model!r}")
        return ForgetfulMiner()

    monkeypatch.setattr(argmine, "load", load)
    monkeypatch.setenv("ARGMINE_CORPORA", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "120")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a corpus, in place of those that are licensed."""
    monkeypatch.setattr("argmine.evaluation.run.read_corpus", lambda *_: CORPUS)
    return CORPUS.name


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(("compare", *arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def written(name: str, graph: ArgumentGraph, *others: ArgumentGraph) -> ArgumentGraph:
    """The first of the graphs that the file of that name now holds."""
    Path(name).write_text("\n".join(g.model_dump_json() for g in (graph, *others)), encoding="utf-8")
    return graph


def test_two_analyses_of_a_piece_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    first = written("a.json", tram_graph())
    second = written("b.json", first.model_copy(update={"relations": first.relations[:2]}))
    code, out, err = run(capsys, "a.json", "b.json")
    assert (code, out, err) == (0, f"{difference(first, second)}\n", "")
    assert out.splitlines()[-1] == "missing     [premise] they are loud − → Buses are cheaper"


def test_difference_of_a_piece_is_written_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    graph = written("a.json", tram_graph())
    code, out, _ = run(capsys, "a.json", "a.json", "--format", "json")
    assert code == 0
    assert GraphDifference.model_validate_json(out) == difference(graph, graph)
    assert json.loads(out)["tree"]["edits"] == 0


@pytest.mark.parametrize(
    ("told", "schemes"),
    [
        ((), ["essays", "essays"]),
        (("--scheme", "opinion"), ["opinion", "opinion"]),
        (("--scheme-b", "opinion"), ["essays", "opinion"]),
        (("--scheme", "opinion", "--scheme-b", "essays"), ["opinion", "essays"]),
    ],
)
def test_each_model_reads_by_its_scheme(
    told: tuple[str, ...],
    schemes: list[str],
    made_up: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[object] = []

    def load(_: str, *, scheme: str) -> ForgetfulMiner:
        seen.append(scheme)
        return ForgetfulMiner()

    monkeypatch.setattr(argmine, "load", load)
    assert run(capsys, "a", "b", "--corpus", made_up, *told)[0] == 0
    assert seen == schemes


def test_the_model_beside_predictions_reads_by_the_scheme(
    made_up: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written("right.jsonl", *GOLD[:2])
    seen: list[object] = []

    def load(_: str, *, scheme: str) -> ForgetfulMiner:
        seen.append(scheme)
        return ForgetfulMiner()

    monkeypatch.setattr(argmine, "load", load)
    assert run(capsys, "right.jsonl", "b", "--corpus", made_up, "--scheme", "opinion")[0] == 0
    assert run(capsys, "b", "right.jsonl", "--corpus", made_up, "--scheme", "opinion")[0] == 0
    assert seen == ["opinion", "opinion"]


@pytest.mark.parametrize(
    ("systems", "told"),
    [
        (("right.jsonl", "right.jsonl"), ("--scheme", "opinion")),
        (("model", "right.jsonl"), ("--scheme-b", "opinion")),
        (("right.jsonl", "model"), ("--scheme", "opinion", "--scheme-b", "essays")),
    ],
)
def test_predictions_are_read_by_no_scheme(
    systems: tuple[str, str], told: tuple[str, ...], made_up: str, capsys: pytest.CaptureFixture[str]
) -> None:
    written("right.jsonl", *GOLD[:2])
    code, out, err = run(capsys, *systems, "--corpus", made_up, *told)
    assert (code, out) == (2, "")
    assert "right.jsonl holds predictions, which are read by no scheme" in " ".join(err.split())


def test_a_scheme_goes_with_a_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    written("a.json", tram_graph())
    code, _, err = run(capsys, "a.json", "a.json", "--scheme", "opinion")
    assert code == 2
    assert "go with --corpus" in " ".join(err.split())


def test_other_text_is_one_line_of_error(capsys: pytest.CaptureFixture[str]) -> None:
    written("a.json", tram_graph())
    written("b.json", ArgumentGraph(id="trams", text=tram_graph().text.replace("quiet", "quick")))
    shown = "expected 'et. Buses are cheaper, but the', found 'ck. Buses are cheaper, but the'"
    message = f"argmine: b.json: the text of trams differs at character 28: {shown}\n"
    assert run(capsys, "a.json", "b.json") == (1, "", message)


def test_file_that_holds_no_graph_is_one_line_of_error(capsys: pytest.CaptureFixture[str]) -> None:
    written("a.json", tram_graph())
    Path("b.json").write_text('{"id": "x"}', encoding="utf-8")
    assert run(capsys, "a.json", "b.json") == (1, "", "argmine: b.json:1: no argument graph: text: Field required\n")


def test_missing_argument_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "a.json")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_two_systems_are_compared_on_a_split(capsys: pytest.CaptureFixture[str], made_up: str) -> None:
    written("right.jsonl", *GOLD[:2])
    written("unlinked.jsonl", *(graph.without_relations() for graph in GOLD[1::-1]))
    code, out, err = run(capsys, "right.jsonl", "unlinked.jsonl", "--corpus", made_up, "--by", "links_50")
    assert (code, err) == (0, "")
    lines = [line.split() for line in out.splitlines() if line.strip()]
    assert lines[1:3] == [["A", "right.jsonl"], ["B", "unlinked.jsonl"]]
    assert ["spans", "whatever", "their", "type", "10", "100.00", "100.00", "+0.00"] in [line[:8] for line in lines]
    assert ["links", "whatever", "their", "label", "6", "100.00", "0.00", "−100.00"] in [line[:8] for line in lines]
    assert lines[-2:] == [["t1", "100.00", "0.00", "−100.00"], ["t2", "100.00", "0.00", "−100.00"]]


def test_comparison_is_written_as_json(capsys: pytest.CaptureFixture[str], made_up: str) -> None:
    written("right.jsonl", *GOLD[:2])
    code, out, _ = run(
        capsys, "right.jsonl", "forgetful", "--corpus", made_up, "--protocol", "exact-spans", "--format", "json"
    )
    assert code == 0
    systems = (evaluate(system, CORPUS, protocol="exact-spans") for system in (GOLD[:2], ForgetfulMiner()))
    expected = compare(*systems).model_copy(update={"first": "right.jsonl"})
    assert Comparison.model_validate_json(out) == expected
    assert expected.second == "ForgetfulMiner"
    assert expected.scores[0].second == pytest.approx(1 / 3)


def test_other_split_is_compared_where_that_is_told(capsys: pytest.CaptureFixture[str], made_up: str) -> None:
    written("dev.jsonl", GOLD[2])
    code, out, _ = run(capsys, "dev.jsonl", "dev.jsonl", "--corpus", made_up, "--split", "dev", "--format", "json")
    assert code == 0
    assert (json.loads(out)["split"], json.loads(out)["documents"]) == ("dev", 1)


def test_predictions_that_miss_a_document_are_refused(capsys: pytest.CaptureFixture[str], made_up: str) -> None:
    written("half.jsonl", GOLD[0])
    expected = "argmine: 1 of 2 documents of made-up test are not predicted, first t2\n"
    assert run(capsys, "forgetful", "half.jsonl", "--corpus", made_up) == (1, "", expected)


def test_what_is_neither_file_nor_model_is_refused(capsys: pytest.CaptureFixture[str], made_up: str) -> None:
    expected = "argmine: there is no model of the name or folder 'nowhere.jsonl'\n"
    assert run(capsys, "nowhere.jsonl", "forgetful", "--corpus", made_up) == (1, "", expected)


@pytest.mark.parametrize(
    ("option", "value", "found"),
    [
        ("--by", "f1", "overlap has no score 'f1'; its scores are spans_50,"),
        ("--protocol", "bleu", "unknown protocol 'bleu'"),
    ],
)
def test_unknown_names_are_wrong_usage(
    capsys: pytest.CaptureFixture[str], made_up: str, option: str, value: str, found: str
) -> None:
    code, out, err = run(capsys, "forgetful", "forgetful", "--corpus", made_up, option, value)
    assert (code, out) == (2, "")
    assert found in err


@pytest.mark.parametrize("option", [("--split", "dev"), ("--protocol", "bio"), ("--by", "f1")])
def test_options_of_corpora_need_one(capsys: pytest.CaptureFixture[str], option: tuple[str, str]) -> None:
    code, out, err = run(capsys, "a.json", "b.json", *option)
    assert (code, out) == (2, "")
    assert "go with --corpus" in err


def test_published_predictions_do_not_differ_from_themselves(
    capsys: pytest.CaptureFixture[str], corpora: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMINE_CORPORA", str(corpora))
    path = str(corpora / "aae2-conll" / "stagblcc-essay-test-prediction.abs")
    code, out, _ = run(capsys, path, path, "--corpus", "aae2", "--format", "json")
    found = Comparison.model_validate_json(out)
    assert (code, found.documents) == (0, 80)
    assert [round(100 * s.first, 2) for s in found.scores[:4]] == [63.24, 69.49, 34.83, 39.69]
    assert {(s.difference, s.low, s.high, s.p) for s in found.scores} == {(0, 0, 0, 1)}
