"""What types are called elsewhere: `MajorClaim`, `major-claim`, `Supports`.

What a corpus means by labels of its own is not known here.
"""

import re

from argmine.errors import FormatError
from argmine.graph import ComponentType, RelationType

_NO_LETTER = re.compile(r"[^a-z]")
_COMPONENTS = {kind.value.replace("_", ""): kind for kind in ComponentType}
_SUPPORTS = ("support", "supports", "pro", "for", "inference")
_ATTACKS = ("attack", "attacks", "con", "against", "conflict", "undercut", "undercuts", "rebut", "rebuts")
_RELATIONS = {
    **dict.fromkeys(_SUPPORTS, RelationType.SUPPORT),
    **dict.fromkeys(_ATTACKS, RelationType.ATTACK),
}


def find_component_type(word: str) -> ComponentType | None:
    """The type that a word names, case and separators aside; None where it names none.

    >>> find_component_type("MajorClaim"), find_component_type("evidence")
    (<ComponentType.MAJOR_CLAIM: 'major_claim'>, None)
    """
    return _COMPONENTS.get(_letters(word))


def find_relation_type(word: str) -> RelationType | None:
    """The type that a word names, case and separators aside; None where it names none.

    >>> find_relation_type("Supports"), find_relation_type("rephrase")
    (<RelationType.SUPPORT: 'support'>, None)
    """
    return _RELATIONS.get(_letters(word))


def component_type(word: str) -> ComponentType:
    """As `find_component_type`.

    Raises:
        FormatError: the word names no type.
    """
    found = find_component_type(word)
    if found is None:
        raise FormatError(f"{word!r} is no type of component; known are MajorClaim, Claim, Premise")
    return found


def relation_type(word: str) -> RelationType:
    """As `find_relation_type`.

    Raises:
        FormatError: the word names no type.
    """
    found = find_relation_type(word)
    if found is None:
        raise FormatError(f"{word!r} is no type of relation; known are {', '.join((*_SUPPORTS, *_ATTACKS))}")
    return found


def own_label(word: str, kind: ComponentType | RelationType) -> str | None:
    """The word, where it says more than the type's own name."""
    return None if word == kind.value else word


def _letters(word: str) -> str:
    return _NO_LETTER.sub("", word.lower())
