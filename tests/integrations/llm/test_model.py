"""The whole way from a text to its graph, by a stand-in's answers."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from argmine.document import Document
from argmine.errors import ServiceError
from argmine.graph import ArgumentGraph
from argmine.integrations.llm import KEY_VARIABLE, LanguageModel, LlmSettings, Prices
from tests.integrations.llm.stand_in import Deed, StandIn, Waits, fails, lists, says, serving

TEXT = "Keep the trams. They are quiet, because they are new."
THESIS = ("m", "Keep the trams", "major_claim", None, None)
CLAIM = ("q", "They are quiet", "claim", "m", "support")
REASON = ("n", "they are new", "premise", "q", "support")
ANSWER = lists(THESIS, CLAIM, REASON)


@pytest.fixture(autouse=True)
def _without_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


def model(stand_in: StandIn, *, cache: Path | None = None, key: str | None = None, **settings: Any) -> LanguageModel:
    return LanguageModel(
        LlmSettings(url=stand_in.url, model="m", **settings), api_key=key, cache=cache, clock=Waits().clock()
    )


def mined(*script: Deed, text: str | Document = TEXT, **settings: Any) -> ArgumentGraph:
    with serving(*script) as stand_in, model(stand_in, **settings) as miner:
        return miner(text)


def told(graph: ArgumentGraph) -> Any:
    return graph.meta["llm"]


def test_answer_becomes_a_graph() -> None:
    graph = mined(says(ANSWER))
    assert graph.to_text().splitlines()[:3] == [
        "[major claim] Keep the trams",
        "└── + [claim] They are quiet",
        "    └── + [premise] they are new",
    ]
    assert (graph.id, graph.text, graph.read, graph.warnings) == ("document", TEXT, 1.0, ())
    assert graph.model is not None
    assert (graph.model.name, graph.model.backend, graph.model.precision) == ("m", "chat-completions", "unknown")


def test_graph_of_a_document_has_its_id() -> None:
    assert mined(says(ANSWER), text=Document(id="d7", text=TEXT)).id == "d7"


def test_graph_tells_tokens_time_cost_and_form() -> None:
    graph = mined(fails(500), says(ANSWER, tokens=(1000, 500)), prices=Prices(prompt=2, completion=4))
    assert told(graph) == {
        "answered_by": "stand-in-1",
        "form": "json_schema",
        "requests": 1,
        "failures": 1,
        "prompt_tokens": 1000,
        "completion_tokens": 500,
        "seconds": 0.0,
        "cost": 0.004,
        "faults": {},
    }


def test_cost_is_unknown_where_tokens_are() -> None:
    graph = mined(says(ANSWER, tokens=None), prices=Prices(prompt=2, completion=4))
    assert (told(graph)["prompt_tokens"], told(graph)["cost"]) == (None, None)


def test_what_had_to_be_dropped_stands_in_warnings_and_meta() -> None:
    stranger = ("x", "Parking should be free on Sundays", "premise", "q", "support")
    graph = mined(says(lists(THESIS, CLAIM, REASON, stranger, ("y", "They are quiet", "premise", "w", "attack"))))
    assert graph.warnings == (
        "components dropped, their quotes do not stand in the text: 1",
        "components dropped, their quotes stand only where another component does: 1",
    )
    assert told(graph)["faults"] == {"not_found": 1, "overlapping": 1}


def test_an_answer_that_cannot_be_read_is_asked_for_again_with_its_fault() -> None:
    with serving(says("Let me think."), says(ANSWER)) as stand_in, model(stand_in) as miner:
        graph = miner(TEXT)
    assert len(graph.components) == 3
    assert told(graph)["requests"] == 2
    assert told(graph)["prompt_tokens"] == 200
    again = stand_in.bodies[1]["messages"][4:]
    assert again[0] == {"role": "assistant", "content": "Let me think."}
    assert "no JSON object with a list of components" in again[1]["content"]


def test_an_answer_that_stays_unreadable_gives_an_empty_graph_that_says_so() -> None:
    graph = mined(says("No."), says("I said no."))
    assert graph.components == ()
    assert graph.warnings == (
        "the answer cannot be read: no JSON object with a list of components, it begins 'I said no.'",
    )


def test_a_cut_answer_keeps_its_whole_components_and_is_not_asked_for_again() -> None:
    graph = mined(says(ANSWER[: ANSWER.index("they are new")], finish="length"))
    assert [c.text for c in graph.components] == ["Keep the trams", "They are quiet"]
    assert graph.warnings == ("answers cut short, what came after is missing: 1",)


def test_an_answer_cut_before_its_first_component_says_why_it_is_empty() -> None:
    graph = mined(says("Well, let me", finish="length"))
    assert graph.warnings[0].endswith("it begins 'Well, let me'; it ended by length")


def test_a_refusal_is_a_warning() -> None:
    graph = mined(says(None, refusal="I must\nnot."))
    assert (graph.components, graph.warnings) == ((), ("the model refused: I must not.",))


@pytest.mark.parametrize("text", ["", " \n\t", "…!"])
def test_a_text_without_words_is_not_sent(text: str) -> None:
    graph = mined(text=text)
    assert (graph.text, graph.components, graph.read) == (text, (), 1.0)


def test_an_endpoint_that_fails_is_an_error() -> None:
    with pytest.raises(ServiceError, match="HTTP 401: no"):
        mined(fails(401))


def test_usage_adds_up_over_texts() -> None:
    with serving(says(ANSWER), says(ANSWER)) as stand_in:
        with model(stand_in, prices=Prices(prompt=1, completion=1)) as miner:
            miner(TEXT)
            miner(TEXT)
        assert (miner.usage.requests, miner.usage.prompt_tokens, miner.cost) == (2, 200, 0.00024)


def test_revision_tells_settings_of_sampling_apart() -> None:
    with serving() as stand_in:
        revisions = {
            miner.info.revision
            for settings in ({}, {"temperature": 1.0}, {"extra": {"seed": 1}}, {"similarity": 90}, {"timeout": 5})
            for miner in [model(stand_in, **settings)]
        }
    assert len(revisions) == 4


def test_a_cached_answer_is_not_asked_for_again_and_gives_an_equal_graph(tmp_path: Path) -> None:
    with serving(says("Let me think."), says(ANSWER)) as stand_in:
        first, second = (model(stand_in, cache=tmp_path) for _ in range(2))
        assert first(TEXT) == second(TEXT)
        assert (first.usage.requests, second.usage.requests) == (2, 0)
        first.close()
        second.close()


@pytest.mark.parametrize("other", [{"model": "n"}, {"temperature": 0.7}, {"extra": {"seed": 2}}])
def test_another_model_or_sampling_is_asked_anew(tmp_path: Path, other: dict[str, Any]) -> None:
    with serving(says(ANSWER), says(ANSWER)) as stand_in:
        for settings in ({}, other):
            chosen = LlmSettings.model_validate({"url": stand_in.url, "model": "m", **settings})
            with LanguageModel(chosen, cache=tmp_path) as miner:
                miner(TEXT)
    assert len(stand_in.bodies) == 2


def test_another_text_is_asked_anew(tmp_path: Path) -> None:
    with serving(says(ANSWER), says(ANSWER)) as stand_in, model(stand_in, cache=tmp_path) as miner:
        miner(TEXT)
        miner(TEXT + " ")
    assert len(stand_in.bodies) == 2


def test_a_failure_is_not_cached(tmp_path: Path) -> None:
    with serving(fails(403), says(ANSWER)) as stand_in, model(stand_in, cache=tmp_path) as miner:
        with pytest.raises(ServiceError):
            miner(TEXT)
        assert len(miner(TEXT).components) == 3


def test_cache_holds_neither_key_nor_address(tmp_path: Path) -> None:
    with serving(says(ANSWER)) as stand_in, model(stand_in, cache=tmp_path, key="sk-very-secret") as miner:
        graph = miner(TEXT)
    (file,) = tmp_path.iterdir()
    for written in (file.read_text("utf-8"), graph.model_dump_json()):
        assert "sk-very-secret" not in written
        assert "127.0.0.1" not in written


def test_a_key_that_an_endpoint_tells_is_not_kept(tmp_path: Path) -> None:
    key = "sk-very-secret"
    with serving(*[says(f"I was sent {key}.")] * 2) as stand_in, model(stand_in, cache=tmp_path, key=key) as miner:
        graph = miner(TEXT)
    (file,) = tmp_path.iterdir()
    assert key not in file.read_text("utf-8") + graph.model_dump_json()


def by_text(body: Any) -> Deed:
    """Each text's own answer: its first five letters are its thesis."""
    text = body["messages"][-1]["content"].removeprefix("The text:\n<text>\n")
    return says(lists(("a", text[:5], "major_claim", None, None)))


TEXTS = [f"text{n} is so." for n in range(9)]


@pytest.mark.parametrize("workers", [1, 3])
def test_many_are_mined_in_order(workers: int) -> None:
    with serving(by=by_text) as stand_in, model(stand_in, workers=workers) as miner:
        graphs = list(miner.mine_many([*TEXTS, Document(id="last", text="texts are so.")]))
    assert [g.components[0].text for g in graphs] == [*(t[:5] for t in TEXTS), "texts"]
    assert [g.id for g in graphs] == [*(f"document-{n}" for n in range(1, 10)), "last"]


def test_workers_ask_at_once() -> None:
    meeting = threading.Barrier(3, timeout=20)

    with serving(by=by_text) as stand_in, model(stand_in, workers=3) as miner:
        ask = miner._client.ask
        miner._client.ask = lambda messages: (meeting.wait(), ask(messages))[1]  # type: ignore[method-assign]
        assert len(list(miner.mine_many(TEXTS))) == 9


def test_equal_texts_at_once_share_a_cache(tmp_path: Path) -> None:
    with serving(by=by_text) as stand_in, model(stand_in, cache=tmp_path) as miner:
        graphs = list(miner.mine_many([TEXTS[0]] * 12))
    assert len({g.components for g in graphs}) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_many_end_at_the_first_failure_and_ask_little_more() -> None:
    def answer(body: Any) -> Deed:
        return fails(403) if "text2" in body["messages"][-1]["content"] else by_text(body)

    texts = [f"text{n} is so." for n in range(60)]
    with serving(by=answer) as stand_in, model(stand_in, workers=2) as miner:
        graphs = miner.mine_many(texts)
        assert [next(graphs).id, next(graphs).id] == ["document-1", "document-2"]
        with pytest.raises(ServiceError):
            next(graphs)
    assert len(stand_in.bodies) < 15


RUN = """
import sys
from argmine.integrations.llm import LanguageModel, LlmSettings
with LanguageModel(LlmSettings(url=sys.argv[1], model="m", workers=1), cache=sys.argv[2]) as miner:
    for graph in miner.mine_many([f"text{n} is so." for n in range(9)]):
        print(graph.components[0].text, flush=True)
"""


def test_a_killed_run_goes_on_with_what_is_missing(tmp_path: Path) -> None:
    victim: list[subprocess.Popen[str]] = []

    def answer(body: Any) -> Deed:
        if "text5" in body["messages"][-1]["content"] and len(victim) == 1:
            os.kill(victim[0].pid, signal.SIGKILL)
        return by_text(body)

    shown = ""
    with serving(by=answer) as stand_in:
        command = [sys.executable, "-c", RUN, stand_in.url, str(tmp_path)]
        for code in (-signal.SIGKILL, 0):
            victim.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            shown, _ = victim[-1].communicate(timeout=60)
            assert victim[-1].returncode == code
    asked = [body["messages"][-1]["content"][17:22] for body in stand_in.bodies]
    assert asked == [f"text{n}" for n in (0, 1, 2, 3, 4, 5, 5, 6, 7, 8)]
    assert shown.split() == [text[:5] for text in TEXTS]
