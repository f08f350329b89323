"""By what a document is known again, whatever its spaces, its case and its marks: its letters, its runs of words.

A digest of a document's letters and digits alone finds it whole; digests of its runs of twelve words find what is left
of it in a longer, shorter or changed one. Of the runs a fixed sample is kept, those whose digest a power of two
divides, so that any two documents, or sets of them, are compared on the same runs.
"""

import re
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, PositiveInt, ValidationError

from argmine.base import Frozen
from argmine.errors import ModelError, faults

RUN = 12
EVERY = 16
MOST = 20_000
"""Runs that are kept of one set of documents; where there are more, every second of them is left out, and so on."""
SHARE = 0.25

_WORD = re.compile(r"[^\W_]+")
_MASK = 2**40 - 1


def words_of(text: str) -> list[str]:
    """Lower-cased alphanumeric words.

    >>> words_of("Trams don't hum_m.")
    ['trams', 'don', 't', 'hum', 'm']
    """
    return _WORD.findall(text.lower())


def runs_of(text: str) -> NDArray[np.uint64]:
    """`[run]`, a digest of each run of twelve words; a text of fewer words has none."""
    words = words_of(text)
    starts = range(len(words) - RUN + 1)
    digests = (blake2b(" ".join(words[s : s + RUN]).encode(), digest_size=8).digest() for s in starts)
    return np.frombuffer(b"".join(digests), np.uint64)


def letters_of(text: str) -> str:
    """A digest of the letters and digits alone, lower-cased.

    >>> letters_of("Trams don't hum.") == letters_of("TRAMS don ' t hum")
    True
    """
    return blake2b("".join(words_of(text)).encode(), digest_size=8).hexdigest()


class Fingerprints(Frozen):
    """Documents as digests, from which no text can be had back.

    Attributes:
        documents: how many there are.
        every: runs are kept whose digest it divides.
        letters: of each document, sorted; equal ones are one.
        runs: the last forty bits of those kept, sorted, as hexadecimal digits.
    """

    documents: int = Field(ge=0)
    every: PositiveInt = EVERY
    letters: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Fingerprints":
        """Digests of texts, in any order."""
        kept = list(texts)
        runs = {run for text in kept for run in _sample(runs_of(text), EVERY)}
        letters = {letters_of(text) for text in kept}
        return cls(documents=len(kept), letters=tuple(sorted(letters)), runs=tuple(sorted(runs))).thinned(EVERY)

    def __or__(self, other: "Fingerprints") -> "Fingerprints":
        """The documents of both; those of the same letters count once."""
        letters = tuple(sorted({*self.letters, *other.letters}))
        every = max(self.every, other.every)
        runs = {*self.thinned(every).runs, *other.thinned(every).runs}
        return Fingerprints(
            documents=len(letters),
            every=every,
            letters=letters,
            runs=tuple(sorted(runs)),
        ).thinned(every)

    def thinned(self, every: int) -> "Fingerprints":
        """With those runs alone that `every` divides, and no more than `MOST` of them."""
        runs = tuple(run for run in self.runs if int(run, 16) % every == 0)
        if len(runs) > MOST:
            return self.thinned(2 * every)
        return self.model_copy(update={"every": every, "runs": runs})

    def known_among(self, texts: Iterable[str]) -> list[bool]:
        """`[text]`, whether it is one of the documents: its letters are, or a quarter of the sample of its runs.

        A text of which no run is in the sample, short as it must be, is known by its letters alone.
        """
        letters, runs = frozenset(self.letters), frozenset(self.runs)
        return [letters_of(text) in letters or self._share(text, runs) >= SHARE for text in texts]

    def _share(self, text: str, known: frozenset[str]) -> float:
        sample = _sample(runs_of(text), self.every)
        return len(sample & known) / len(sample) if sample else 0.0


def _sample(runs: NDArray[np.uint64], every: int) -> set[str]:
    return {f"{run & _MASK:010x}" for run in runs[runs % every == 0].tolist()}


class TrainingDigests(Frozen):
    """What a model learnt from and was selected on: the file `training-digests.json` of its folder.

    Attributes:
        train: what it learnt from, and what the model did whose weights it started from.
        development: what either was selected on.
        complete: false where it started from, or was averaged with, a model of which this is not known.
    """

    train: Fingerprints
    development: Fingerprints
    complete: bool = True

    @classmethod
    def of(cls, train: Iterable[str], development: Iterable[str]) -> "TrainingDigests":
        """Digests of the texts."""
        return cls(train=Fingerprints.of(train), development=Fingerprints.of(development))

    def after(self, start: "TrainingDigests | None") -> "TrainingDigests":
        """Those of a model that started from the weights of another, whose own are None where they are not known."""
        if start is None:
            return self.model_copy(update={"complete": False})
        return TrainingDigests(
            train=start.train | self.train,
            development=start.development | self.development,
            complete=self.complete and start.complete,
        )


def read_digests(path: Path) -> TrainingDigests | None:
    """The digests of a model's folder, None where the file is not there.

    Raises:
        ModelError: it cannot be read.
    """
    try:
        return TrainingDigests.model_validate_json(path.read_bytes()) if path.exists() else None
    except OSError as error:
        raise ModelError(error.strerror or str(error), path=path) from error
    except ValidationError as error:
        raise ModelError(faults(error), path=path) from error
