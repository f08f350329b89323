"""Documents that no segmentation can hold are left out by rule; the rest stay as they are."""

from dataclasses import replace

import pytest

from argmine.document import Document
from argmine.errors import RecipeError
from argmine.graph import ArgumentGraph
from argmine.training.data import Pool
from argmine.training.examples import Learnable, Reading, Taught
from argmine.training.fitness import fitting
from tests import tiny
from tests.training import made_up

ENCODER = tiny.encoder()
WORDS = "one two three four five"


def graph(name: str, *spans: tuple[int, int]) -> ArgumentGraph:
    parts = [(f"{name}{n}", "premise", start, end) for n, (start, end) in enumerate(spans)]
    return ArgumentGraph.build(Document(id=name, text=WORDS), parts)


FIT = graph("fit", (0, 13))
EMPTY = graph("empty")
SHARED = graph("shared", (0, 7), (4, 13))
LONG = graph("long", (0, 18))


def pool(*items: Learnable) -> Pool:
    return Pool(items, each_epoch=7, scheme="news")


def test_what_fits_stays_in_its_pool() -> None:
    given = pool(FIT, EMPTY)
    assert fitting([given], ENCODER, 3) == ([given], {})


def test_each_rule_names_what_it_leaves_out() -> None:
    pools, unfit = fitting([pool(SHARED, FIT), pool(LONG, EMPTY, graph("more", (4, 23)))], ENCODER, 3)
    assert [p.items for p in pools] == [(FIT,), (EMPTY,)]
    assert unfit == {"shared-word": ["shared"], "long-component": ["long", "more"]}
    assert (pools[0].each_epoch, pools[0].scheme) == (7, "news")


def test_a_component_of_just_the_greatest_length_fits() -> None:
    assert fitting([pool(LONG)], ENCODER, 4)[1] == {}


def test_a_document_of_two_pools_is_named_once() -> None:
    assert fitting([pool(LONG, FIT), pool(LONG, EMPTY)], ENCODER, 3)[1] == {"long-component": ["long"]}


def test_a_long_component_fits_where_segments_are_not_learnt() -> None:
    types_alone = replace(pool(LONG, SHARED), reading=Reading(segments=False))
    pools, unfit = fitting([types_alone, pool(FIT)], ENCODER, 3)
    assert pools[0].items == (LONG,)
    assert unfit == {"shared-word": ["shared"]}


def test_a_lesson_always_fits() -> None:
    taught = Taught(Document(id="taught", text=WORDS), made_up.lesson(5))
    assert fitting([pool(taught)], ENCODER, 1) == ([pool(taught)], {})


def test_a_pool_of_which_nothing_is_left_is_refused() -> None:
    with pytest.raises(RecipeError, match=r"none of 1 documents can be learnt from: .*long"):
        fitting([pool(LONG)], ENCODER, 3)


def test_a_pool_that_held_nothing_is_let_be() -> None:
    assert fitting([pool(), pool(FIT)], ENCODER, 3) == ([pool(), pool(FIT)], {})
