"""Graphs that maps are tried on."""

import random

from argmine.document import Document
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation, RelationType

WORDS = (
    "river",
    "trams",
    "town",
    "people",
    "school",
    "library",
    "council",
    "buses",
    "cost",
    "morning",
    "evidence",
    "keep",
)
NASTY = '<script>alert(1)</script><img src=x onerror=alert(1)> & "q" \' --> <!-- \u2028 \x00\x1b \u202e {{ 7*7 }}'


def unsure_graph() -> ArgumentGraph:
    """A thesis of .9, a claim of .5 with premises of .8 and .4 on it, a claim of .7 tied by a relation of .1."""
    text = "Keep trams. They are quiet. Nobody hears them. Cats do not. They are safe."
    rows = [
        ("t", "major_claim", "Keep trams", 0.9),
        ("a", "claim", "They are quiet", 0.5),
        ("b", "premise", "Nobody hears them", 0.8),
        ("c", "premise", "Cats do not", 0.4),
        ("d", "claim", "They are safe", 0.7),
    ]
    components = tuple(
        Component(
            id=name,
            type=ComponentType(kind),
            start=text.index(part),
            end=text.index(part) + len(part),
            text=part,
            probability=p,
        )
        for name, kind, part, p in rows
    )
    ties = [
        ("a", "t", "support", 0.3),
        ("b", "a", "support", 0.4),
        ("c", "a", "attack", 0.3),
        ("d", "t", "support", 0.1),
    ]
    relations = tuple(
        Relation(id=f"r{n}", source=s, target=t, type=RelationType(kind), probability=p)
        for n, (s, t, kind, p) in enumerate(ties)
    )
    return ArgumentGraph(id="unsure", text=text, read=1.0, components=components, relations=relations)


def tangled_graph() -> ArgumentGraph:
    """Components that overlap (b and c), one with two targets (c), and two in a circle (a and b)."""
    text = "Trams are quiet. Buses are loud and they are cheap. Keep trams."
    parts = [
        ("a", "claim", "Trams are quiet"),
        ("b", "claim", "Buses are loud and they are cheap"),
        ("c", "premise", "they are cheap. Keep"),
        ("d", "major_claim", "Keep trams"),
    ]
    components = [(name, kind, text.index(part), text.index(part) + len(part)) for name, kind, part in parts]
    links = [("a", "b", "support"), ("b", "a", "attack"), ("c", "d", "attack"), ("c", "a", "support")]
    return ArgumentGraph.build(Document(id="tangled", text=text), components, links)


def nasty_graph() -> ArgumentGraph:
    """Everything that comes from outside tries to be more than text."""
    text = f"{NASTY} {NASTY}"
    components = tuple(
        Component(
            id=f"</script>{n}", type=ComponentType.CLAIM, label=NASTY, start=start, end=start + len(NASTY), text=NASTY
        )
        for n, start in enumerate((0, len(NASTY) + 1))
    )
    relation = Relation(id=NASTY, source="</script>0", target="</script>1", type=RelationType.SUPPORT, label=NASTY)
    return ArgumentGraph(
        id=NASTY, text=text, components=components, relations=(relation,), warnings=(NASTY,), meta={NASTY: NASTY}
    )


def great_graph(count: int = 500) -> ArgumentGraph:
    """About 10,000 words with that many components: a thesis stated four times, claims, premises on all kinds."""
    draw = random.Random(0)
    kinds = [
        ComponentType.MAJOR_CLAIM if n % 125 == 0 else ComponentType.CLAIM if n % 6 == 0 else ComponentType.PREMISE
        for n in range(count)
    ]
    text, components = "", []
    for n, kind in enumerate(kinds):
        text += f"{_sentence(draw, 7, 12)}. "
        part = _sentence(draw, 6, 16)
        components.append(
            Component(
                id=f"c{n}",
                type=kind,
                start=len(text),
                end=len(text) + len(part),
                text=part,
                probability=round(draw.uniform(0.4, 0.95), 4),
            )
        )
        text += f"{part}.{' ' if n % 8 else chr(10) * 2}"
    relations = tuple(
        Relation(
            id=f"r{n}",
            source=f"c{n}",
            target=f"c{_target(kinds, n)}",
            type=RelationType.ATTACK if draw.random() < 0.2 else RelationType.SUPPORT,
            probability=round(draw.uniform(0.05, 0.4), 4),
        )
        for n, kind in enumerate(kinds)
        if kind is not ComponentType.MAJOR_CLAIM
    )
    return ArgumentGraph(id="great", text=text, read=1.0, components=tuple(components), relations=relations)


def _target(kinds: list[ComponentType], n: int) -> int:
    """A claim's is the last statement, a premise's the claim before it or, of every third, what stands before it."""
    last = max(m for m, kind in enumerate(kinds) if kind is ComponentType.MAJOR_CLAIM)
    if kinds[n] is ComponentType.CLAIM:
        return last
    near = n - 1 if n % 3 == 0 else max(m for m in range(n) if kinds[m] is not ComponentType.PREMISE)
    return last if kinds[near] is ComponentType.MAJOR_CLAIM else near


def _sentence(draw: random.Random, least: int, most: int) -> str:
    return " ".join(draw.choice(WORDS) for _ in range(draw.randint(least, most))).capitalize()
