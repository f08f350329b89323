"""What a backend is: the network's parts, computed somewhere, on numpy arrays."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from argmine.encoding import FloatArray, IntArray
from argmine.segments import BoundaryScores


@dataclass(frozen=True, slots=True)
class ComponentScores:
    """`argmine.network.Components` of one document's m components, in numpy: `[m, …]`."""

    types: FloatArray
    stances: FloatArray
    root: FloatArray
    source: FloatArray
    target: FloatArray
    label_source: FloatArray
    label_target: FloatArray


class Backend(Protocol):
    """The network's parts, computed somewhere."""

    name: str
    precision: str
    workers: int
    """How many documents it computes at once where it is fastest, each in a thread of its own (see `beside`)."""
    pairs: FloatArray
    """`[PAIRS, 3]`, what each pair feature adds to an arc, by the target's type."""
    between: FloatArray
    """`[2]`, what each conclusion that an arc passes over adds to it, and what it adds that there is any."""

    def pieces(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """`[p]` ids and mask and `[p, 2]` features of one window → `[p, h]`."""
        ...

    def boundaries(self, words: FloatArray) -> BoundaryScores:
        """`[n, h]` words → scores."""
        ...

    def components(self, pooled: FloatArray, features: IntArray) -> ComponentScores:
        """`[m, 4h]` pooled words and `[m, 5]` features → scores."""
        ...

    def beside(self) -> "Backend":
        """The same for one thread of several that compute at once; called in that thread. Its numbers are the same."""
        ...


@runtime_checkable
class BatchBackend(Backend, Protocol):
    """A backend that is faster with many windows at once, as an accelerator is."""

    batch: int
    """How many it computes at once; 1 where it is not faster with more."""

    def many(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """`[w, p]` ids and mask and `[w, p, 2]` features of windows of one length → `[w, p, h]`."""
        ...
