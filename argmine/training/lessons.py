"""`Lesson`: what a teacher believes of a document, as distributions; lessons are kept in one safetensors file."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from argmine.encoding import FloatArray, IntArray
from argmine.errors import RecipeError

ABOUT = "about"
RANKS = {"gold": 2, "weights": 1, "segments": 2, "types": 2, "targets": 2, "points": 1, "labels": 2, "stances": 2}


@dataclass(frozen=True, slots=True)
class Lesson:
    """What `training.examples.Example` holds beside the words, for a document of `words` words.

    Attributes:
        words: how many words the teacher saw.
        gold: `[g, 2]`, segments that may be components.
        weights: `[g]`, how likely each is one.
        segments: `[m, 2]`, those that the teacher decoded, in text order.
        types: `[m, 3]`, each row sums to how likely the segment is a component.
        targets: `[m, m + 1]`, likewise; the root first.
        points: `[m]`, the likeliest target, -1 for none.
        labels: `[m, 2]`, how likely the arc is, by its label.
        stances: `[m, 2]`, how likely the component is a claim, by its stance.
    """

    words: int
    gold: IntArray
    weights: FloatArray
    segments: IntArray
    types: FloatArray
    targets: FloatArray
    points: IntArray
    labels: FloatArray
    stances: FloatArray


@dataclass(frozen=True, slots=True)
class Lessons:
    """Lessons by document id, and who gave them.

    Attributes:
        corpus: whose documents they are about.
        teachers: the revision of each model.
        by_id: a lesson for each document.
        digest: of the file they were read from, empty for those in memory.
    """

    corpus: str
    teachers: tuple[str, ...]
    by_id: Mapping[str, Lesson]
    digest: str = ""

    def write(self, path: Path) -> None:
        """Writes them to one file, which appears whole or not at all."""
        tensors: dict[str, IntArray | FloatArray] = {}
        for name, lesson in self.by_id.items():
            for field in RANKS:
                tensors[f"{field}/{name}"] = np.ascontiguousarray(getattr(lesson, field))
        words = {name: lesson.words for name, lesson in self.by_id.items()}
        about = {"corpus": self.corpus, "teachers": self.teachers, "words": words}
        partial = path.with_name(f"{path.name}.partial")
        save_file(tensors, partial, metadata={ABOUT: json.dumps(about)})  # one key, for the order of several varies
        partial.replace(path)


def read_lessons(path: Path) -> Lessons:
    """Reads what `Lessons.write` wrote.

    Raises:
        RecipeError: there is no such file, or it holds something else.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            about = json.loads((file.metadata() or {})[ABOUT])
            by_id = {name: _lesson(file, name, words) for name, words in about["words"].items()}
            corpus, teachers = str(about["corpus"]), tuple(about["teachers"])
    except FileNotFoundError as error:
        raise RecipeError("there are no lessons", path=path) from error
    except (OSError, SafetensorError, KeyError, ValueError, TypeError) as error:
        raise RecipeError(f"no lessons of a teacher: {error}", path=path) from error
    return Lessons(corpus, teachers, by_id, f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}")


def _lesson(file: safe_open, name: str, words: int) -> Lesson:
    arrays = {field: file.get_tensor(f"{field}/{name}") for field in RANKS}  # type: ignore[no-untyped-call]
    for field, rank in RANKS.items():
        if arrays[field].ndim != rank:
            raise ValueError(f"{field} of {name} has {arrays[field].ndim} axes, {rank} were expected")
    return Lesson(words, **{f.name: arrays[f.name] for f in fields(Lesson) if f.name in arrays})
