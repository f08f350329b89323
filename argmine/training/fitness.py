"""Which documents a segmentation can be learnt from; the others are left out by a named rule, and counted."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from argmine.encoding import DocumentEncoder
from argmine.errors import CorpusError, RecipeError
from argmine.graph import ArgumentGraph
from argmine.training.data import Pool
from argmine.training.examples import Learnable, make_example


class UnfitRule(StrEnum):
    """Why a document is left out of training."""

    SHARED_WORD = "shared-word"
    """Two of its components share a word, or one holds none: no segmentation has them."""
    LONG_COMPONENT = "long-component"
    """A component has more words than `sizes.longest_segment`, and segments are learnt."""


Unfit = dict[str, list[str]]
"""Ids of documents by rule."""


def fitting(pools: Sequence[Pool], encoder: DocumentEncoder, longest: int) -> tuple[list[Pool], Unfit]:
    """The pools without what no segmentation of segments up to `longest` words can hold, and what was left out.

    Raises:
        RecipeError: a pool that held documents has none left.
    """
    unfit: Unfit = {}
    kept = []
    for pool in pools:
        reasons = {item.id: unfit_by(item, pool, encoder, longest) for item in pool.items}
        for name, rule in reasons.items():
            if rule is not None and name not in unfit.setdefault(rule, []):
                unfit[rule].append(name)
        kept.append(replace(pool, items=tuple(item for item in pool.items if reasons[item.id] is None)))
        if pool.items and not kept[-1].items:
            raise RecipeError(f"none of {len(pool.items)} documents can be learnt from: {unfit}")
    return kept, unfit


def unfit_by(item: Learnable, pool: Pool, encoder: DocumentEncoder, longest: int) -> UnfitRule | None:
    """The rule by which a document is left out, None where it can be learnt from; a teacher's lesson always can."""
    if not isinstance(item, ArgumentGraph):
        return None
    try:
        gold = make_example(item, encoder, pool.reading).gold  # none where segments are not learnt
    except CorpusError:
        return UnfitRule.SHARED_WORD
    words = int((gold[:, 1] - gold[:, 0]).max(initial=0)) + 1
    return UnfitRule.LONG_COMPONENT if words > longest else None
