"""Graphs that hypothesis makes up: small, valid, and as odd as the rules of graphs allow."""

from dataclasses import dataclass

from hypothesis import strategies as st
from pydantic import JsonValue

from argmine.graph import Alternative, ArgumentGraph, Component, ComponentType, ModelInfo, Relation, RelationType

ANY = st.characters(exclude_categories=["Cs"])
# What XML can hold.
XML = st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\t\n\r")
SHARES = st.none() | st.floats(0, 1)


@dataclass(frozen=True)
class _Made:
    """Strategies for strings of an alphabet."""

    alphabet: st.SearchStrategy[str]

    @property
    def texts(self) -> st.SearchStrategy[str]:
        return st.text(self.alphabet, max_size=30)

    @property
    def names(self) -> st.SearchStrategy[str]:
        return st.text(self.alphabet, min_size=1, max_size=4)

    @property
    def labels(self) -> st.SearchStrategy[str | None]:
        return st.none() | st.text(self.alphabet, max_size=5)

    @property
    def meta(self) -> st.SearchStrategy[dict[str, JsonValue]]:
        key = st.text(self.alphabet, max_size=4)
        number = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
        json: st.SearchStrategy[JsonValue] = st.recursive(
            st.none() | st.booleans() | number | st.text(self.alphabet, max_size=5),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(key, inner, max_size=3),
            max_leaves=6,
        )
        return st.dictionaries(key, json, max_size=3)

    @property
    def models(self) -> st.SearchStrategy[ModelInfo | None]:
        named = st.builds(ModelInfo, name=self.names, revision=self.texts, backend=self.names, precision=self.names)
        return st.none() | named


@st.composite
def _components(draw: st.DrawFn, text: str, made: _Made) -> tuple[Component, ...]:
    """Components anywhere in the text, overlapping ones included, in text order."""
    count = draw(st.integers(0, 5)) if text else 0
    spans = sorted(sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2))) for _ in range(count))
    names = draw(st.lists(made.names, min_size=count, max_size=count, unique=True))
    return tuple(
        Component(
            id=name,
            type=draw(st.sampled_from(ComponentType)),
            label=draw(made.labels),
            start=start,
            end=end,
            text=text[start:end],
            probability=draw(SHARES),
        )
        for name, (start, end) in zip(names, spans, strict=True)
        if end > start
    )


@st.composite
def _relations(draw: st.DrawFn, components: tuple[Component, ...], made: _Made) -> tuple[Relation, ...]:
    """Relations that need not form a forest; a pair may be joined in both ways and by both types."""
    ids = [c.id for c in components]
    keys = [(s, t, kind) for s in ids for t in ids if s != t for kind in RelationType]
    chosen = draw(st.lists(st.sampled_from(keys), max_size=6, unique=True)) if keys else []
    names = draw(st.lists(made.names, min_size=len(chosen), max_size=len(chosen), unique=True))
    others = st.builds(Alternative, target=st.none() | st.sampled_from(ids or [""]), probability=st.floats(0, 1))
    return tuple(
        Relation(
            id=name,
            source=source,
            target=target,
            type=kind,
            label=draw(made.labels),
            probability=draw(SHARES),
            alternatives=tuple(draw(st.lists(others, max_size=2))),
        )
        for name, (source, target, kind) in zip(names, chosen, strict=True)
    )


@st.composite
def graphs(draw: st.DrawFn, *, alphabet: st.SearchStrategy[str] = ANY) -> ArgumentGraph:
    """Any graph that the rules allow, its strings of that alphabet."""
    made = _Made(alphabet)
    text = draw(made.texts)
    components = draw(_components(text, made))
    return ArgumentGraph(
        id=draw(made.names),
        text=text,
        read=draw(SHARES),
        components=components,
        relations=draw(_relations(components, made)),
        warnings=tuple(draw(st.lists(made.texts, max_size=2))),
        model=draw(made.models),
        meta=draw(made.meta),
    )
