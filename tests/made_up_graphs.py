"""Graphs that hypothesis makes up: small, valid, and as odd as the rules of graphs allow."""

from hypothesis import strategies as st

from argmine.graph import Alternative, ArgumentGraph, Component, ComponentType, ModelInfo, Relation, RelationType

TEXTS = st.text(max_size=30)
NAMES = st.text(min_size=1, max_size=4)
LABELS = st.none() | st.text(max_size=5)
SHARES = st.none() | st.floats(0, 1)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
MODELS = st.none() | st.builds(ModelInfo, name=NAMES, revision=TEXTS, backend=NAMES, precision=NAMES)


@st.composite
def _components(draw: st.DrawFn, text: str) -> tuple[Component, ...]:
    """Components anywhere in the text, overlapping ones included, in text order."""
    count = draw(st.integers(0, 5)) if text else 0
    spans = sorted(sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2))) for _ in range(count))
    names = draw(st.lists(NAMES, min_size=count, max_size=count, unique=True))
    return tuple(
        Component(
            id=name,
            type=draw(st.sampled_from(ComponentType)),
            label=draw(LABELS),
            start=start,
            end=end,
            text=text[start:end],
            probability=draw(SHARES),
        )
        for name, (start, end) in zip(names, spans, strict=True)
        if end > start
    )


@st.composite
def _relations(draw: st.DrawFn, components: tuple[Component, ...]) -> tuple[Relation, ...]:
    """Relations that need not form a forest; a pair may be joined in both ways and by both types."""
    ids = [c.id for c in components]
    keys = [(s, t, kind) for s in ids for t in ids if s != t for kind in RelationType]
    chosen = draw(st.lists(st.sampled_from(keys), max_size=6, unique=True)) if keys else []
    names = draw(st.lists(NAMES, min_size=len(chosen), max_size=len(chosen), unique=True))
    others = st.builds(Alternative, target=st.none() | st.sampled_from(ids or [""]), probability=st.floats(0, 1))
    return tuple(
        Relation(
            id=name,
            source=source,
            target=target,
            type=kind,
            label=draw(LABELS),
            probability=draw(SHARES),
            alternatives=tuple(draw(st.lists(others, max_size=2))),
        )
        for name, (source, target, kind) in zip(names, chosen, strict=True)
    )


@st.composite
def graphs(draw: st.DrawFn, *, texts: st.SearchStrategy[str] = TEXTS) -> ArgumentGraph:
    """Any graph that the rules allow."""
    text = draw(texts)
    components = draw(_components(text))
    return ArgumentGraph(
        id=draw(NAMES),
        text=text,
        read=draw(SHARES),
        components=components,
        relations=draw(_relations(components)),
        warnings=tuple(draw(st.lists(TEXTS, max_size=2))),
        model=draw(MODELS),
        meta=draw(st.dictionaries(st.text(max_size=4), JSON, max_size=3)),
    )
