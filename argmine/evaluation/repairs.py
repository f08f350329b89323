"""Predicted graphs with one kind of fault repaired, everything else left as it is.

Components are paired with gold ones by `argmine.metrics.alignment`. Each repair starts from the predictions as they
are, so that no order of them plays a part:

    missed    gold components without a partner are added, with gold's relations from and to them
    invented  predicted components without a partner are dropped, with their relations
    start     a paired component starts where its partner does
    end       a paired component ends where its partner does
    type      a paired component takes its partner's type and label
    link      a paired component bears on the partners of gold's targets, with the sign that it had
    label     the relations of a paired component take the sign and label of its partner's

One after the other, each from what the one before left, they lead to gold. A sign is support or attack; one without a
relation to say it stands in `meta["stances"]` (`argmine.metrics.labels.sign`), and no repair but `label` changes it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pydantic import JsonValue

from argmine.graph import ArgumentGraph, Component, Relation, RelationType
from argmine.metrics.alignment import align
from argmine.metrics.labels import sign

STANCES = "stances"


class Fault(StrEnum):
    """What may be wrong with a prediction."""

    MISSED = "missed"
    INVENTED = "invented"
    START = "start"
    END = "end"
    TYPE = "type"
    LINK = "link"
    LABEL = "label"


class Repaired(NamedTuple):
    """A graph and how many of its components or, for `link` and `label`, sources of relations had the fault."""

    graph: ArgumentGraph
    faults: int


def repaired(gold: ArgumentGraph, predicted: ArgumentGraph, fault: Fault) -> Repaired:
    """`predicted` without that kind of fault.

    Raises:
        EvaluationError: the graphs are of different texts, or a component holds no word.
    """
    return _REPAIRS[fault](_Aligned.of(gold, predicted))


def repaired_each(gold: ArgumentGraph, predicted: ArgumentGraph) -> dict[Fault, Repaired]:
    """`predicted` without each kind of fault alone.

    Raises:
        EvaluationError: the graphs are of different texts, or a component holds no word.
    """
    aligned = _Aligned.of(gold, predicted)
    return {fault: repair(aligned) for fault, repair in _REPAIRS.items()}


class _Link(NamedTuple):
    """A relation without its id; `label` is the corpus's own."""

    source: str
    target: str
    type: RelationType
    label: str | None


@dataclass(frozen=True, slots=True)
class _Aligned:
    """Two graphs and the partners of their components, by id."""

    gold: ArgumentGraph
    predicted: ArgumentGraph
    gold_of: Mapping[str, Component]
    predicted_of: Mapping[str, Component]

    @classmethod
    def of(cls, gold: ArgumentGraph, predicted: ArgumentGraph) -> "_Aligned":
        pairs = align(gold, predicted)
        return cls(gold, predicted, {p.id: g for g, p in pairs}, {g.id: p for g, p in pairs})

    @property
    def links(self) -> list[_Link]:
        """The predicted relations."""
        return _links(self.predicted.relations)

    @property
    def signs(self) -> dict[str, RelationType]:
        """How each predicted component bears on its target."""
        return {c.id: sign(self.predicted, c) for c in self.predicted.components}

    @property
    def paired(self) -> list[tuple[Component, Component]]:
        """Pairs of gold and predicted, in the order of the predicted."""
        return [(self.gold_of[c.id], c) for c in self.predicted.components if c.id in self.gold_of]

    def wanted(self, source: Component) -> list[_Link]:
        """Gold's relations from the partner of a predicted component, as far as their targets have partners.

        Their sign is that of the predicted relation to the same target, else of the component's first relation, else
        gold's.
        """
        own = self.predicted.outgoing(source)
        known = {r.target: r for r in own}
        targets = [(r, self.predicted_of.get(r.target)) for r in self.gold.outgoing(self.gold_of[source.id])]
        likes = [(known.get(target.id) or (own[0] if own else r), target) for r, target in targets if target]
        return [_Link(source.id, target.id, like.type, like.label) for like, target in likes]


def _links(relations: Iterable[Relation]) -> list[_Link]:
    return [_Link(r.source, r.target, r.type, r.label) for r in relations]


def _add_missed(pair: _Aligned) -> Repaired:
    missed = [c for c in pair.gold.components if c.id not in pair.predicted_of]
    names = {old: c.id for old, c in pair.predicted_of.items()}
    names.update(_new_names((c.id for c in missed), {c.id for c in pair.predicted.components}))
    added = {names[c.id] for c in missed}
    found = [_renamed(pair, r, names) for r in pair.gold.relations]
    new = [link for link in found if added & {link.source, link.target}]
    freed = {link.source for link in new}
    right = {(link.source, link.target) for link in found}
    kept = [link for link in pair.links if link.source not in freed or (link.source, link.target) in right]
    components = [*pair.predicted.components, *(c.model_copy(update={"id": names[c.id]}) for c in missed)]
    signs = pair.signs | {names[c.id]: sign(pair.gold, c) for c in missed}
    return Repaired(_built(pair, components, [*kept, *new], signs), len(missed))


def _renamed(pair: _Aligned, relation: Relation, names: Mapping[str, str]) -> _Link:
    """A gold relation between predicted components; a source that has a sign of its own keeps it."""
    source = pair.predicted_of.get(relation.source)
    own = pair.predicted.outgoing(source) if source else ()
    like = own[0] if own else relation
    return _Link(names[relation.source], names[relation.target], like.type, like.label)


def _drop_invented(pair: _Aligned) -> Repaired:
    kept = [c for _, c in pair.paired]
    links = [link for link in pair.links if link.source in pair.gold_of and link.target in pair.gold_of]
    return Repaired(_built(pair, kept, links, pair.signs), len(pair.predicted.components) - len(kept))


def _move_starts(pair: _Aligned) -> Repaired:
    return _changed(pair, {c.id: _cut(pair, c, g.start, c.end) for g, c in pair.paired if g.start != c.start})


def _move_ends(pair: _Aligned) -> Repaired:
    return _changed(pair, {c.id: _cut(pair, c, c.start, g.end) for g, c in pair.paired if g.end != c.end})


def _retype(pair: _Aligned) -> Repaired:
    """A label is compared where the prediction has one, and taken in any case: a protocol may read it."""
    changed = {c.id: c.model_copy(update={"type": g.type, "label": g.label}) for g, c in pair.paired}
    faults = sum(g.type is not c.type or c.label not in (None, g.label) for g, c in pair.paired)
    return Repaired(_changed(pair, changed).graph, faults)


def _relink(pair: _Aligned) -> Repaired:
    links: list[_Link] = []
    faults = 0
    for component in pair.predicted.components:
        own = _links(pair.predicted.outgoing(component))
        wanted = pair.wanted(component) if component.id in pair.gold_of else own
        faults += {link.target for link in own} != {link.target for link in wanted}
        links += wanted
    return Repaired(_built(pair, pair.predicted.components, links, pair.signs), faults)


def _relabel(pair: _Aligned) -> Repaired:
    signs = pair.signs | {c.id: sign(pair.gold, g) for g, c in pair.paired}
    links = [_relabelled(pair, link, signs) for link in pair.links]
    wrong = {old.source for old, new in zip(pair.links, links, strict=True) if _differs(pair, old, new)}
    silent = pair.signs.keys() - {link.source for link in links}
    wrong |= {name for name in silent if signs[name] is not pair.signs[name]}
    return Repaired(_built(pair, pair.predicted.components, links, signs), len(wrong))


def _relabelled(pair: _Aligned, link: _Link, signs: Mapping[str, RelationType]) -> _Link:
    """With the sign and label of gold's relation to the same target, else of the partner's first."""
    if link.source not in pair.gold_of:
        return link
    own = pair.gold.outgoing(pair.gold_of[link.source])
    target = pair.gold_of.get(link.target)
    like = next((r for r in own if target is not None and r.target == target.id), own[0] if own else None)
    return link._replace(type=signs[link.source]) if like is None else link._replace(type=like.type, label=like.label)


def _differs(pair: _Aligned, old: _Link, new: _Link) -> bool:
    """By sign, or by label where there is one and the source has its partner's type.

    Corpora name the relations of unlike components in unlike ways, so the label of another type is no further fault.
    """
    if old.type is not new.type or old.label in (None, new.label):
        return old.type is not new.type
    return pair.predicted.component(old.source).type is pair.gold_of[old.source].type


_REPAIRS = {
    Fault.MISSED: _add_missed,
    Fault.INVENTED: _drop_invented,
    Fault.START: _move_starts,
    Fault.END: _move_ends,
    Fault.TYPE: _retype,
    Fault.LINK: _relink,
    Fault.LABEL: _relabel,
}


def _cut(pair: _Aligned, component: Component, start: int, end: int) -> Component:
    text = pair.predicted.text[start:end]
    return component.model_copy(update={"start": start, "end": end, "text": text})


def _changed(pair: _Aligned, changed: Mapping[str, Component]) -> Repaired:
    components = [changed.get(c.id, c) for c in pair.predicted.components]
    return Repaired(_built(pair, components, pair.links, pair.signs), len(changed))


def _built(
    pair: _Aligned, components: Iterable[Component], links: Iterable[_Link], signs: Mapping[str, RelationType]
) -> ArgumentGraph:
    """A graph of these parts, relations numbered anew; signs are told where no relation tells them."""
    components = list(components)
    once: dict[tuple[str, str, RelationType], _Link] = {}
    for link in links:
        once.setdefault((link.source, link.target, link.type), link)
    relations = [
        Relation(id=f"r{number}", source=source, target=target, type=kind, label=label)
        for number, (source, target, kind, label) in enumerate(once.values(), 1)
    ]
    silent = {c.id for c in components} - {r.source for r in relations}
    stances: dict[str, JsonValue] = {c: "Against" for c in sorted(silent) if signs[c] is RelationType.ATTACK}
    meta = {key: value for key, value in pair.predicted.meta.items() if key != STANCES}
    if stances:
        meta[STANCES] = stances
    return ArgumentGraph.build(pair.predicted.document, components, relations, meta=meta)


def _new_names(names: Iterable[str], taken: set[str]) -> dict[str, str]:
    """Each name by one that is not taken."""
    found: dict[str, str] = {}
    for name in names:
        new = f"gold-{name}"
        while new in taken | set(found.values()):
            new = f"gold-{new}"
        found[name] = new
    return found
