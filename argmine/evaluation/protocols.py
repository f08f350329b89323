"""The protocols by name: which corpora each fits, what a model is given, and what of two graphs it counts.

Scores differ by points with the protocol alone, so a figure is named by it. What each counts is told, with its
source, in its module of `argmine.metrics`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import TypeAlias

import numpy as np

from argmine.evaluation import counting
from argmine.evaluation.agreement_tallies import Alpha, Kappa
from argmine.evaluation.context import DocumentContext
from argmine.evaluation.tallies import Classes, Confused, Counted, FloatArray, Found, IntArray, Tally
from argmine.graph import ArgumentGraph
from argmine.metrics import abstrct, cdcp, persuade
from argmine.metrics.gold_segments import LINK, NO_LINK
from argmine.metrics.sentences import ARGUES, OTHER

Count: TypeAlias = Callable[[ArgumentGraph, ArgumentGraph, DocumentContext], tuple[Counted, ...]]
"""From gold, predicted and context of one document: what each tally is made of, in their order."""

ESSAYS = ("aae2", "aae2-conll")


def _as_it_is(gold: ArgumentGraph) -> ArgumentGraph:
    return gold


class Given(StrEnum):
    """What a model is given of a document."""

    TEXT = "raw text"
    COMPONENTS = "gold components"


@dataclass(frozen=True, slots=True)
class Protocol:
    """A way to score predicted graphs against gold ones.

    Attributes:
        name: in lower case with hyphens.
        title: for a person.
        given: what the model is given; where that is the components, predicted spans must be those of gold.
        tallies: its scores, the headline first.
        count: what one document adds to each tally.
        corpora: names of the corpora it was made for.
        own_labels: whether it reads the labels of those corpora, so that it fits no other.
        on_tokens: whether it counts word tokens, so that their number is part of the figure.
        prepare: the gold graph that is scored, from that of the corpus: mostly itself.
    """

    name: str
    title: str
    given: Given
    tallies: tuple[Tally, ...]
    count: Count
    corpora: tuple[str, ...] = ()
    own_labels: bool = False
    on_tokens: bool = False
    prepare: Callable[[ArgumentGraph], ArgumentGraph] = _as_it_is

    @property
    def columns(self) -> tuple[str, ...]:
        """What each integer of a row counts: `tally.column`."""
        return tuple(f"{tally.name}.{column}" for tally in self.tallies for column in tally.columns)

    def fits(self, corpus: str) -> bool:
        """Whether it can score that corpus: any, unless it reads labels that others do not have."""
        return not self.own_labels or corpus in self.corpora

    def row(self, gold: ArgumentGraph, predicted: ArgumentGraph, context: DocumentContext) -> IntArray:
        """`[columns]`, the counts of one document.

        Raises:
            EvaluationError: the graphs cannot be compared, or a label is none that the protocol knows.
        """
        counted = zip(self.tallies, self.count(gold, predicted, context), strict=True)
        return np.array([number for tally, counts in counted for number in tally.row(counts)], np.int64)

    def scores(self, counts: IntArray) -> dict[str, FloatArray]:
        """`[...]` by name of the tally, 0 to 1, of `[..., columns]` sums over documents."""
        return {tally.name: tally.score(counts[..., part]) for tally, part in self.parts()}

    def details(self, counts: IntArray) -> dict[str, dict[str, FloatArray]]:
        """Precision, recall, F1 by class and the like, by name of the tally."""
        return {tally.name: tally.details(counts[..., part]) for tally, part in self.parts()}

    def gold_items(self, counts: IntArray) -> dict[str, IntArray]:
        """`[...]`, gold items scored, by name of the tally."""
        return {tally.name: tally.gold(counts[..., part]) for tally, part in self.parts()}

    def predicted_items(self, counts: IntArray) -> dict[str, IntArray]:
        """`[...]`, predicted items scored, by name of the tally."""
        return {tally.name: tally.predicted(counts[..., part]) for tally, part in self.parts()}

    def parts(self) -> list[tuple[Tally, slice]]:
        """Each tally with its columns."""
        ends = accumulate((len(tally.columns) for tally in self.tallies), initial=0)
        return [(tally, slice(*ends_of)) for tally, ends_of in zip(self.tallies, pairwise(ends), strict=True)]


def protocol_names() -> tuple[str, ...]:
    """Names of the protocols, in the order of their descriptions."""
    return tuple(_PROTOCOLS)


def find_protocol(name: str) -> Protocol:
    """The protocol of that name.

    Raises:
        ValueError: there is none; the message names those there are.
    """
    if name not in _PROTOCOLS:
        raise ValueError(f"unknown protocol {name!r}; known are {', '.join(_PROTOCOLS)}")
    return _PROTOCOLS[name]


def default_protocol(corpus: str) -> Protocol:
    """The first protocol that was made for that corpus, else `overlap`."""
    made = (protocol for protocol in _PROTOCOLS.values() if corpus in protocol.corpora)
    return next(made, _PROTOCOLS["overlap"])


_ACL2017 = (
    Found("c_f1_100", "components, C-F1 at 100 %"),
    Found("c_f1_50", "components, C-F1 at 50 %"),
    Found("r_f1_100", "relations, R-F1 at 100 %"),
    Found("r_f1_50", "relations, R-F1 at 50 %"),
    Found("last_major_claim", "last major claim exact, recall", recall=True),
)

_ALL = (
    Protocol(
        "acl2017-essay",
        "end to end at essay level (Eger, Daxenberger & Gurevych 2017)",
        Given.TEXT,
        _ACL2017,
        counting.count_essay,
        ESSAYS,
        on_tokens=True,
    ),
    Protocol(
        "acl2017-paragraph",
        "end to end, each paragraph rescored as a document (Eger, Daxenberger & Gurevych 2017)",
        Given.TEXT,
        _ACL2017,
        counting.count_paragraphs,
        ESSAYS,
        on_tokens=True,
    ),
    Protocol(
        "exact-spans",
        "exact character spans and links (Morio et al. 2022)",
        Given.TEXT,
        (
            Found("spans", "exact spans"),
            Found("labelled_spans", "exact spans with label"),
            Found("links", "links between exact spans"),
            Found("labelled_links", "such links with label"),
        ),
        counting.count_exact_spans,
    ),
    Protocol(
        "gold-segments",
        "components given (Stab & Gurevych 2017)",
        Given.COMPONENTS,
        (
            Confused("types", "types, macro-F1", ("claim", "major_claim", "premise")),
            Confused("links", "links, macro-F1", (LINK, NO_LINK)),
            Confused("stance", "stance, macro-F1", ("attack", "support")),
        ),
        counting.count_gold_segments,
        ESSAYS,
    ),
    Protocol(
        "bio",
        "segmentation of word tokens",
        Given.TEXT,
        (Confused("bio", "B, I, O, macro-F1", ("B", "I", "O")), Found("exact_spans", "exact token spans")),
        counting.count_bio,
        on_tokens=True,
    ),
    Protocol(
        "microtexts",
        "components given, four levels (Peldszus & Stede 2015)",
        Given.COMPONENTS,
        (
            Confused("cc", "central claim, macro-F1", ("cc", "other")),
            Confused("ro", "role, macro-F1", ("opponent", "proponent")),
            Confused("fu", "function, macro-F1", ("attack", "cc", "support")),
            Confused("at", "attachment, macro-F1", ("apart", "attached")),
        ),
        counting.count_microtexts,
        ("microtexts-part1", "microtexts-part2"),
    ),
    Protocol(
        "cdcp",
        "propositions given, those of one source merged, links closed (Niculae, Park & Cardie 2017)",
        Given.COMPONENTS,
        (Confused("components", "components, macro-F1", cdcp.LABELS), Found("links", "links")),
        counting.count_cdcp,
        ("cdcp",),
        own_labels=True,
        prepare=cdcp.as_published,
    ),
    Protocol(
        "abstrct",
        "components given (Mayer, Cabrio & Villata 2020)",
        Given.COMPONENTS,
        (
            Confused("components", "components, macro-F1", ("Claim", "Premise")),
            Confused("relations", "relations, macro-F1", ("attack", abstrct.NONE, "support")),
        ),
        counting.count_abstrct,
        ("abstrct",),
        own_labels=True,
    ),
    Protocol(
        "abstrct-tokens",
        "tags of word tokens (Mayer, Cabrio & Villata 2020)",
        Given.TEXT,
        (Confused("tags", "B and I of claims and premises, O, macro-F1", abstrct.TAGS),),
        counting.count_abstrct_tags,
        ("abstrct",),
        own_labels=True,
        on_tokens=True,
    ),
    Protocol(
        "persuade",
        "elements by the rule of Kaggle's Feedback Prize 2021",
        Given.TEXT,
        (Classes("elements", "elements, macro-F1", persuade.LABELS),),
        counting.count_persuade,
        ("persuade1",),
        own_labels=True,
    ),
    Protocol(
        "sentences",
        "sentences that argue and sentences that do not",
        Given.TEXT,
        (Confused("sentences", "argument or none, macro-F1", (ARGUES, OTHER)),),
        counting.count_sentences,
    ),
    Protocol(
        "overlap",
        "spans, roles and links at more than half of the words",
        Given.TEXT,
        (
            Found("spans_50", "spans whatever their type"),
            Found("conclusions_50", "conclusions"),
            Found("premises_50", "premises"),
            Found("links_50", "links whatever their label"),
        ),
        counting.count_overlap,
    ),
    Protocol(
        "agreement",
        "two annotations of equal rank: α_U of spans in words (Krippendorff 2004), κ where components match",
        Given.TEXT,
        (
            Alpha("alpha_u", "spans, α_U"),
            Kappa("kappa_types", "types of matched components, κ", ("claim", "major_claim", "premise")),
            Kappa("kappa_links", "links of matched components, κ", ("apart", "linked")),
        ),
        counting.count_agreement,
    ),
)

_PROTOCOLS: Mapping[str, Protocol] = {protocol.name: protocol for protocol in _ALL}
