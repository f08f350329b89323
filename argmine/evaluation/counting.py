"""What one document adds to each tally of a protocol: gold, predicted and context become counts (`argmine.metrics`)."""

from argmine.evaluation.context import DocumentContext
from argmine.evaluation.tallies import Counted
from argmine.graph import ArgumentGraph
from argmine.metrics import (
    abstrct,
    acl2017,
    bio,
    cdcp,
    exact_spans,
    gold_segments,
    matched,
    microtexts,
    overlap,
    persuade,
    sentences,
    unitized,
)
from argmine.metrics.token_documents import TokenDocument, token_document


def count_essay(gold: ArgumentGraph, predicted: ArgumentGraph, context: DocumentContext) -> tuple[Counted, ...]:
    """Protocol A at essay level."""
    return _acl2017(acl2017.count_document(*_laid(gold, predicted, context)))


def count_paragraphs(gold: ArgumentGraph, predicted: ArgumentGraph, context: DocumentContext) -> tuple[Counted, ...]:
    """Protocol A at paragraph level."""
    cut = (document.paragraphs(context.paragraphs) for document in _laid(gold, predicted, context))
    return _acl2017(acl2017.count_documents(zip(*cut, strict=True)))


def count_bio(gold: ArgumentGraph, predicted: ArgumentGraph, context: DocumentContext) -> tuple[Counted, ...]:
    """Protocol D."""
    counts = bio.count_document(*_laid(gold, predicted, context))
    return counts.tags, counts.spans


def count_exact_spans(gold: ArgumentGraph, predicted: ArgumentGraph, _: DocumentContext) -> tuple[Counted, ...]:
    """Protocol B."""
    counts = exact_spans.count_graph(gold, predicted)
    return counts.spans, counts.labelled_spans, counts.links, counts.labelled_links


def count_gold_segments(gold: ArgumentGraph, predicted: ArgumentGraph, _: DocumentContext) -> tuple[Counted, ...]:
    """Protocol C."""
    counts = gold_segments.count_graph(gold, predicted)
    return counts.types, counts.links, counts.stance


def count_microtexts(gold: ArgumentGraph, predicted: ArgumentGraph, _: DocumentContext) -> tuple[Counted, ...]:
    """Protocol E."""
    counts = microtexts.count_graph(gold, predicted)
    return counts.cc, counts.ro, counts.fu, counts.at


def count_overlap(gold: ArgumentGraph, predicted: ArgumentGraph, _: DocumentContext) -> tuple[Counted, ...]:
    """Spans, roles and links at more than half of the words."""
    counts = overlap.count_graph(gold, predicted)
    return counts.spans, counts.conclusions, counts.premises, counts.links


def count_cdcp(gold: ArgumentGraph, predicted: ArgumentGraph, _: DocumentContext) -> tuple[Counted, ...]:
    """Protocol F."""
    counts = cdcp.count_graph(gold, predicted)
    return counts.components, counts.links


def count_abstrct(gold: ArgumentGraph, predicted: ArgumentGraph, _: DocumentContext) -> tuple[Counted, ...]:
    """Protocol G, components given."""
    counts = abstrct.count_graph(gold, predicted)
    return counts.components, counts.relations


def count_abstrct_tags(gold: ArgumentGraph, predicted: ArgumentGraph, context: DocumentContext) -> tuple[Counted, ...]:
    """Protocol G, from raw text."""
    return (abstrct.count_tags(gold, predicted, context.tokens),)


def count_persuade(gold: ArgumentGraph, predicted: ArgumentGraph, _: DocumentContext) -> tuple[Counted, ...]:
    """Protocol H."""
    return (persuade.count_graph(gold, predicted),)


def count_sentences(gold: ArgumentGraph, predicted: ArgumentGraph, _: DocumentContext) -> tuple[Counted, ...]:
    """Protocol I."""
    return (sentences.count_graph(gold, predicted),)


def count_agreement(gold: ArgumentGraph, predicted: ArgumentGraph, _: DocumentContext) -> tuple[Counted, ...]:
    """How far two annotations agree."""
    counts = matched.count_graph(gold, predicted)
    return unitized.count_graph(gold, predicted), counts.types, counts.links


def _acl2017(counts: acl2017.Acl2017Counts) -> tuple[Counted, ...]:
    counted = counts.components_100, counts.components_50, counts.relations_100, counts.relations_50
    return *counted, counts.last_major_claims


def _laid(
    gold: ArgumentGraph, predicted: ArgumentGraph, context: DocumentContext
) -> tuple[TokenDocument, TokenDocument]:
    return token_document(gold, context.tokens), token_document(predicted, context.tokens)
