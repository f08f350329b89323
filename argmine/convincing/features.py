"""What the score of an argument is made from: the encoder's states of its words, and how it is written."""

import re
from math import log

import numpy as np

from argmine.document import Document
from argmine.encoding import FloatArray
from argmine.measures.markers import count_markers
from argmine.miner import ArgumentMiner

TEXT_FEATURES = (
    "log of sentences",
    "letters a word",
    "share of words of 7 letters or more",
    "word pieces a word",
    "share of capital letters",
    "share of words in capitals",
    "share of sentences that open with a capital letter",
    "commas a word",
    "exclamation marks a word",
    "question marks a word",
    "runs of stops a word",
    "quotation marks a word",
    "share of words with a figure",
    "distinct words over words to the power of .8",
    "share of words of the first person",
    "share of words of the second person",
    "discourse markers a word",
    "ends with a closing mark",
    "letters written three times or more, a word",
    "marks without a space behind, a word",
)
_FIRST = frozenset({"i", "i'm", "i've", "i'd", "me", "my", "mine", "myself", "we", "our", "us", "ours"})
_SECOND = frozenset({"you", "your", "yours", "yourself", "u", "ur"})
_STOP = re.compile(r"[.!?…]+(?=\s|$)")
_OPENING = re.compile(r"(?:^|[.!?…]\s+)(\w)")
_STOPS, _QUOTES = re.compile(r"\.\.+|…"), re.compile(r'["“”]')
_THRICE, _NO_SPACE = re.compile(r"(\w)\1\1"), re.compile(r"[.,!?;:](?=[A-Za-z])")
_MARKS = ".,!?;:…\"'“”‘’()[]"


def features(miner: ArgumentMiner, text: str) -> FloatArray | None:
    """`[h + 20]`: the mean of the words' states where the text stands alone, then `TEXT_FEATURES`.

    The text is read as one line, and by the same features of its form whatever scheme the miner reads by.

    Returns:
        None where the text holds no word that the encoder knows of.
    """
    line = " ".join(text.split())
    encoded = miner.encoder.encode(Document(id="argument", text=line))
    if not len(encoded):
        return None
    state = miner.scorer.words(encoded).mean(axis=0, dtype=np.float64)
    return np.concatenate([state, text_features(line, pieces=len(encoded.ids))])


def text_features(text: str, *, pieces: int) -> FloatArray:
    """`[20]`, the values of `TEXT_FEATURES` for a text of one word or more, which the vocabulary cuts into `pieces`."""
    words = text.split()
    count = len(words)
    plain = [word.strip(_MARKS).lower().replace("’", "'") for word in words]
    letters = [character for character in text if character.isalpha()]
    openings = [found[1].isupper() for found in _OPENING.finditer(text)]
    values = (
        log(max(1, len(_STOP.findall(text)))),
        sum(map(len, plain)) / count,
        sum(len(word) > 6 for word in plain) / count,
        pieces / count,
        sum(letter.isupper() for letter in letters) / max(1, len(letters)),
        sum(word.isupper() and len(word) > 1 for word in words) / count,
        sum(openings) / max(1, len(openings)),
        text.count(",") / count,
        text.count("!") / count,
        text.count("?") / count,
        len(_STOPS.findall(text)) / count,
        len(_QUOTES.findall(text)) / count,
        sum(any(c.isdigit() for c in word) for word in words) / count,
        len(set(plain)) / count**0.8,
        sum(word in _FIRST for word in plain) / count,
        sum(word in _SECOND for word in plain) / count,
        count_markers(text) / count,
        float(text.rstrip()[-1] in '.!?…"”'),
        len(_THRICE.findall(text)) / count,
        len(_NO_SPACE.findall(text)) / count,
    )
    return np.array(values, np.float64)
