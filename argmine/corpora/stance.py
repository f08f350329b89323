"""What ties claims to the thesis: a claim's stance is a relation to the last major claim of its document."""

from collections.abc import Iterable, Mapping

from pydantic import JsonValue

from argmine.corpora.labels import relation_type
from argmine.errors import CorpusError
from argmine.graph import Component, ComponentType, Relation


def stance_relations(corpus: str, components: Iterable[Component], stances: Mapping[str, str]) -> list[Relation]:
    """A relation for each stance, labelled by it and going to the last major claim in text order.

    Args:
        corpus: whose table of labels holds the stances.
        components: all components of the document.
        stances: stance by id of the claim.

    Returns:
        Relations `stance-<claim id>`; none at all where the document has no major claim.

    Raises:
        CorpusError: a stance is unknown, or one that neither supports nor attacks.
    """
    statements = [c for c in components if c.type is ComponentType.MAJOR_CLAIM]
    if not statements:
        return []
    last = max(statements, key=lambda c: (c.start, c.end))
    return [_relation(corpus, claim, last.id, stance) for claim, stance in stances.items()]


def untied_stances(relations: Iterable[Relation], stances: Mapping[str, str]) -> dict[str, JsonValue]:
    """What `meta` keeps of the stances that became no relation, for want of a major claim."""
    tied = {r.source for r in relations}
    untied: dict[str, JsonValue] = {claim: stance for claim, stance in stances.items() if claim not in tied}
    return {"stances": untied} if untied else {}


def _relation(corpus: str, claim: str, thesis: str, stance: str) -> Relation:
    kind = relation_type(corpus, stance)
    if kind is None:
        raise CorpusError(f"{corpus}: the stance {stance!r} of {claim} neither supports nor attacks")
    return Relation(id=f"stance-{claim}", source=claim, target=thesis, type=kind, label=stance)
