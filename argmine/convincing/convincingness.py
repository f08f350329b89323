"""`Convincingness`: the score of each root's argument.

An argument is taken as it was written: the sentences of the piece in which the components of the root's tree stand.
Nothing is said of an argument that is shorter or longer than all that the score was fitted to, nor ever of a piece.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from argmine.base import Frozen
from argmine.config import MAIN
from argmine.convincing.features import features
from argmine.convincing.preferences import FILE, Preferences, read_preferences, revision_of, states_digest
from argmine.errors import ModelError
from argmine.graph import ArgumentGraph, Component
from argmine.metrics.sentences import sentences
from argmine.miner import ArgumentMiner
from argmine.tree import ArgumentTree

DIGITS = 4


class Rating(Frozen):
    """What is said of an argument.

    `score` is a difference of log odds to the mean of the arguments it was fitted to: an argument that has 1 more than
    another is preferred to it with probability 1 / (1 + e⁻¹) = .73. `beyond_length` is what is left of it without the
    share that follows from the argument's length alone.
    """

    score: float
    beyond_length: float


@dataclass(frozen=True, slots=True)
class Convincingness:
    """Rates the arguments of graphs with the states of a miner's encoder.

    Attributes:
        miner: whose encoder reads the arguments; its graphs, or anybody's, are rated.
        preferences: fitted to states of the same model.
        revision: digest of their file.
    """

    miner: ArgumentMiner
    preferences: Preferences
    revision: str = "unsaved"

    @classmethod
    def of(cls, miner: ArgumentMiner) -> "Convincingness":
        """What lies beside the weights of the miner's model.

        It reads arguments by the main scheme, to which it was fitted. Where the miner reads by another, the model is
        loaded once more.

        Raises:
            ModelError: the model has no folder, the file in it is missing or damaged, or was fitted to another model.
        """
        if miner.folder is None:
            raise ModelError("a network in memory has no convincingness beside it")
        preferences = read_preferences(miner.folder)
        states = states_digest(miner.folder)
        if preferences.fitted.model != states:
            found = f"it was fitted to other weights, {preferences.fitted.model}, and these are {states}"
            raise ModelError(found, path=miner.folder / FILE)
        reader = miner.reading(MAIN) if miner.config.scheme else miner
        return cls(reader, preferences, revision_of(miner.folder))

    def __call__(self, graph: ArgumentGraph, root: Component) -> float | None:
        """The score of a root's argument, as `rating`."""
        rating = self.rating(graph, root)
        return None if rating is None else rating.score

    def rating(self, graph: ArgumentGraph, root: Component) -> Rating | None:
        """The rating of a root's argument; None beyond the lengths it was fitted to.

        Raises:
            ValueError: the component is no root of the graph.
            GraphError: the graph is no forest.
        """
        for tree in graph.trees:
            if root in tree.statements:
                return self.rating_of_text(argument_text(tree))
        raise ValueError(f"{root.id} is no root of {graph.id}")

    def ratings(self, graph: ArgumentGraph) -> tuple[Rating | None, ...]:
        """The rating of each tree's root, in the order of `graph.trees`.

        Raises:
            GraphError: the graph is no forest.
        """
        parted = tuple(sentences(graph.text))
        return tuple(self.rating_of_text(_sentences_of(tree, parted)) for tree in graph.trees)

    def rating_of_text(self, text: str) -> Rating | None:
        """The rating of an argument by itself; None beyond the lengths it was fitted to."""
        count = len(text.split())
        if not self.preferences.fits(count):
            return None
        found = features(self.miner, text)
        if found is None:
            return None
        words = np.array([count], np.float64)
        rest = float(self.preferences.beyond_length(found[None], words)[0])
        score = float(self.preferences.by_length(words)[0]) + rest
        return Rating(score=round(score, DIGITS), beyond_length=round(rest, DIGITS))


def argument_text(tree: ArgumentTree) -> str:
    """The sentences in which the components of a tree stand, in text order, a blank between.

    >>> from argmine.document import Document
    >>> text = "Hello. Keep the trams, for they are quiet. It rains. They last, too."
    >>> parts = [("c1", "claim", 7, 21), ("c2", "premise", 27, 41), ("c3", "premise", 53, 62)]
    >>> links = [("c2", "c1", "support"), ("c3", "c1", "support")]
    >>> argument_text(ArgumentGraph.build(Document(id="d", text=text), parts, links).trees[0])
    'Keep the trams, for they are quiet. They last, too.'
    """
    return _sentences_of(tree, tuple(sentences(tree.graph.text)))


def _sentences_of(tree: ArgumentTree, parted: Sequence[tuple[int, int]]) -> str:
    starts, ends = [start for start, _ in parted], [end for _, end in parted]
    touched: set[int] = set()
    for component in tree.components:
        touched.update(range(bisect_right(ends, component.start), bisect_left(starts, component.end)))
    return " ".join(tree.graph.text[slice(*parted[place])] for place in sorted(touched))
