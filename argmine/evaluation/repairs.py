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
from enum import StrEnum
from typing import NamedTuple

from argmine.evaluation.aligned import Aligned, Link, built, links_of
from argmine.graph import ArgumentGraph, Component, Relation, RelationType
from argmine.metrics.labels import sign


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
    return _REPAIRS[fault](Aligned.of(gold, predicted))


def repaired_each(gold: ArgumentGraph, predicted: ArgumentGraph) -> dict[Fault, Repaired]:
    """`predicted` without each kind of fault alone.

    Raises:
        EvaluationError: the graphs are of different texts, or a component holds no word.
    """
    aligned = Aligned.of(gold, predicted)
    return {fault: repair(aligned) for fault, repair in _REPAIRS.items()}


def _add_missed(pair: Aligned) -> Repaired:
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
    return Repaired(built(pair, components, [*kept, *new], signs), len(missed))


def _renamed(pair: Aligned, relation: Relation, names: Mapping[str, str]) -> Link:
    """A gold relation between predicted components; a source that has a sign of its own keeps it."""
    source = pair.predicted_of.get(relation.source)
    own = pair.predicted.outgoing(source) if source else ()
    like = own[0] if own else relation
    return Link(names[relation.source], names[relation.target], like.type, like.label)


def _drop_invented(pair: Aligned) -> Repaired:
    kept = [c for _, c in pair.paired]
    links = [link for link in pair.links if link.source in pair.gold_of and link.target in pair.gold_of]
    return Repaired(built(pair, kept, links, pair.signs), len(pair.predicted.components) - len(kept))


def _move_starts(pair: Aligned) -> Repaired:
    return _changed(pair, {c.id: _cut(pair, c, g.start, c.end) for g, c in pair.paired if g.start != c.start})


def _move_ends(pair: Aligned) -> Repaired:
    return _changed(pair, {c.id: _cut(pair, c, c.start, g.end) for g, c in pair.paired if g.end != c.end})


def _retype(pair: Aligned) -> Repaired:
    """A label is compared where the prediction has one, and taken in any case: a protocol may read it."""
    changed = {c.id: c.model_copy(update={"type": g.type, "label": g.label}) for g, c in pair.paired}
    faults = sum(g.type is not c.type or c.label not in (None, g.label) for g, c in pair.paired)
    return Repaired(_changed(pair, changed).graph, faults)


def _relink(pair: Aligned) -> Repaired:
    links: list[Link] = []
    faults = 0
    for component in pair.predicted.components:
        own = links_of(pair.predicted.outgoing(component))
        wanted = pair.wanted(component) if component.id in pair.gold_of else own
        faults += {link.target for link in own} != {link.target for link in wanted}
        links += wanted
    return Repaired(built(pair, pair.predicted.components, links, pair.signs), faults)


def _relabel(pair: Aligned) -> Repaired:
    signs = pair.signs | {c.id: sign(pair.gold, g) for g, c in pair.paired}
    links = [_relabelled(pair, link, signs) for link in pair.links]
    wrong = {old.source for old, new in zip(pair.links, links, strict=True) if _differs(pair, old, new)}
    silent = pair.signs.keys() - {link.source for link in links}
    wrong |= {name for name in silent if signs[name] is not pair.signs[name]}
    return Repaired(built(pair, pair.predicted.components, links, signs), len(wrong))


def _relabelled(pair: Aligned, link: Link, signs: Mapping[str, RelationType]) -> Link:
    """With the sign and label of gold's relation to the same target, else of the partner's first."""
    if link.source not in pair.gold_of:
        return link
    own = pair.gold.outgoing(pair.gold_of[link.source])
    target = pair.gold_of.get(link.target)
    like = next((r for r in own if target is not None and r.target == target.id), own[0] if own else None)
    return link._replace(type=signs[link.source]) if like is None else link._replace(type=like.type, label=like.label)


def _differs(pair: Aligned, old: Link, new: Link) -> bool:
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


def _cut(pair: Aligned, component: Component, start: int, end: int) -> Component:
    text = pair.predicted.text[start:end]
    return component.model_copy(update={"start": start, "end": end, "text": text})


def _changed(pair: Aligned, changed: Mapping[str, Component]) -> Repaired:
    components = [changed.get(c.id, c) for c in pair.predicted.components]
    return Repaired(built(pair, components, pair.links, pair.signs), len(changed))


def _new_names(names: Iterable[str], taken: set[str]) -> dict[str, str]:
    """Each name by one that is not taken."""
    found: dict[str, str] = {}
    for name in names:
        new = f"gold-{name}"
        while new in taken | set(found.values()):
            new = f"gold-{new}"
        found[name] = new
    return found
