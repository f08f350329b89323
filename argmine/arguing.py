"""Whether a text argues at all, or reports, or tells how something is done.

A model that learnt from essays alone finds premises in any sentence, and is sure of them: in recipes as many in a
hundred words as in opinion pieces. Two things tell texts that argue: how often they use words of reasoning (modal
verbs, negations, connectives, words of judgement and of the first person), and whether a thesis is found in them.
`python -m benchmarks.no_argument` sets the limits and records how often they err.
"""

import re

from argmine.confidence import keep
from argmine.config import Arguing
from argmine.graph import ArgumentGraph

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CUES = """
should must ought need needs because therefore thus hence however although though but nor yet rather instead not no
never nothing nobody none cannot can't don't doesn't didn't isn't aren't wasn't won't wouldn't shouldn't couldn't
think believe argue argued claim claims agree disagree opinion view reason reasons argument evidence fact prove proves
means mean would could might why better worse best worst right wrong good bad important true false fair unfair likely
matter matters more less than most even only just so such if unless whether what who how i we us our my
"""
CUES = frozenset(_CUES.split())
"""Words of reasoning. "don’t" is looked up as "don't"."""


def cue_rate(text: str) -> float:
    """Words of reasoning in a hundred words; 0 where there is no word.

    >>> cue_rate("We should keep the trams, because trams are so quiet.")
    40.0
    """
    words = _WORD.findall(text.replace("’", "'").lower())
    return 100 * sum(word in CUES for word in words) / max(1, len(words))


def count_words(text: str) -> int:
    """Words between white space."""
    return len(text.split())


def argues(text: str, thesis: float, rule: Arguing) -> bool:
    """Whether a text argues, as far as can be told; one too short for the rule is taken to.

    Args:
        text: the text.
        thesis: the greatest probability of any of its components to be a statement of a thesis.
        rule: the limits.
    """
    if thesis >= rule.sure_thesis or count_words(text) < rule.fewest_words:
        return True
    return cue_rate(text) >= rule.least_cues


def surest(graph: ArgumentGraph, rule: Arguing) -> ArgumentGraph:
    """The graph with no more components than a text that argues nothing is allowed, the most probable ones."""
    most = count_words(graph.text) // rule.words_a_component
    ranked = sorted(graph.components, key=lambda c: -(c.probability or 0.0))
    return keep(graph, {c.id for c in ranked[:most]}, {r.id for r in graph.relations})
