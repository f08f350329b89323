"""What a report says: `report.json` is a `Report`, and the other files show the same.

Scores lie between 0 and 1; points are a hundred times as much. Nothing in it depends on when or where it was made, so
equal evaluations give equal reports.
"""

from enum import StrEnum
from typing import Literal, TypeAlias

from argmine.base import Frozen
from argmine.evaluation.published import PublishedTable
from argmine.evaluation.repairs import Fault
from argmine.graph import ArgumentGraph, ComponentType, ModelInfo

Kind: TypeAlias = Literal["components", "relations"]


class Evaluated(Frozen):
    """What was evaluated on what.

    Attributes:
        system: what predicted, for a person.
        model: what the predictions themselves say of it, None where they say nothing or disagree.
        corpus: its name.
        split: its name.
        documents: how many were scored.
        protocol: its name.
        title: of the protocol.
        given: what a model is given of a document.
        notes: what a reader of the scores should know, such as that the split is no published one.
        versions: of Python and of the libraries that the figures may depend on.
    """

    system: str
    model: ModelInfo | None
    corpus: str
    split: str
    documents: int
    protocol: str
    title: str
    given: str
    notes: tuple[str, ...]
    versions: dict[str, str]


class Bounds(Frozen):
    """A bootstrap interval over documents."""

    low: float
    high: float
    level: float
    draws: int


class ScoreLine(Frozen):
    """A score of the protocol.

    Attributes:
        name: in records.
        title: for a person.
        score: 0 to 1.
        interval: None where fewer than two documents were scored.
        gold: gold items that it is made of.
        predicted: predicted items that it is made of.
        details: further scores by name, such as precision or a class.
    """

    name: str
    title: str
    score: float
    interval: Bounds | None
    gold: int
    predicted: int
    details: dict[str, float]


class Rates(Frozen):
    """F1, precision and recall, 0 to 1."""

    f1: float
    precision: float
    recall: float


class TypeLine(Frozen):
    """Components or relations of one type.

    Attributes:
        of: what they are.
        type: which.
        gold: how many gold has.
        predicted: how many were predicted.
        near: where components match at more than half of the words of the longer, one to one.
        exact: where they must have gold's edges.
    """

    of: Kind
    type: str
    gold: int
    predicted: int
    near: Rates
    exact: Rates


class ConfusionTable(Frozen):
    """What was taken for what.

    Attributes:
        of: components or relations.
        classes: the types, and last "nothing": what is missed is predicted as nothing, what is invented is nothing
            in gold.
        rows: `[gold class][predicted class]`, numbers of items.
    """

    of: Kind
    classes: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]


class FaultLine(Frozen):
    """What a kind of fault costs: `points` by name of the score are what repairing it alone adds."""

    fault: Fault
    meaning: str
    faults: int
    points: dict[str, float]


class ReliabilityBin(Frozen):
    """Predicted items of like probability, from `start` on: how many, how sure on average, and the share right."""

    start: float
    items: int
    probability: float
    right: float


class ReliabilityTable(Frozen):
    """How far probabilities can be trusted (`argmine.metrics.reliability`)."""

    of: Kind
    items: int
    mean_probability: float
    right: float
    ece: float
    ece_by_chance: float
    """What so many items show on average where each is right as often as its probability says."""
    brier: float
    bins: tuple[ReliabilityBin, ...]
    risk: dict[str, float]
    """The share wrong of the most probable, by how large a share of all they are."""


class Verdict(StrEnum):
    """What a component of gold or of the prediction came to."""

    RIGHT = "right"
    EDGES = "other edges"
    TYPE = "other type"
    BOTH = "other type and edges"
    MISSED = "missed"
    INVENTED = "invented"


class Mark(Frozen):
    """A component as a reader sees it.

    Attributes:
        number: its place among the components of its graph, from 1.
        type: what it is.
        verdict: what it came to.
        start: its first character.
        end: the character after its last.
        links: what it bears on: numbers, with + or −.
    """

    number: int
    type: ComponentType
    verdict: Verdict
    start: int
    end: int
    links: tuple[tuple[str, int], ...]


class SideBySide(Frozen):
    """A document and what was found in it.

    Attributes:
        id: of the document.
        mean: of its scores.
        scores: of it alone, without those that it has nothing to score for.
        gold: the gold graph.
        predicted: the predicted one.
        gold_marks: the gold components, in text order.
        predicted_marks: the predicted ones.
        rows: places of the gold and the predicted component of each pair; None where one is missed or invented.
    """

    id: str
    mean: float
    scores: dict[str, float]
    gold: ArgumentGraph
    predicted: ArgumentGraph
    gold_marks: tuple[Mark, ...]
    predicted_marks: tuple[Mark, ...]
    rows: tuple[tuple[int | None, int | None], ...]


class Report(Frozen):
    """All of it; `worst` are the documents with the lowest mean scores."""

    version: Literal[1] = 1
    evaluated: Evaluated
    scores: tuple[ScoreLine, ...]
    types: tuple[TypeLine, ...]
    confusions: tuple[ConfusionTable, ...]
    faults: tuple[FaultLine, ...]
    reliability: tuple[ReliabilityTable, ...]
    published: PublishedTable | None
    worst: tuple[SideBySide, ...]
