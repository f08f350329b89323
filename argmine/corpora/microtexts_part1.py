"""Arg-microtexts, part 1: 112 short texts in English, most written to order, 23 for teaching (Peldszus & Stede 2016).

What becomes of the annotation is said in `argmine.corpora.microtexts`.
"""

from pathlib import Path

from argmine.corpora.corpus import Corpus
from argmine.corpora.microtexts import read_part

NAME = "microtexts-part1"


def read(folder: Path) -> Corpus:
    """The corpus from its folder.

    Raises:
        FormatError: a file is missing or breaks its format.
        CorpusError: a text and its graph do not fit, or a label is unknown.
    """
    return read_part(NAME, folder / "corpus" / "en")
