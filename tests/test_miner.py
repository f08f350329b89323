"""From text to graph: any text, the same graph each time, and errors in their place."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import argmine
from argmine.decoding import LinkScores
from argmine.document import Document
from argmine.encoding import NEIGHBOURS, IntArray
from argmine.errors import ModelError
from argmine.graph import ArgumentGraph, ComponentType
from argmine.miner import ArgumentMiner
from argmine.miner.assembly import RUNNERS_UP
from argmine.network import ArgumentNetwork
from argmine.runtime import TorchBackend
from argmine.scoring import CHUNK, COMPONENTS, STRONGEST
from tests import tiny

TEXTS = {
    "a few sentences": tiny.prose(6),
    "one sentence": tiny.prose(1),
    "one word": "buses",
    "paragraphs of one sentence": tiny.prose(25, stop=".\n\n"),
    "windows line ends": tiny.prose(12, stop=".\r\n"),
    "mixed line ends": "\r".join(["a bus\n", tiny.prose(4, stop=".\r\n"), tiny.prose(3, stop=".\u2029")]),
    "byte-order mark": "\ufeff" + tiny.prose(4),
    "accents, emoji and other scripts": tiny.prose(2)
    + " Cafe\u0301s \U0001f469\u200d\U0001f4bb \u4f60\u597d\uff0c \u2764\ufe0f.",
    "codes": "A bus\x00 must\x0brun\x0cat\x1b[31m night\x85.",
    "names of special pieces": "[CLS] the city [SEP] must [PAD] run [MASK] buses [unused1] at night.",
}
EMPTY = {"nothing": "", "blanks": " \t \n\r\n\u3000", "a mark alone": "\ufeff", "codes that are no words": "\x00\u200b"}


def is_forest(graph: ArgumentGraph) -> bool:
    target = {r.source: r.target for r in graph.relations}
    for start in target:
        here, steps = start, 0
        while here in target and steps <= len(target):
            here, steps = target[here], steps + 1
        if here in target:
            return False
    return len(target) == len(graph.relations)


def check(graph: ArgumentGraph, text: str) -> None:
    """What holds for every mined graph."""
    assert graph.text == text
    assert graph.read == 1.0
    assert graph.model is not None
    assert is_forest(graph)
    assert all(before.end <= after.start for before, after in pairwise(graph.components))
    assert all(c.text == text[c.start : c.end] == c.text.strip() != "" for c in graph.components)
    known = [*(c.probability for c in graph.components), *(r.probability for r in graph.relations)]
    known += [a.probability for r in graph.relations for a in r.alternatives]
    assert all(p is not None and 0 <= p <= 1 and round(p, 4) == p for p in known)
    kinds = {c.id: c.type for c in graph.components}
    sources = {r.source for r in graph.relations}
    for relation in graph.relations:
        assert len(relation.alternatives) <= RUNNERS_UP
        assert not {relation.source, relation.target} & {a.target for a in relation.alternatives}
    assert sources >= {c for c, kind in kinds.items() if kind is ComponentType.PREMISE}
    assert not sources & {c for c, kind in kinds.items() if kind is ComponentType.MAJOR_CLAIM}
    assert ArgumentGraph.model_validate_json(graph.model_dump_json()) == graph


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_any_text_gives_a_forest_of_components_apart(tiny_miner: ArgumentMiner, text: str) -> None:
    check(tiny_miner.mine(text), text)


def test_the_tiny_model_finds_what_tests_need(tiny_miner: ArgumentMiner) -> None:
    graph = tiny_miner.mine(TEXTS["a few sentences"])
    assert {c.type for c in graph.components} == set(ComponentType)
    assert len(graph.components) > 8
    assert len(graph.relations) > 5
    assert any(r.alternatives for r in graph.relations)


@settings(max_examples=30)
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_random_text_gives_a_forest_of_components_apart(tiny_miner: ArgumentMiner, text: str) -> None:
    check(tiny_miner.mine(text), text)


@pytest.mark.parametrize("text", EMPTY.values(), ids=EMPTY.keys())
def test_a_text_without_words_gives_an_empty_graph(tiny_miner: ArgumentMiner, text: str) -> None:
    graph = tiny_miner.mine(text)
    assert graph.components == ()
    assert graph.relations == ()
    assert (graph.text, graph.read) == (text, 1.0)


def test_claims_bear_on_the_last_major_claim(tiny_miner: ArgumentMiner) -> None:
    for text in TEXTS.values():
        graph = tiny_miner.mine(text)
        theses = [c.id for c in graph.major_claims]
        claims = [c for c in graph.components if c.type is ComponentType.CLAIM]
        for claim in claims:
            assert [r.target for r in graph.outgoing(claim)] == theses[-1:]


def test_twenty_thousand_words_in_a_line_are_mined_whole(tiny_miner: ArgumentMiner) -> None:
    text = tiny.prose(2000)[:-1].replace(".", " ,")
    assert len(tiny_miner.encoder.encode(Document(id="d", text=text))) > max(20_000, 4 * CHUNK)
    graph = tiny_miner.mine(text)
    assert len(graph.components) > 2 * COMPONENTS
    assert graph.components[-1].end > len(text) - 200
    check(graph, text)


def test_hundreds_of_paragraphs_are_mined_whole(tiny_miner: ArgumentMiner) -> None:
    text = tiny.prose(400, stop=".\n")
    graph = tiny_miner.mine(text)
    assert len(graph.components) > 10
    check(graph, text)


@pytest.mark.slow
def test_time_grows_with_length_and_not_with_its_square(tiny_miner: ArgumentMiner) -> None:
    def seconds(sentences: int) -> float:
        text = tiny.prose(sentences)
        start = time.process_time()
        tiny_miner.mine(text)
        return time.process_time() - start

    seconds(50)
    short, long = min(seconds(250) for _ in range(3)), seconds(2500)
    assert long < 25 * short


def test_candidates_are_bounded_whatever_the_length(tiny_miner: ArgumentMiner) -> None:
    encoded = tiny_miner.encoder.encode(Document(id="d", text=tiny.prose(150)))
    segments = np.repeat(np.arange(0, len(encoded), 2)[:, None], 2, axis=1)
    links = tiny_miner.scorer.link_scores(encoded, tiny_miner.scorer.words(encoded), segments)
    assert len(segments) > 5 * NEIGHBOURS
    assert links.candidates.shape[1] <= NEIGHBOURS + STRONGEST
    assert np.exp(np.column_stack([links.root, links.arcs])).sum(axis=1) == pytest.approx(np.ones(len(segments)))


def test_components_of_a_long_document_are_scored_as_in_a_short_one_far_from_a_chunks_end(
    tiny_miner: ArgumentMiner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In chunks, a component sees at least the margin's neighbours: types change little, and none is lost."""

    def types() -> tuple[LinkScores, IntArray]:
        encoded = tiny_miner.encoder.encode(Document(id="d", text=tiny.prose(30)))
        segments = np.repeat(np.arange(0, len(encoded), 2)[:, None], 2, axis=1)
        return tiny_miner.scorer.link_scores(encoded, tiny_miner.scorer.words(encoded), segments), segments

    whole, segments = types()
    monkeypatch.setattr("argmine.scoring.COMPONENTS", 96)
    monkeypatch.setattr("argmine.scoring.COMPONENT_MARGIN", 32)
    chunked, _ = types()
    assert chunked.types.shape == whole.types.shape == (len(segments), 3)
    assert np.abs(np.exp(chunked.types) - np.exp(whole.types)).mean() < 0.1


def test_boundaries_in_chunks_equal_those_in_one(tiny_miner: ArgumentMiner, monkeypatch: pytest.MonkeyPatch) -> None:
    words = tiny_miner.scorer.words(tiny_miner.encoder.encode(Document(id="d", text=tiny.prose(20))))
    whole = tiny_miner.scorer.boundaries(words)
    monkeypatch.setattr("argmine.scoring.CHUNK", 7)
    chunked = tiny_miner.scorer.boundaries(words)
    for name in ("start", "end", "inside", "left", "right"):
        assert getattr(chunked, name) == pytest.approx(getattr(whole, name), abs=1e-4)


def texts() -> list[Document]:
    return [Document(id=f"d{n}", text=text) for n, text in enumerate([*TEXTS.values(), *EMPTY.values()])]


def test_a_graph_is_the_same_alone_and_among_others_in_any_order(tiny_miner: ArgumentMiner) -> None:
    alone = {d.id: tiny_miner.mine(d).model_dump_json() for d in texts()}
    for seed in range(3):
        order = [texts()[n] for n in np.random.default_rng(seed).permutation(len(texts()))]
        mined = {g.id: g.model_dump_json() for g in tiny_miner.mine_many(order)}
        assert mined == alone
        assert list(mined) == [d.id for d in order]


def test_a_graph_is_the_same_with_another_number_of_threads(tiny_model: Path, tiny_miner: ArgumentMiner) -> None:
    other = ArgumentMiner.load(tiny_model, threads=2)
    for document in texts():
        assert other.mine(document).model_dump_json() == tiny_miner.mine(document).model_dump_json()


def test_a_graph_is_the_same_in_a_new_process(tiny_model: Path, tiny_miner: ArgumentMiner) -> None:
    program = (
        "import sys, argmine\n"
        "miner = argmine.load(sys.argv[1])\n"
        "for graph in miner.mine_many(sys.argv[2:]):\n"
        "    print(graph.model_dump_json())\n"
    )
    wanted = [tiny.prose(6), tiny.prose(3, stop=".\n")]
    command = [sys.executable, "-c", program, str(tiny_model), *wanted]
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
    assert found.stdout.splitlines() == [g.model_dump_json() for g in tiny_miner.mine_many(wanted)]


def test_torch_and_onnx_give_the_same_components(tiny_model: Path, tiny_miner: ArgumentMiner) -> None:
    from safetensors.torch import load_file

    network = ArgumentNetwork.from_config(tiny_model, tiny.config())
    network.load_state_dict({n: v.float() for n, v in load_file(tiny_model / "model.safetensors").items()})
    other = ArgumentMiner(tiny.config(), tiny_miner.encoder, TorchBackend(network.eval()))
    for text in (TEXTS["a few sentences"], TEXTS["paragraphs of one sentence"]):
        expected, found = other.mine(text), tiny_miner.mine(text)
        assert [(c.start, c.end, c.type) for c in found.components] == [
            (c.start, c.end, c.type) for c in expected.components
        ]
        assert [(r.source, r.target, r.type) for r in found.relations] == [
            (r.source, r.target, r.type) for r in expected.relations
        ]
        for mine, theirs in zip(found.components, expected.components, strict=True):
            assert mine.probability == pytest.approx(theirs.probability, abs=1e-3)


def test_given_components_keep_their_spans(tiny_miner: ArgumentMiner) -> None:
    text = tiny.prose(4)
    gold = ArgumentGraph.build(
        Document(id="d", text=text), [("x", "claim", 0, 20), ("y", "premise", 22, 36), ("z", "premise", 45, 60)]
    )
    graph = tiny_miner.mine_components(gold)
    assert [(c.id, c.start, c.end) for c in graph.components] == [("c1", 0, 20), ("c2", 22, 36), ("c3", 45, 60)]
    assert is_forest(graph)
    assert tiny_miner.mine_components(gold.model_copy(update={"components": ()})).components == ()


def test_many_texts_are_named_by_their_number(tiny_miner: ArgumentMiner) -> None:
    found = tiny_miner.mine_many(["a bus", Document(id="mine", text="a bus"), ""])
    assert [g.id for g in found] == ["document-1", "mine", "document-3"]


def test_many_are_mined_one_by_one_as_they_are_asked_for(tiny_miner: ArgumentMiner) -> None:
    taken: list[int] = []

    def endless() -> Iterator[str]:
        for n in count():
            taken.append(n)
            yield f"bus {n}"

    mined = tiny_miner.mine_many(endless())
    assert taken == []
    assert next(mined).text == "bus 0"
    assert taken == [0]


def test_pairs_keep_what_comes_with_each_text(tiny_miner: ArgumentMiner) -> None:
    context = {"page": 3}
    ((graph, given_back),) = tiny_miner.mine_many([("a bus", context)], as_tuples=True)
    assert graph.text == "a bus"
    assert given_back is context


SURROGATE = "a bus \ud800 runs"


def test_half_a_surrogate_pair_is_refused_with_its_place(tiny_miner: ArgumentMiner) -> None:
    with pytest.raises(ValidationError, match=r"lone surrogate U\+D800 at 6"):
        tiny_miner.mine(SURROGATE)


@pytest.mark.parametrize("wrong", [None, 5, b"a bus", ["a bus"]])
def test_what_is_no_text_is_a_type_error(tiny_miner: ArgumentMiner, wrong: Any) -> None:
    with pytest.raises(TypeError, match=f"document is {type(wrong).__name__}, allowed are str and Document"):
        tiny_miner.mine(wrong)


def test_a_bad_document_ends_the_rest_or_takes_its_place(tiny_miner: ArgumentMiner) -> None:
    bad: list[Any] = ["a bus", SURROGATE, None, "a city"]
    mined = tiny_miner.mine_many(bad)
    assert next(mined).text == "a bus"
    with pytest.raises(ValueError, match="lone surrogate"):
        next(mined)
    kept = list(tiny_miner.mine_many(bad, on_error="yield"))
    assert [type(k).__name__ for k in kept] == ["ArgumentGraph", "ValidationError", "TypeError", "ArgumentGraph"]
    assert str(kept[2]) == "document-3 is NoneType, allowed are str and Document"
    pairs = list(tiny_miner.mine_many([(text, n) for n, text in enumerate(bad)], as_tuples=True, on_error="yield"))
    assert [n for _, n in pairs] == [0, 1, 2, 3]


def test_wrong_arguments_are_refused_at_the_call(tiny_miner: ArgumentMiner) -> None:
    with pytest.raises(ValueError, match="on_error is 'skip', allowed are"):
        tiny_miner.mine_many([], on_error="skip")  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="documents is one str, not many of them"):
        tiny_miner.mine_many("a bus")


def test_a_saved_model_loads_and_gives_equal_graphs(tiny_miner: ArgumentMiner, tmp_path: Path) -> None:
    tiny_miner.save(tmp_path / "copies" / "tiny")
    other = argmine.load(tmp_path / "copies" / "tiny")
    assert other.config == tiny_miner.config
    assert other.info == tiny_miner.info
    text = TEXTS["a few sentences"]
    assert other.mine(text) == tiny_miner.mine(text)


def test_a_model_is_not_saved_over_anything(tiny_miner: ArgumentMiner, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is something already"):
        tiny_miner.save(tmp_path)


def test_a_network_in_memory_has_no_folder_to_save(tiny_miner: ArgumentMiner, tmp_path: Path) -> None:
    miner = ArgumentMiner(tiny_miner.config, tiny_miner.encoder, tiny_miner.backend)
    with pytest.raises(ModelError, match=r"saved by argmine\.training\.package"):
        miner.save(tmp_path / "new")


def test_the_model_says_what_it_is(tiny_miner: ArgumentMiner) -> None:
    info = tiny_miner.info
    assert (info.name, info.backend, info.precision) == ("tiny", "onnx", "fp32")
    assert len(info.revision) == 12
    assert "research only" in tiny_miner.licence


def test_a_change_of_any_file_changes_the_revision(tiny_model: Path, tmp_path: Path) -> None:
    revisions = {ArgumentMiner.load(tiny_model).revision}
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    known = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps({**known, "name": "other"}), encoding="utf-8")
    revisions.add(ArgumentMiner.load(folder).revision)
    assert len(revisions) == 2


@pytest.mark.parametrize("name", ["no-such-model", "/no/such/folder"])
def test_a_model_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(ModelError, match=f"there is no model of the name or folder '{name}'"):
        argmine.load(name)
