"""Edit distances by hand, and against every mapping that edits can make."""

import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, permutations

import numpy as np
import pytest

from argmine.evaluation.tree_distance import OrderedTree, ordered_tree, tree_edit_distance

Nested = tuple[str, list["Nested"]]


def tree(nested: Nested) -> OrderedTree[str]:
    """From `(label, children)`."""
    labels: list[str] = []
    children: dict[int, list[int]] = {}

    def add(node: Nested) -> int:
        name = len(labels)
        labels.append(node[0])
        children[name] = [add(child) for child in node[1]]
        return name

    add(nested)
    return ordered_tree(0, children, labels.__getitem__)


def changed(one: str, other: str) -> int:
    return int(one != other)


def distance(first: Nested, second: Nested) -> int:
    return tree_edit_distance(tree(first), tree(second), changed)


def test_tree_stands_in_postorder() -> None:
    found = tree(("a", [("b", [("c", []), ("d", [])]), ("e", [])]))
    assert found.labels == ("c", "d", "b", "e", "a")
    assert found.leftmost == (0, 1, 0, 3, 0)
    assert found.keyroots == [1, 3, 4]


def test_distance_of_the_example_of_1989() -> None:
    """Zhang & Shasha, figure 4: f(d(a c(b)) e) and f(c(d(a b)) e)."""
    first: Nested = ("f", [("d", [("a", []), ("c", [("b", [])])]), ("e", [])])
    second: Nested = ("f", [("c", [("d", [("a", []), ("b", [])])]), ("e", [])])
    assert distance(first, second) == 2


def test_children_of_a_node_taken_out_go_to_its_parent() -> None:
    assert distance(("r", [("x", [("a", []), ("b", [])])]), ("r", [("a", []), ("b", [])])) == 1


def test_leaf_under_another_parent_is_taken_out_and_put_in() -> None:
    assert distance(("r", [("a", [("x", [])]), ("b", [])]), ("r", [("a", []), ("b", [("x", [])])])) == 2


def test_order_of_siblings_counts() -> None:
    assert distance(("r", [("a", []), ("b", [])]), ("r", [("b", []), ("a", [])])) == 2


@pytest.mark.parametrize(("cost", "expected"), [(0, 0), (1, 1), (2, 2), (3, 2)])
def test_cost_of_a_change_is_the_callers(cost: int, expected: int) -> None:
    """What costs more than to take out and put in is done by that."""
    one, other = tree(("r", [("a", [])])), tree(("r", [("b", [])]))
    assert tree_edit_distance(one, other, lambda x, y: cost * (x != y)) == expected


@pytest.mark.parametrize("seed", range(60))
def test_distance_is_the_cost_of_the_best_mapping(seed: int) -> None:
    random = np.random.default_rng(seed)
    first, second = (_random_tree(random, int(random.integers(1, 6))) for _ in range(2))
    assert tree_edit_distance(first[0], second[0], changed) == _cheapest(first, second)


def test_deep_and_wide_trees_are_no_burden() -> None:
    names = range(1_000)
    chain = ordered_tree(0, {n: [n + 1] for n in names[:-1]}, str)
    wide = ordered_tree(0, {0: list(names[1:])}, str)
    start = time.process_time()
    assert tree_edit_distance(chain, wide, changed) == 2 * 998
    assert time.process_time() - start < 20


Marked = tuple[OrderedTree[str], Sequence[frozenset[int]]]


def _random_tree(random: np.random.Generator, nodes: int) -> Marked:
    """A tree with labels of two letters, and the ancestors of each node, in postorder."""
    children: dict[int, list[int]] = {}
    above: dict[int, frozenset[int]] = {0: frozenset()}
    for node in range(1, nodes):
        parent = int(random.integers(node))
        children.setdefault(parent, []).append(node)
        above[node] = above[parent] | {parent}
    letters = random.choice(["a", "b"], size=nodes)
    order = ordered_tree(0, children, lambda node: node).labels
    ancestors = [frozenset(order.index(n) for n in above[node]) for node in order]
    return ordered_tree(0, children, lambda node: str(letters[node])), ancestors


def _cheapest(first: Marked, second: Marked) -> int:
    """The cost of the best of all one-to-one mappings that keep who is above whom, and what is left of what."""
    (one, above), (other, over) = first, second
    costs = (
        len(one.labels) + len(other.labels) - 2 * len(mapping)
        + sum(changed(one.labels[a], other.labels[b]) for a, b in mapping.items())
        for mapping in _mappings(len(one.labels), len(other.labels))
        if all(
            (a in above[c]) == (b in over[d]) and (a < c) == (b < d)
            for a, b in mapping.items()
            for c, d in mapping.items()
            if a != c
        )
    )  # fmt: skip
    return min(costs)


def _mappings(nodes: int, others: int) -> Iterator[Mapping[int, int]]:
    for size in range(min(nodes, others) + 1):
        for chosen in combinations(range(nodes), size):
            for images in permutations(range(others), size):
                yield dict(zip(chosen, images, strict=True))
