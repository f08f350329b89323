"""Whether a text looks English: by its script and the rate of words that English alone uses all the time.

No library and no model, so that it costs nothing to ask of each text. It tells English from what is not, and no other
language from another.
"""

import re

_WORD = re.compile(r"[^\W\d_]+")
LAST_LATIN = "ɏ"
"""The last letter of the Latin blocks up to Extended-B."""
FEWEST_WORDS = 20
"""Shorter texts in Latin letters are given the benefit of the doubt: "Ban cars now" has no function word."""
LEAST_RATE = 0.1
"""English prose has .25 to .4, recipes and abstracts about .2; other languages below .05."""
_OFTEN = """
the and that this these those with from which who whose what when where while because than then there their they
them have has had having been being are were would should could might must shall does did doing not but into onto
about after before between through during under again against other others another also more most many much some
such only very each every both either neither our ours your yours you his her hers she him its it it's i we if
can cannot how why any until upon out up down here don didn isn wasn weren wouldn couldn shouldn of
"""
FUNCTION_WORDS = frozenset(_OFTEN.split())


def looks_english(text: str) -> bool:
    """Whether a text is English as far as can be told; one that is too short to tell is taken for English.

    >>> looks_english("Keep the trams, for they are quiet."), looks_english("Трамваи тихие, и люди спят.")
    (True, False)
    """
    words = _WORD.findall(text.lower())
    if sum(len(w) for w in words if w[0] > LAST_LATIN) * 2 > sum(map(len, words)):
        return False
    if len(words) < FEWEST_WORDS:
        return True
    return sum(w in FUNCTION_WORDS for w in words) >= LEAST_RATE * len(words)
