"""Lessons in a file: back as they were, and what is no such file is refused."""

import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from argmine.errors import RecipeError
from argmine.training.lessons import Lesson, Lessons, read_lessons
from tests.training import made_up

LESSON = made_up.lesson(9)
EMPTY = Lesson(
    words=2,
    gold=np.zeros((0, 2), np.int64),
    weights=np.zeros(0),
    segments=np.zeros((0, 2), np.int64),
    types=np.zeros((0, 3)),
    targets=np.zeros((0, 1)),
    points=np.zeros(0, np.int64),
    labels=np.zeros((0, 2)),
    stances=np.zeros((0, 2)),
)


def test_lessons_come_back_as_they_were(tmp_path: Path) -> None:
    lessons = Lessons("letters", ("a1", "b2"), {"piece / 1": LESSON, "none": EMPTY})
    lessons.write(tmp_path / "lessons")
    found = read_lessons(tmp_path / "lessons")
    assert (found.corpus, found.teachers, list(found.by_id)) == ("letters", ("a1", "b2"), ["piece / 1", "none"])
    for name, lesson in lessons.by_id.items():
        assert found.by_id[name].words == lesson.words
        for field in fields(Lesson)[1:]:
            wanted, given = getattr(lesson, field.name), getattr(found.by_id[name], field.name)
            assert wanted.dtype == given.dtype
            assert np.array_equal(wanted, given), field.name
    assert [p.name for p in tmp_path.iterdir()] == ["lessons"]


def test_the_digest_tells_files_apart(tmp_path: Path) -> None:
    for number, teacher in enumerate(("a", "a", "b")):
        Lessons("letters", (teacher,), {"x": LESSON}).write(tmp_path / str(number))
    digests = [read_lessons(tmp_path / str(number)).digest for number in range(3)]
    assert digests[0].startswith("sha256:")
    assert digests[0] == digests[1] != digests[2]


def test_no_lessons_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="nothing-here: there are no lessons"):
        read_lessons(tmp_path / "nothing-here")


@pytest.mark.parametrize("content", [b"", b"garbage" * 20])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad").write_bytes(content)
    with pytest.raises(RecipeError, match="bad: no lessons of a teacher"):
        read_lessons(tmp_path / "bad")


def test_other_tensors_are_refused(tmp_path: Path) -> None:
    save_file({"x": np.zeros(3)}, tmp_path / "other")
    with pytest.raises(RecipeError, match="other: no lessons of a teacher"):
        read_lessons(tmp_path / "other")


def test_a_field_of_another_shape_is_refused(tmp_path: Path) -> None:
    about = {"about": json.dumps({"corpus": "letters", "teachers": [], "words": {"x": 9}})}
    arrays = {f"{f.name}/x": getattr(LESSON, f.name) for f in fields(Lesson)[1:]} | {"types/x": np.zeros(3)}
    save_file(arrays, tmp_path / "bad", metadata=about)
    with pytest.raises(RecipeError, match="types of x has 1 axes, 2 were expected"):
        read_lessons(tmp_path / "bad")
