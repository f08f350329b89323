"""Edit distance of ordered trees, by the algorithm of Zhang & Shasha (SIAM Journal on Computing 18, 1989).

The edits are: take out a node, whose children become its parent's; put one in; change one. Taking out and putting in
cost 1 each, changing what the caller says. Written here because the packages that have it, `zss` and `apted`, have seen
no release since 2018.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Label = TypeVar("Label")
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class OrderedTree(Generic[Label]):
    """A tree in postorder: children from left to right, then their parent.

    Attributes:
        labels: `[node]`.
        leftmost: `[node]`, the place of its leftmost leaf, its own where it has no child.
    """

    labels: tuple[Label, ...]
    leftmost: tuple[int, ...]

    @property
    def keyroots(self) -> list[int]:
        """The root, and all nodes with a sibling to their left, in order: the last of each leftmost leaf."""
        return sorted({leaf: node for node, leaf in enumerate(self.leftmost)}.values())


def ordered_tree(
    root: Name, children: Mapping[Name, Sequence[Name]], label: Callable[[Name], Label]
) -> OrderedTree[Label]:
    """The tree below `root`, however deep.

    Args:
        root: a name.
        children: of each name that has any, from left to right.
        label: of a name.
    """
    labels: list[Label] = []
    leftmost: list[int] = []
    stack: list[tuple[Name, int | None]] = [(root, None)]
    while stack:
        name, first = stack.pop()
        below = children.get(name, ())
        if first is None and below:
            stack.append((name, len(labels)))
            stack.extend((child, None) for child in reversed(below))
        else:
            leftmost.append(len(labels) if first is None else first)
            labels.append(label(name))
    return OrderedTree(tuple(labels), tuple(leftmost))


def tree_edit_distance(
    first: OrderedTree[Label], second: OrderedTree[Label], change: Callable[[Label, Label], int]
) -> int:
    """The least cost of edits that make `second` of `first`.

    Time grows with the product of the numbers of nodes, and of the depths or, where they are fewer, of the leaves.

    Args:
        first: a tree.
        second: another.
        change: what it costs to change a label into another; 0 for equal ones.
    """
    distances = [[0] * len(second.labels) for _ in first.labels]
    for root in first.keyroots:
        for other in second.keyroots:
            _fill(distances, first, second, (root, other), change)
    return distances[-1][-1]


def _fill(
    distances: list[list[int]],
    first: OrderedTree[Label],
    second: OrderedTree[Label],
    roots: tuple[int, int],
    change: Callable[[Label, Label], int],
) -> None:
    """Sets `distances[node][other]` for the nodes whose leftmost leaves are those of the two roots.

    `forest[n][m]` is the distance of the first n nodes in postorder below one root and the first m below the other.
    """
    start, begin = first.leftmost[roots[0]], second.leftmost[roots[1]]
    forest = [list(range(roots[1] - begin + 2))]
    for n, node in enumerate(range(start, roots[0] + 1), start=1):
        row = [n]
        inside = first.leftmost[node] - start
        for m, other in enumerate(range(begin, roots[1] + 1), start=1):
            least = min(forest[n - 1][m], row[m - 1]) + 1
            within = second.leftmost[other] - begin
            if inside or within:
                row.append(min(least, forest[inside][within] + distances[node][other]))
            else:
                row.append(min(least, forest[n - 1][m - 1] + change(first.labels[node], second.labels[other])))
                distances[node][other] = row[m]
        forest.append(row)
