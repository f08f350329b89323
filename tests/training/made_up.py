"""Made-up essays in the form of the corpus `aae2`, and a recipe for a tiny network, so that tests can train."""

from pathlib import Path

import numpy as np

from argmine.training.lessons import Lesson
from argmine.training.recipe import Augmentation, Recipe, Source
from tests import tiny

SUBJECTS = {
    "essay001": "trams",
    "essay002": "parks",
    "essay003": "books",
    "essay012": "boats",  # `dev` by the committed file of folds
    "essay024": "birds",  # likewise
    "essay004": "lamps",
}
TEST = ("essay004",)
ESSAY = (
    ("", "About {}"),
    ("MajorClaim", "we must keep the {}"),
    ("Claim", "{} are good for us all"),
    ("Premise", "people who have {} sleep well"),
    ("Claim", "some {} are too dear"),
)
LINKS = "R1\tsupports Arg1:T3 Arg2:T2\nA1\tStance T2 For\nA2\tStance T4 Against\n"


def write_corpora(folder: Path) -> Path:
    """A folder of corpora that holds `aae2` alone: 3 essays to learn from, 2 to select on, 1 of the test set."""
    essays = folder / "aae2" / "brat-project-final"
    essays.mkdir(parents=True)
    rows = [f'"{name}";"{"TEST" if name in TEST else "TRAIN"}"' for name in SUBJECTS]
    (folder / "aae2" / "train-test-split.csv").write_text("\r".join(['"ID";"SET"', *rows, ""]), newline="")
    for name, subject in SUBJECTS.items():
        text, annotations = _essay(subject)
        (essays / f"{name}.txt").write_text(text)
        (essays / f"{name}.ann").write_text(annotations)
    return folder


def _essay(subject: str) -> tuple[str, str]:
    text, lines = "", list[str]()
    for label, pattern in ESSAY:
        words = pattern.format(subject)
        if label:
            lines.append(f"T{len(lines) + 1}\t{label} {len(text)} {len(text) + len(words)}\t{words}\n")
        text += f"{words}.\n"
    return text, "".join(lines) + LINKS


def recipe(base: Path, *, epochs: int = 2) -> Recipe:
    """A training of seconds on the made-up essays, which it has learnt for the better part after 8 epochs."""
    return Recipe(
        name="made-up",
        encoder=str(base),
        train=(Source(corpus="aae2", split="train"),),
        sizes=tiny.SIZES,
        windows=tiny.WINDOWS,
        seed=3,
        epochs=epochs,
        batch=1,
        encoder_rate=3e-3,
        head_rate=1e-2,
        average=0.85,
        bf16=False,
        augmentation=Augmentation(merge_paragraphs=0.3, hide_places=0.3, hide_words=0.1, jitter=0.3),
    )


def write_recipe(path: Path, made: Recipe) -> Path:
    path.write_text(made.model_dump_json(indent=2), encoding="utf-8")
    return path


def lesson(words: int) -> Lesson:
    """Two segments, the second of which may start a word later."""
    return Lesson(
        words=words,
        gold=np.array([[0, 1], [3, 5], [4, 5]]),
        weights=np.array([0.9, 0.6, 0.3]),
        segments=np.array([[0, 1], [3, 5]]),
        types=np.array([[0.8, 0.1, 0.0], [0.0, 0.2, 0.4]]),
        targets=np.array([[0.9, 0.0, 0.0], [0.2, 0.4, 0.0]]),
        points=np.array([1, 0]),
        labels=np.array([[0.0, 0.0], [0.3, 0.1]]),
        stances=np.array([[0.1, 0.0], [0.1, 0.1]]),
    )
