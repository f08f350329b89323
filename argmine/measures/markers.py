"""Discourse markers: words and phrases that say how a statement bears on another.

The list is this project's own, by what the marker does. Most of it are explicit connectives of the Penn Discourse
Treebank 2.0 (Prasad et al. 2008). Left out are those which mostly do something else: "and", "as", "so", "then", "when",
"yet", "for". It counts forms, not uses: "since" in "since 1990" counts too.
"""

import re

REASONS = ("because", "since", "given that", "due to", "for this reason", "for that reason", "the reason is")
RESULTS = ("therefore", "thus", "hence", "consequently", "accordingly", "as a result", "as a consequence", "so that")
CONTRASTS = (
    "although",
    "though",
    "even though",
    "however",
    "nevertheless",
    "nonetheless",
    "whereas",
    "while",
    "despite",
    "in spite of",
    "on the other hand",
    "on the contrary",
    "in contrast",
    "by contrast",
    "conversely",
    "instead",
    "rather than",
    "but",
    "admittedly",
    "regardless",
    "unless",
    "otherwise",
)
ADDITIONS = (
    "moreover",
    "furthermore",
    "in addition",
    "additionally",
    "besides",
    "likewise",
    "similarly",
    "also",
    "firstly",
    "secondly",
    "thirdly",
    "first of all",
    "on the one hand",
    "above all",
    "in particular",
    "indeed",
    "in fact",
)
EXAMPLES = ("for example", "for instance", "such as", "specifically", "in other words", "that is to say")
CLOSINGS = (
    "in conclusion",
    "to conclude",
    "in summary",
    "to sum up",
    "in short",
    "overall",
    "finally",
    "in my opinion",
    "in my view",
    "i believe that",
)
MARKERS = (*REASONS, *RESULTS, *CONTRASTS, *ADDITIONS, *EXAMPLES, *CLOSINGS)


def count_markers(text: str) -> int:
    r"""How many markers stand in a text, in whatever case; where one holds another, the longer is counted alone.

    >>> count_markers("Even though it rains, I walk. The reason is health; thus,\nfor\nexample, Anna walks.")
    4
    """
    return sum(1 for _ in _PATTERN.finditer(text))


def _pattern() -> re.Pattern[str]:
    longest_first = sorted(MARKERS, key=len, reverse=True)
    phrases = "|".join(re.escape(marker).replace(r"\ ", r"\s+") for marker in longest_first)
    return re.compile(rf"(?<![\w-])(?<!\w['’])(?:{phrases})(?![\w-]|['’]\w)", re.IGNORECASE)


_PATTERN = _pattern()
