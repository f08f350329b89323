"""`argmine evaluate`: what it shows and writes, and how it refuses."""

import json
from pathlib import Path

import pytest

import argmine
from argmine import cli
from argmine.corpora.corpus import Corpus
from argmine.corpora.fingerprints import TrainingDigests
from argmine.errors import ModelError
from argmine.evaluation.summary import Summary
from argmine.model_folder import DIGESTS
from tests.evaluation.small import CORPUS, GOLD, TEXTS, without_claims
from tests.evaluation.test_run import MadeUpMiner

PUBLISHED = "stagblcc-essay-test-prediction.abs"


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The made-up corpus is the only one; models are folders of digests."""

    def read(name: str, folder: Path) -> Corpus:
        assert folder == Path("corpora") / name
        if name != CORPUS.name:
            raise ValueError(f"unknown corpus {name!r}; known are made-up")
        return CORPUS

    def load(model: str, **_: object) -> MadeUpMiner:
        if not Path(model).is_dir():
            raise ModelError(f"there is no model of the name or folder {model!r}")
        return MadeUpMiner(Path(model))

    monkeypatch.setattr("argmine.evaluation.run.read_corpus", read)
    monkeypatch.setattr(argmine, "load", load)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("ARGMINE_CORPORA", "corpora")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def model(tmp_path: Path) -> str:
    """The folder of a model that was trained on the bikes."""
    (tmp_path / "model").mkdir()
    digests = TrainingDigests.of([TEXTS["bikes"]], [])
    (tmp_path / "model" / DIGESTS).write_text(digests.model_dump_json())
    return "model"


@pytest.fixture
def predicted(tmp_path: Path) -> str:
    lines = [f"{graph.model_dump_json()}\n" for graph in (GOLD[1], without_claims(GOLD[0]))]
    (tmp_path / "predicted.jsonl").write_text("".join(lines))
    return "predicted.jsonl"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["evaluate", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def scored(capsys: pytest.CaptureFixture[str], *arguments: str) -> Summary:
    code, out, err = run(capsys, *arguments, "--format", "json")
    assert (code, err) == (0, "")
    return Summary.model_validate_json(out)


def test_a_model_is_shown_with_its_scores(capsys: pytest.CaptureFixture[str], model: str) -> None:
    code, out, err = run(capsys, "--corpus", "made-up", "--model", model)
    assert (code, err) == (0, "")
    lines = [line.split() for line in out.splitlines() if line.strip()]
    assert " ".join(lines[0]) == (
        "made-up test, 2 documents, overlap: spans, roles and links at more than half of the words"
    )
    assert " ".join(lines[1]) == "made-up 0123456789ab (none, fp32), given raw text"
    assert lines[2] == ["score", "points", "P", "R", "gold", "predicted"]
    assert lines[4] == ["spans", "whatever", "their", "type", "100.00", "100.00", "100.00", "5", "5"]
    assert out.splitlines()[-1] == "Note: test is no published split."


def test_predictions_are_scored(capsys: pytest.CaptureFixture[str], predicted: str) -> None:
    summary = scored(capsys, "--corpus", "made-up", "--predictions", predicted, "--protocol", "exact-spans")
    assert (summary.corpus, summary.split, summary.documents) == ("made-up", "test", 2)
    assert (summary.protocol, summary.system) == ("exact-spans", "predicted.jsonl")
    spans = summary.scores[0]
    assert (spans.name, spans.gold, spans.predicted) == ("spans", 5, 4)
    assert spans.score == pytest.approx(8 / 9)
    assert spans.details == {"precision": 1.0, "recall": 0.8}


def test_json_is_plain_json(capsys: pytest.CaptureFixture[str], predicted: str) -> None:
    _, out, _ = run(capsys, "--corpus", "made-up", "--predictions", predicted, "--format", "json")
    assert list(json.loads(out)) == list(Summary.model_fields)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Missing option '--corpus'"),
        (("--corpus", "other"), "unknown corpus 'other'; known are made-up"),
        (("--corpus", "made-up", "--split", "dev"), "made-up has no split 'dev'; its splits: test, train"),
        (("--corpus", "made-up", "--protocol", "best"), "unknown protocol 'best'; known are acl2017-essay"),
        (("--corpus", "made-up", "--model", "m", "--predictions", "p"), "either a model or predictions are scored"),
    ],
)
def test_wrong_usage_is_told(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_training_documents_are_refused_unless_allowed(capsys: pytest.CaptureFixture[str], model: str) -> None:
    arguments = ("--corpus", "made-up", "--split", "train", "--model", model)
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (1, "")
    told = "the model was trained on 1 of the 1 documents (first bikes)"
    assert err == f"argmine: {told}: refused without --allow-training-documents\n"
    assert scored(capsys, *arguments, "--allow-training-documents").notes == ("train is no published split", told)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--model", "nothing"), "argmine: there is no model of the name or folder 'nothing'\n"),
        (("--predictions", "nothing.jsonl"), "argmine: nothing.jsonl: cannot be read: No such file or directory\n"),
        (
            ("--predictions", "predicted.jsonl", "--split", "train"),
            "argmine: predicted.jsonl: document buses is not in made-up train, whose first document is bikes\n",
        ),
        (
            ("--predictions", "predicted.jsonl", "--split", "all"),
            "argmine: 1 of 3 documents of made-up all are not predicted, first bikes\n",
        ),
        (("--protocol", "cdcp"), "argmine: the protocol cdcp reads the labels of cdcp, not made-up\n"),
    ],
)
def test_what_does_not_fit_is_one_line(
    capsys: pytest.CaptureFixture[str], predicted: str, arguments: tuple[str, ...], message: str
) -> None:
    assert Path(predicted).is_file()
    assert run(capsys, "--corpus", "made-up", *arguments) == (1, "", message)


def test_another_text_is_refused_with_its_first_difference(capsys: pytest.CaptureFixture[str], predicted: str) -> None:
    lines = Path(predicted).read_text().replace("leave their cars", "drive their cars")
    Path(predicted).write_text(lines)
    code, out, err = run(capsys, "--corpus", "made-up", "--predictions", predicted)
    assert (code, out) == (1, "")
    assert err == (
        "argmine: predicted.jsonl: the text of buses differs at character 35: "
        "expected 'leave their cars at home.', found 'drive their cars at home.'\n"
    )


@pytest.mark.parametrize("corpus", ["aae2", "aae2-conll"])
def test_the_prediction_file_of_acl_2017_gets_its_published_figures(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, corpora: Path, corpus: str
) -> None:
    from argmine.corpora import read_corpus

    monkeypatch.setattr("argmine.evaluation.run.read_corpus", read_corpus)
    path = corpora / "aae2-conll" / PUBLISHED
    summary = scored(capsys, "--corpus", corpus, "--corpora", str(corpora), "--predictions", str(path))
    points = {line.name: round(100 * line.score, 2) for line in summary.scores}
    assert summary.protocol == "acl2017-essay"
    assert (points["c_f1_100"], points["c_f1_50"]) == (63.24, 69.49)
    assert (points["r_f1_100"], points["r_f1_50"]) == (34.83, 39.69)
    assert [line.gold for line in summary.scores] == [1266, 1266, 1266, 1266, 80]


def test_training_essays_are_refused_by_their_tokens(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, corpora: Path
) -> None:
    """The default model learnt from `aae2`; the same essays stand in `aae2-conll` with other spaces."""
    from argmine.corpora import read_corpus
    from argmine.miner import ArgumentMiner

    monkeypatch.setattr("argmine.evaluation.run.read_corpus", read_corpus)
    monkeypatch.setattr(argmine, "load", ArgumentMiner.load)
    code, out, err = run(capsys, "--corpus", "aae2-conll", "--split", "train", "--corpora", str(corpora))
    assert (code, out) == (1, "")
    assert err.startswith("argmine: the model was trained on 281 of the 286 documents (first essay001): refused")
