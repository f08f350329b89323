"""Arg-microtexts, part 2: 171 short texts in English, written by a crowd (Skeppstedt et al. 2018).

What becomes of the annotation is said in `argmine.corpora.microtexts`.
"""

from pathlib import Path

from argmine.corpora.corpus import Corpus
from argmine.corpora.microtexts import read_part

NAME = "microtexts-part2"


def read(folder: Path) -> Corpus:
    """The corpus from its folder.

    Raises:
        FormatError: a file is missing or breaks its format.
        CorpusError: a text and its graph do not fit, or a label is unknown.
    """
    return read_part(NAME, folder / "corpus")
