"""A difference of two graphs as a person reads it: counts, then a line for each change.

Where a component was moved, words that the first alone covers stand in `[-…-]` and those of the second in `{+…+}`.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from argmine.document import one_line
from argmine.graph import Component, Relation
from argmine.metrics.exact_spans import stripped

if TYPE_CHECKING:
    from argmine.evaluation.difference import ComponentPair, GraphDifference, RelationPair

Line: TypeAlias = tuple[str, str]
"""What kind of change, and what it says."""
Components: TypeAlias = Mapping[str, Component]
"""By id."""

# Characters shown of a relation's end, and of what both components cover.
END, KEPT = 48, 72


def difference_text(difference: "GraphDifference") -> str:
    """Counts, changes of components and changes of relations, without a line's end at the last."""
    counts = [
        ("components", _component_counts(difference)),
        ("relations", _relation_counts(difference)),
        ("tree edits", _tree(difference)),
    ]
    parts = [counts, _component_lines(difference), _relation_lines(difference)]
    width = max(len(kind) for part in parts for kind, _ in part) + 2
    return "\n\n".join("\n".join(f"{kind:{width}}{said}" for kind, said in part) for part in parts if part)


def _component_counts(difference: "GraphDifference") -> str:
    pairs = difference.components
    same = sum(not (p.moved or p.retyped) for p in pairs)
    kinds = f"{same} the same, {sum(p.moved for p in pairs)} moved, {sum(p.retyped for p in pairs)} retyped"
    return f"{len(pairs)} matched ({kinds}), {len(difference.missing)} missing, {len(difference.added)} added"


def _relation_counts(difference: "GraphDifference") -> str:
    pairs = difference.relations
    same = sum(not (p.relinked or p.relabelled) for p in pairs)
    relinked, relabelled = sum(p.relinked for p in pairs), sum(p.relabelled for p in pairs)
    kinds = f"{same} the same, {relinked} relinked, {relabelled} relabelled"
    alone = f"{len(difference.missing_relations)} missing, {len(difference.added_relations)} added"
    return f"{len(pairs)} matched ({kinds}), {alone}"


def _tree(difference: "GraphDifference") -> str:
    tree = difference.tree
    if tree is None:
        return f"none: {difference.no_tree}"
    return f"{tree.edits} of at most {tree.size} ({tree.normalised:.2f})"


def _component_lines(difference: "GraphDifference") -> list[Line]:
    """Changes of components in text order; one that a graph has alone comes with its relations."""
    first, second = _sides(difference)
    lines = [(c.span, ("missing", _alone(c, difference.missing_relations, first))) for c in difference.missing]
    lines += [(c.span, ("added", _alone(c, difference.added_relations, second))) for c in difference.added]
    lines += [(p.first.span, _changed(p)) for p in difference.components if p.moved or p.retyped]
    return [line for _, line in sorted(lines, key=lambda placed: (placed[0].start, placed[0].end))]


def _alone(component: Component, relations: Iterable[Relation], components: Components) -> str:
    targets = [_target(r, components) for r in relations if r.source == component.id]
    return " ".join([f"[{component.type.words}] {one_line(component.text)}", *targets])


def _changed(pair: "ComponentPair") -> Line:
    old, new = pair.first.type.words, pair.second.type.words
    kind = _kinds({"moved": pair.moved, "retyped": pair.retyped})
    return kind, f"[{f'{old} → {new}' if pair.retyped else old}] {marked(pair.first, pair.second)}"


def marked(first: Component, second: Component) -> str:
    """The words of both, with those that one of them has alone marked at the ends.

    Args:
        first: what was.
        second: what is; it shares words with `first`.
    """
    (start, end), (begin, stop) = stripped(first), stripped(second)
    parts = [
        _mark(_cut(first, start, begin), _cut(second, begin, start)),
        _shortened(_cut(first, max(start, begin), min(end, stop)), KEPT),
        _mark(_cut(first, stop, end), _cut(second, end, stop)),
    ]
    return " ".join(part for part in parts if part)


def _cut(component: Component, start: int, end: int) -> str:
    """What a component covers between two places of the document; empty where they are in the wrong order."""
    return one_line(component.text[max(0, start - component.start) : max(0, end - component.start)])


def _mark(old: str, new: str) -> str:
    return f"[-{old}-]" if old else f"{{+{new}+}}" if new else ""


def _relation_lines(difference: "GraphDifference") -> list[Line]:
    """Changes of relations whose source is common to both graphs, in text order of that."""
    first, second = _sides(difference)
    common = {p.first.id for p in difference.components}, {p.second.id for p in difference.components}
    changed = (p for p in difference.relations if p.relinked or p.relabelled)
    missing = (r for r in difference.missing_relations if r.source in common[0])
    added = (r for r in difference.added_relations if r.source in common[1])
    lines = [(first[p.first.source].start, _relinked(p, first, second)) for p in changed]
    lines += [(first[r.source].start, ("missing", _relation(r, first))) for r in missing]
    lines += [(second[r.source].start, ("added", _relation(r, second))) for r in added]
    return [line for _, line in sorted(lines, key=lambda placed: placed[0])]


def _relinked(pair: "RelationPair", first: Components, second: Components) -> Line:
    kind = _kinds({"relinked": pair.relinked, "relabelled": pair.relabelled})
    sign = pair.second.type.sign if pair.relabelled else ""
    target = _arrow(pair.second, second) if pair.relinked else ""
    return kind, f"{_relation(pair.first, first)}, now {' '.join(part for part in (sign, target) if part)}"


def _relation(relation: Relation, components: Components) -> str:
    source = components[relation.source]
    return f"[{source.type.words}] {_shortened(one_line(source.text), END)} {_target(relation, components)}"


def _target(relation: Relation, components: Components) -> str:
    return f"{relation.type.sign} {_arrow(relation, components)}"


def _arrow(relation: Relation, components: Components) -> str:
    return f"→ {_shortened(one_line(components[relation.target].text), END)}"


def _sides(difference: "GraphDifference") -> tuple[Components, Components]:
    """The components of the first graph and of the second, by id."""
    first = [*(p.first for p in difference.components), *difference.missing]
    second = [*(p.second for p in difference.components), *difference.added]
    return {c.id: c for c in first}, {c.id: c for c in second}


def _kinds(found: Mapping[str, bool]) -> str:
    return ", ".join(kind for kind, there in found.items() if there)


def _shortened(text: str, limit: int) -> str:
    """At most about `limit` characters: whole words from both ends, with an ellipsis between."""
    if len(text) <= limit:
        return text
    head, tail = text[: limit // 2].rpartition(" "), text[-limit // 2 :].partition(" ")
    return f"{head[0] or head[2]} … {tail[2] or tail[0]}"
