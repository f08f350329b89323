"""`argmine evaluate --llm`: a language model, played by a stand-in, scored on a made-up corpus."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from argmine import cli
from argmine.corpora.corpus import Corpus
from argmine.evaluation.mining import Miner
from argmine.evaluation.run import evaluate
from argmine.graph import ArgumentGraph
from argmine.integrations.llm import KEY_VARIABLE, LanguageModel, LlmSettings
from tests.evaluation.small import CORPUS, GOLD
from tests.integrations.llm.stand_in import Deed, fails, lists, says, serving


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def read(name: str, folder: Path) -> Corpus:  # noqa: ARG001 (the only corpus there is)
        return CORPUS

    monkeypatch.setattr("argmine.evaluation.run.read_corpus", read)
    monkeypatch.setenv("ARGMINE_CORPORA", "corpora")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)


def told(graph: ArgumentGraph) -> str:
    """Gold as a model would answer it."""
    targets = {r.source: (r.target, r.type.value) for r in graph.relations}
    return lists(*((c.id, c.text, c.type.value, *targets.get(c.id, (None, None))) for c in graph.components))


def by_gold(body: Any) -> Deed:
    text = body["messages"][-1]["content"].removeprefix("The text:\n<text>\n").removesuffix("\n</text>")
    return says(next(told(graph) for graph in GOLD if graph.text == text))


def run(*arguments: str) -> int:
    return cli.main(["evaluate", "--corpus", "made-up", *arguments])


def test_a_language_model_is_a_miner_that_evaluate_takes() -> None:
    with serving(by=by_gold) as stand_in, LanguageModel(LlmSettings(url=stand_in.url, model="m")) as model:
        assert isinstance(model, Miner)
        found = evaluate(model, CORPUS, protocol="overlap")
    assert set(found.scores().values()) == {1.0}
    assert found.system.startswith("m ")
    assert "whether the model saw the documents in training is not known" in found.notes


def test_evaluate_scores_a_language_model_and_tells_what_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    Path("more.json").write_text(json.dumps({"prices": {"prompt": 1000, "completion": 5000}, "extra": {"seed": 1}}))
    with serving(by=by_gold) as stand_in:
        asked = ["--llm", stand_in.url, "--llm-model", "m", "--llm-settings", "more.json", "--llm-cache", "answers"]
        assert run(*asked, "--format", "json") == 0
        out, err = capsys.readouterr()
        assert run(*asked, "--format", "json") == 0
        again, took_nothing = capsys.readouterr()
    assert {score["score"] for score in json.loads(out)["scores"]} == {1.0}
    assert err.startswith("argmine: 2 answers, 0 failed requests, ")
    assert err.endswith(" seconds, 200 + 40 tokens, cost 0.4\n")
    assert (again, took_nothing) == (out, "argmine: 0 answers, 0 failed requests, 0.0 seconds, 0 + 0 tokens, cost 0\n")
    assert [body["seed"] for body in stand_in.bodies] == [1, 1]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--llm", "http://127.0.0.1"], 2, "a language model needs both: --llm URL and --llm-model NAME"),
        (["--llm-model", "m"], 2, "a language model needs both"),
        (["--llm", "http://a", "--llm-model", "m", "--model", "default"], 2, "one of the three"),
        (["--llm", "a.example", "--llm-model", "m"], 1, "no settings of a language model: url: an address"),
        (["--llm", "http://a", "--llm-model", "m", "--llm-settings", "n.json"], 1, "n.json: cannot be read"),
        (["--llm", "http://a", "--llm-model", "m", "--llm-settings", "odd.json"], 1, "odd.json: no settings of"),
        (["--llm", "http://a", "--llm-model", "m", "--llm-settings", "list.json"], 1, "list.json: no settings of"),
    ],
)
def test_wrong_usage_is_one_line(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("odd.json").write_text('{"warmth": 1}')
    Path("list.json").write_text("[1]")
    assert run(*arguments) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert message in err


def test_an_endpoint_that_refuses_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with serving(*[fails(401, "no key")] * 9) as stand_in:
        assert run("--llm", stand_in.url, "--llm-model", "m") == 1
    assert capsys.readouterr().err == f"argmine: {stand_in.url}/chat/completions: HTTP 401: no key\n"


def test_a_key_that_cannot_be_sent_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "schlüssel")
    assert run("--llm", "http://127.0.0.1", "--llm-model", "m") == 1
    told_of = "argmine: ARGMINE_LLM_API_KEY: the API key has characters that no header can carry\n"
    assert capsys.readouterr().err == told_of


def test_gold_components_are_not_asked_about(capsys: pytest.CaptureFixture[str]) -> None:
    with serving() as stand_in:
        assert run("--llm", stand_in.url, "--llm-model", "m", "--protocol", "gold-segments") == 1
    assert "has no mine_components" in capsys.readouterr().err


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "argmine.integrations.llm.command", None)
    assert run("--llm", "http://127.0.0.1", "--llm-model", "m") == 1
    assert "pip install 'argmine[llm]'" in capsys.readouterr().err
