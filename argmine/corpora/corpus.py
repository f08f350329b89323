"""`Corpus`: what every reader of a corpus gives back: gold graphs, splits, and what had to be repaired."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from argmine.corpora.rows import dataset_from_graphs
from argmine.errors import CorpusError
from argmine.graph import ArgumentGraph, ComponentType, RelationType

if TYPE_CHECKING:
    from datasets import DatasetDict

REST = "rest"


class RepairRule(StrEnum):
    """The rules by which a reader may repair damage; nothing is repaired by any other."""

    SHIFTED_OFFSETS = "shifted-offsets"
    """The quoted text does not stand at its offsets, but at a place near by: the component is moved there."""

    OUTER_SPACE = "outer-space"
    """A component begins or ends with white space: that is left outside."""

    EDGE_MOVED = "edge-moved"
    """A start or end lies in the midst of a word, or a start on the punctuation that ends the word before: it is
    moved to the edge of the word."""

    UNIT_IN_CAPITALS = "unit-in-capitals"
    """A claim that its author left implicit was added to the text by the annotators, in capitals: it is found
    there regardless of case, and the graph's `meta` names it."""

    RESTATED_UNIT = "restated-unit"
    """A unit is stated at several places: its component stands at the first, the graph's `meta` has the rest."""

    QUOTE_WITHOUT_MARKS = "quote-without-marks"
    """The quoted text lacks commas, quotation marks or spaces that the text has: the component is what stands near by
    but for these."""

    COMPONENT_IN_TWO_LINES = "component-in-two-lines"
    """Two lines after each other have one id and label and are parted by white space alone: they are one component."""

    DANGLING_RELATION = "dangling-relation"
    """A relation names a component that is not there: it is left out."""

    PARTS_OUT_OF_ORDER = "parts-out-of-order"
    """The parts of a component are not in the order of the text: they are put in it."""

    REPEATED_RELATION = "repeated-relation"
    """A relation is given twice: it is kept once."""

    SELF_RELATION = "self-relation"
    """A relation joins a component to itself: it is left out."""

    CLAIM_WITH_TARGET = "claim-with-target"
    """A claim has a stance and, by damage, a relation of its own too: the relation is left out."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair: by which rule, in which document, and what was done."""

    rule: RepairRule
    document: str
    detail: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents, and how many components and relations by type and by the corpus's own label."""

    documents: int
    components: Mapping[ComponentType, int]
    relations: Mapping[RelationType, int]
    component_labels: Mapping[str, int]
    relation_labels: Mapping[str, int]

    @property
    def all_components(self) -> int:
        """Components of every type."""
        return sum(self.components.values())

    @property
    def all_relations(self) -> int:
        """Relations of every type."""
        return sum(self.relations.values())


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus as gold graphs.

    Attributes:
        name: the name by which `read_corpus` knows it.
        graphs: one a document, in the order of the corpus.
        licence: on what terms the texts may be used.
        splits: ids of the documents of each split, official ones and ours; splits may overlap.
        repairs: every repair that reading made.

    Raises:
        CorpusError: two graphs have one id, or a split names a document that is not there.
    """

    name: str
    graphs: tuple[ArgumentGraph, ...]
    licence: str
    splits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    _by_id: Mapping[str, ArgumentGraph] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, count in Counter(g.id for g in self.graphs).items():
            if count > 1:
                raise CorpusError(f"{self.name}: {count} documents have the id {name}")
        object.__setattr__(self, "_by_id", {g.id: g for g in self.graphs})
        for split, ids in self.splits.items():
            for name in ids:
                if name not in self._by_id:
                    raise CorpusError(f"{self.name}: split {split} names {name}, which is not there")

    def graph(self, document_id: str) -> ArgumentGraph:
        """The graph of that document.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[document_id]

    def split(self, name: str) -> tuple[ArgumentGraph, ...]:
        """The graphs of a split, in its order.

        Raises:
            ValueError: there is no such split; the message names those there are.
        """
        if name not in self.splits:
            allowed = ", ".join(self.splits) or "none"
            raise ValueError(f"{self.name} has no split {name!r}; its splits: {allowed}")
        return tuple(self._by_id[document] for document in self.splits[name])

    def counts(self) -> Counts:
        """How much the corpus holds."""
        components = [c for g in self.graphs for c in g.components]
        relations = [r for g in self.graphs for r in g.relations]
        return Counts(
            documents=len(self.graphs),
            components=Counter(c.type for c in components),
            relations=Counter(r.type for r in relations),
            component_labels=Counter(c.label for c in components if c.label is not None),
            relation_labels=Counter(r.label for r in relations if r.label is not None),
        )

    def repair_counts(self) -> Mapping[RepairRule, int]:
        """How often each rule was applied."""
        return Counter(repair.rule for repair in self.repairs)

    def to_dataset(self) -> "DatasetDict":
        """The corpus for the `datasets` library: a row a graph, a key a split, nothing of the graphs lost.

        A corpus without splits has the one key `all`; documents that are in no split stand under `rest`. As
        splits may overlap, so may the keys. `argmine.corpora.graphs_from_dataset` reads the graphs back.

        Raises:
            ValueError: a split is called `rest`, and there are documents in no split.
        """
        from datasets import DatasetDict

        parts = {name: self.split(name) for name in self.splits} or {"all": self.graphs}
        placed = {g.id for part in parts.values() for g in part}
        rest = tuple(g for g in self.graphs if g.id not in placed)
        if rest and REST in parts:
            raise ValueError(f"{self.name}: a split is called {REST}, which documents in no split need as their key")
        keyed = {**parts, REST: rest} if rest else parts
        return DatasetDict({name: dataset_from_graphs(part, licence=self.licence) for name, part in keyed.items()})
