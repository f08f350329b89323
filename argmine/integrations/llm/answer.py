"""What a language model answered, read with patience: whatever cannot be used is counted, nothing is guessed."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic_core import from_json

from argmine.formats.names import find_component_type
from argmine.graph import ComponentType

_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"```[a-zA-Z]*\s*\n(.*?)(?:```|\Z)", re.DOTALL)
_START = re.compile(r"[{\[]")
_KEYS = frozenset({"id", "quote", "type", "target", "relation"})


class Fault(StrEnum):
    """What can be wrong with a part of an answer; the graph's warnings say it by these words and count it."""

    MALFORMED = "components dropped, no object with a quote and a known type"
    UNKNOWN_KEY = "unknown keys ignored"
    CUT = "answers cut short, what came after is missing"
    NOT_FOUND = "components dropped, their quotes do not stand in the text"
    OVERLAPPING = "components dropped, their quotes stand only where another component does"
    NOT_EXACT = "quotes found only nearly as they are"
    REPEATED_ID = "components with the id of one before, relations to that id go to the first"
    WITHOUT_TARGET = "relations dropped, they name no target"
    UNKNOWN_END = "relations dropped, their target is not in the answer"
    DROPPED_END = "relations dropped, their target was dropped"
    UNKNOWN_RELATION = "relations dropped, neither support nor attack"
    SELF_RELATION = "relations dropped, from a component to itself"
    CIRCLE = "relations dropped, they would close a circle"
    THESIS_WITH_TARGET = "relations dropped, major claims bear on nothing"

    @property
    def key(self) -> str:
        """As `meta` has it: `not_found`."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A component of an answer, as told; `target` and `relation` are None where it says none.

    `relation` is the model's own word for it, known or not.
    """

    id: str
    quote: str
    type: ComponentType
    target: str | None
    relation: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The components of an answer, in its order, and how often it had which fault."""

    components: tuple[Quoted, ...]
    faults: Mapping[Fault, int]


class UnreadableAnswerError(ValueError):
    """An answer without any JSON of the expected form; the message says what it is instead."""


def read_answer(content: str) -> Answer:
    """The components that an answer lists; prose and code fences around the JSON are passed over.

    An answer that ends in the midst of its JSON gives what came whole before.

    Raises:
        UnreadableAnswerError: it holds no list of components.

    >>> read_answer('Here: {"components": [{"id": "a", "quote": "So be it", "type": "Claim"}, {"id"').components
    (Quoted(id='a', quote='So be it', type=<ComponentType.CLAIM: 'claim'>, target=None, relation=None),)
    """
    listed, cut = _listed(_THOUGHT.sub("", content))
    if cut and listed and _component(listed[-1], len(listed), Counter()) is None:
        del listed[-1]  # the cut went through it
    faults: Counter[Fault] = Counter({Fault.CUT: 1} if cut else {})
    components = [found for place, item in enumerate(listed, 1) if (found := _component(item, place, faults))]
    return Answer(tuple(components), +faults)


def _listed(content: str) -> tuple[list[Any], bool]:
    """The items of the list of components, and whether its JSON was cut."""
    if not content.strip():
        raise UnreadableAnswerError("it is empty")
    fenced = _FENCED.search(content)
    for text in ([fenced[1]] if fenced else []) + [content]:
        for partial in (False, True):
            found = _first_list(text, partial=partial)
            if found is not None:
                return found, partial
    raise UnreadableAnswerError(f"no JSON object with a list of components, it begins {content.strip()[:60]!r}")


def _first_list(text: str, *, partial: bool) -> list[Any] | None:
    """The first list of components: under its key, or a bare list of objects; other text may stand around it."""
    for start in _START.finditer(text):
        ends = [len(text)] if partial else _ends(text, start.start())
        for end in ends:
            found = _parsed(text[start.start() : end], partial=partial)
            if isinstance(found, dict) and isinstance(found.get("components"), list):
                return list(found["components"])
            if isinstance(found, list) and any(isinstance(item, dict) for item in found):
                return found
    return None


def _ends(text: str, start: int) -> Iterable[int]:
    """Where JSON that begins at `start` may end: the last places of its closing bracket, the farthest first."""
    closing = "}" if text[start] == "{" else "]"
    end = len(text)
    for _ in range(5):
        end = text.rfind(closing, start, end)
        if end < 0:
            return
        yield end + 1


def _parsed(text: str, *, partial: bool) -> Any:
    try:
        return from_json(text, allow_partial=partial)
    except ValueError:
        return None


def _component(item: Any, place: int, faults: Counter[Fault]) -> Quoted | None:
    kind = find_component_type(str(item.get("type"))) if isinstance(item, dict) else None
    quote = item.get("quote") if isinstance(item, dict) else None
    if kind is None or not isinstance(quote, str) or not quote.strip():
        faults[Fault.MALFORMED] += 1
        return None
    faults[Fault.UNKNOWN_KEY] += len(item.keys() - _KEYS)
    name, target, relation = (_word(item.get(key)) for key in ("id", "target", "relation"))
    return Quoted(name or f"#{place}", quote, kind, target, relation)


def _word(value: Any) -> str | None:
    """A name or choice as text; numbers count as names, empty ones and "null" as none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    word = str(value).strip()
    return None if word.lower() in ("", "null", "none") else word
