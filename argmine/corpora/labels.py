"""The one table of labels: what each corpus calls its components and relations, and what they are here.

A label that the table does not know is an error, never skipped. A label may map to *no component* (a unit of
text that is no part of an argument) or to *other* (a relation that neither supports nor attacks); both read
as None.
"""

from collections.abc import Mapping
from typing import TypeVar

from argmine.errors import CorpusError
from argmine.graph import ComponentType, RelationType

T = TypeVar("T")

_MAJOR_CLAIM, _CLAIM, _PREMISE = ComponentType.MAJOR_CLAIM, ComponentType.CLAIM, ComponentType.PREMISE
_SUPPORT, _ATTACK = RelationType.SUPPORT, RelationType.ATTACK
_NO_COMPONENT = None
_OTHER = None

_ESSAY_COMPONENTS: Mapping[str, ComponentType | None] = {
    "MajorClaim": _MAJOR_CLAIM,
    "Claim": _CLAIM,
    "Premise": _PREMISE,
}

_MICROTEXT_COMPONENTS: Mapping[str, ComponentType | None] = {
    "central": _MAJOR_CLAIM,  # the one unit that bears on no other; its label stays pro or opp
    "pro": _PREMISE,
    "opp": _PREMISE,
}

_MICROTEXT_RELATIONS: Mapping[str, RelationType | None] = {
    "sup": _SUPPORT,
    "exa": _SUPPORT,
    "reb": _ATTACK,
    "und": _ATTACK,
}

_COMPONENTS: Mapping[str, Mapping[str, ComponentType | None]] = {
    "aae2": _ESSAY_COMPONENTS,
    "aae2-conll": _ESSAY_COMPONENTS,
    "abstrct": _ESSAY_COMPONENTS,
    "arct": {"Premise": _PREMISE},
    "cdcp": {
        "policy": _CLAIM,
        "value": _CLAIM,
        "fact": _PREMISE,
        "testimony": _PREMISE,
        "reference": _PREMISE,
    },
    "cmv-modes": {"main_claim": _MAJOR_CLAIM, "claim": _CLAIM, "premise": _PREMISE},
    "elecdeb60to20": {"Claim": _CLAIM, "Premise": _PREMISE},
    "ets-school-essays": {
        "Claim": _CLAIM,
        "Premise": _PREMISE,
        "Opinion": _CLAIM,
        "Matter_of_fact": _PREMISE,
    },
    "microtexts-part1": _MICROTEXT_COMPONENTS,
    "microtexts-part2": _MICROTEXT_COMPONENTS,
    "persuade1": {
        "Lead": _NO_COMPONENT,
        "Position": _MAJOR_CLAIM,
        "Claim": _CLAIM,
        "Counterclaim": _CLAIM,
        "Rebuttal": _CLAIM,
        "Evidence": _PREMISE,
        "Concluding Statement": _MAJOR_CLAIM,  # it restates the position
    },
    "webis-editorials16": {
        "assumption": _CLAIM,  # a judgement or opinion of the author
        "anecdote": _PREMISE,
        "common-ground": _PREMISE,
        "statistics": _PREMISE,
        "testimony": _PREMISE,
        "other": _NO_COMPONENT,
        "title": _NO_COMPONENT,
        "no-unit": _NO_COMPONENT,
    },
}

_RELATIONS: Mapping[str, Mapping[str, RelationType | None]] = {
    "aae2": {"supports": _SUPPORT, "attacks": _ATTACK, "For": _SUPPORT, "Against": _ATTACK},
    "aae2-conll": {"Support": _SUPPORT, "Attack": _ATTACK, "For": _SUPPORT, "Against": _ATTACK},
    "abstrct": {"Support": _SUPPORT, "Attack": _ATTACK, "Partial-Attack": _ATTACK},
    "cdcp": {"reason": _SUPPORT, "evidence": _SUPPORT},
    "cmv-modes": {
        "support": _SUPPORT,
        "agreement": _SUPPORT,
        "partial_agreement": _SUPPORT,
        "disagreement": _ATTACK,
        "partial_disagreement": _ATTACK,
        "partial_attack": _ATTACK,
        "rebuttal": _ATTACK,
        "rebuttal_attack": _ATTACK,
        "undercutter": _ATTACK,
        "undercutter_attack": _ATTACK,
        "understand": _OTHER,
    },
    "ets-school-essays": {"Support": _SUPPORT, "Attack": _ATTACK},
    "microtexts-part1": _MICROTEXT_RELATIONS,
    "microtexts-part2": _MICROTEXT_RELATIONS,
}


def component_type(corpus: str, label: str) -> ComponentType | None:
    """The type of a component that `corpus` labels so; None where it is no component.

    Raises:
        CorpusError: the corpus has no such label; the message names those it has.

    >>> component_type("cmv-modes", "main_claim")
    <ComponentType.MAJOR_CLAIM: 'major_claim'>
    """
    return _look_up(_COMPONENTS, "component", corpus, label)


def relation_type(corpus: str, label: str) -> RelationType | None:
    """Whether a relation that `corpus` labels so supports or attacks; None where it does neither.

    Raises:
        CorpusError: the corpus has no such label; the message names those it has.

    >>> relation_type("abstrct", "Partial-Attack")
    <RelationType.ATTACK: 'attack'>
    """
    return _look_up(_RELATIONS, "relation", corpus, label)


def _look_up(table: Mapping[str, Mapping[str, T]], kind: str, corpus: str, label: str) -> T:
    known = table.get(corpus, {})
    if label not in known:
        names = ", ".join(known) or "none"
        raise CorpusError(f"unknown {kind} label {label!r} in {corpus}; known are {names}")
    return known[label]
