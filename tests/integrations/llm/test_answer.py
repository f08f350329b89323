import json

import pytest

from argmine.integrations.llm.answer import Fault, UnreadableAnswerError, read_answer
from tests.integrations.llm.stand_in import lists

WHOLE = lists(("a", "Keep it", "claim", None, None), ("b", "It is cheap", "premise", "a", "support"))


def ids(content: str) -> list[str]:
    return [quoted.id for quoted in read_answer(content).components]


def test_answer_is_read_in_its_order() -> None:
    first, second = read_answer(WHOLE).components
    assert (first.id, first.quote, first.type, first.target, first.relation) == ("a", "Keep it", "claim", None, None)
    assert (second.id, second.type, second.target, second.relation) == ("b", "premise", "a", "support")
    assert read_answer(WHOLE).faults == {}


@pytest.mark.parametrize(
    "content",
    [
        f"```json\n{WHOLE}\n```",
        f"Here it is:\n```\n{WHOLE}\n```\nShall I explain {{more}}?",
        f"Certainly, see [1] and {{note}}: {WHOLE} That is all.",
        f'<think>Say {{"components": [{{"id": "x", "quote": "q", "type": "claim"}}]}}.</think>{WHOLE}',
        f'{{"result": {WHOLE}}}',
        json.dumps(json.loads(WHOLE)["components"]),
        f"```json\n{WHOLE}",
    ],
)
def test_what_stands_around_the_json_is_passed_over(content: str) -> None:
    answer = read_answer(content)
    assert [quoted.id for quoted in answer.components] == ["a", "b"]
    assert Fault.CUT not in answer.faults


@pytest.mark.parametrize("kept", range(len(WHOLE) - 1))
def test_a_cut_answer_gives_a_beginning_of_the_whole_or_nothing(kept: int) -> None:
    try:
        answer = read_answer(WHOLE[:kept])
    except UnreadableAnswerError:
        assert "[" not in WHOLE[:kept]
        return
    assert [quoted.id for quoted in answer.components] == ["a", "b"][: len(answer.components)]
    assert answer.faults == {Fault.CUT: 1}


def test_a_cut_answer_keeps_what_came_whole() -> None:
    assert ids(WHOLE[: WHOLE.index('"b"') + 30]) == ["a"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "it is empty"),
        (" \n", "it is empty"),
        ("I cannot help with that.", "no JSON object with a list of components, it begins 'I cannot help"),
        ("[1, 2]", "no JSON object"),
        ('{"claims": "none"}', "no JSON object"),
    ],
)
def test_an_answer_without_components_is_unreadable(content: str, message: str) -> None:
    with pytest.raises(UnreadableAnswerError, match=message):
        read_answer(content)


def test_an_empty_list_is_an_answer() -> None:
    assert read_answer('{"components": []}').components == ()


@pytest.mark.parametrize(
    "item",
    [
        '"Keep it"',
        '{"id": "b", "type": "claim"}',
        '{"id": "b", "quote": " ", "type": "claim"}',
        '{"id": "b", "quote": "Keep it", "type": "conclusion"}',
        '{"id": "b", "quote": ["Keep it"], "type": "claim"}',
    ],
)
def test_a_malformed_component_is_counted(item: str) -> None:
    answer = read_answer(f'{{"components": [{item}, {{"id": "c", "quote": "So", "type": "premise"}}]}}')
    assert [quoted.id for quoted in answer.components] == ["c"]
    assert answer.faults == {Fault.MALFORMED: 1}


def test_unknown_keys_are_counted() -> None:
    answer = read_answer('{"components": [{"id": 1, "quote": "So", "type": "Major Claim", "why": 1, "sure": 2}]}')
    assert answer.components[0].id == "1"
    assert answer.components[0].type == "major_claim"
    assert answer.faults == {Fault.UNKNOWN_KEY: 2}


def test_a_component_without_id_is_named_by_its_place() -> None:
    assert ids('{"components": [{"quote": "So", "type": "claim", "target": "null"}]}') == ["#1"]
