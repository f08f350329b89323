"""Argument graphs: components of one document and the relations between them.

The graph is the truth and a tree a view of it (`argmine.tree`). Gold and predicted graphs are of this one type; what
only a model knows (`probability`, `alternatives`, `read`, `model`) is null in gold. The JSON form of `ArgumentGraph` is
a published contract: `argmine/schemas/argument-graph.schema.json`.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, JsonValue, NonNegativeInt, computed_field, field_validator, model_validator

from argmine import renderers
from argmine.base import Derived, Frozen
from argmine.document import Document, Id, Span, Text, refuse_surrogates

if TYPE_CHECKING:
    from argmine.tree import ArgumentTree

Probability = Annotated[float, Field(ge=0.0, le=1.0, strict=True)]
DETACHED = "detached"
"""The key of `ArgumentGraph.meta` under which ids of components stand that lost the relation they had."""


class Role(StrEnum):
    """What a component does in an argument."""

    CONCLUSION = "conclusion"
    PREMISE = "premise"


class ComponentType(StrEnum):
    """The kinds of components: the thesis, the points for and against it, the reasons for those."""

    MAJOR_CLAIM = "major_claim"
    CLAIM = "claim"
    PREMISE = "premise"

    @property
    def role(self) -> Role:
        """Major claims and claims are conclusions."""
        return Role.PREMISE if self is ComponentType.PREMISE else Role.CONCLUSION

    @property
    def words(self) -> str:
        """As a person writes it: "major claim"."""
        return self.value.replace("_", " ")


class RelationType(StrEnum):
    """How a source bears on its target."""

    SUPPORT = "support"
    ATTACK = "attack"

    @property
    def sign(self) -> str:
        """As trees show it: + or − (U+2212)."""
        return "+" if self is RelationType.SUPPORT else "−"


class Component(Derived):
    """An argument component: a typed stretch of the text.

    `start` and `end` are half-open code points into the document's text, `text` what stands there; `label` is the
    corpus's own name of the type. `probability` is how sure the model is that an annotator would mark a component of
    this type here, one that shares more than half of the longer one's characters with it; it was calibrated on
    development documents.
    """

    derived: ClassVar[Mapping[str, str]] = {"role": "type"}

    id: Id
    type: ComponentType
    label: Text | None = None
    start: NonNegativeInt
    end: NonNegativeInt
    text: Text
    probability: Probability | None = None

    @model_validator(mode="after")
    def _text_fits(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"component {self.id} must end after its start, found {self.start}..{self.end}")
        if len(self.text) != self.end - self.start:
            raise ValueError(
                f"component {self.id} spans {self.end - self.start} characters, its text has {len(self.text)}"
            )
        return self

    @computed_field  # type: ignore[prop-decorator]
    @property
    def role(self) -> Role:
        """Conclusion or premise, by type."""
        return self.type.role

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(start=self.start, end=self.end)


class Alternative(Frozen):
    """A runner-up target of a relation's source; `target` is null where the alternative is to have none."""

    target: Id | None
    probability: Probability


class Relation(Frozen):
    """`source` supports or attacks `target`; both are ids of components.

    `probability` is how sure the model is that both ends are there, of the types that they are shown with, and joined
    by this type.
    """

    id: Id
    source: Id
    target: Id
    type: RelationType
    label: Text | None = None
    probability: Probability | None = None
    alternatives: tuple[Alternative, ...] = ()


class ModelInfo(Frozen):
    """What mined a graph: equal info and equal text give an equal graph."""

    name: Text
    revision: Text
    backend: Text
    precision: Text


class ArgumentGraph(Derived):
    """The components of one document, in text order, and the relations between them.

    Components may overlap in gold; in what a miner returns they never do, and the relations form a forest.

    >>> text = "Trams are quiet. Keep them."
    >>> graph = ArgumentGraph.build(
    ...     Document(id="trams", text=text),
    ...     [("c2", "major_claim", 17, 26), ("c1", "premise", 0, 15)],
    ...     [("c1", "c2", "support")],
    ... )
    >>> [c.text for c in graph.conclusions], [c.text for c in graph.premises], graph.roots
    (['Keep them'], ['Trams are quiet'], ('c2',))
    """

    derived: ClassVar[Mapping[str, str]] = {"roots": "relations"}

    version: Literal[1] = 1
    id: Id
    text: Text
    read: Probability | None = None
    components: tuple[Component, ...] = ()
    relations: tuple[Relation, ...] = ()
    warnings: tuple[Text, ...] = ()
    model: ModelInfo | None = None
    meta: dict[str, JsonValue] = Field(default_factory=dict)

    @classmethod
    def build(
        cls,
        document: Document,
        components: Iterable[Component | tuple[str, str, int, int]],
        relations: Iterable[Relation | tuple[str, str, str]] = (),
        *,
        meta: dict[str, JsonValue] | None = None,
    ) -> Self:
        """A graph from parts in any order; texts are cut from the document, relations numbered.

        Args:
            document: the text they lie in.
            components: components, or tuples `(id, type, start, end)`.
            relations: relations, or tuples `(source id, target id, type)`.
            meta: what else is known of the document.

        Raises:
            pydantic.ValidationError: the parts break a rule of the graph.
        """
        full = [c if isinstance(c, Component) else _component(document, *c) for c in components]
        links = [
            r if isinstance(r, Relation) else Relation(id=f"r{n}", source=r[0], target=r[1], type=RelationType(r[2]))
            for n, r in enumerate(relations, 1)
        ]
        return cls(
            id=document.id,
            text=document.text,
            components=tuple(sorted(full, key=lambda c: (c.start, c.end))),
            relations=tuple(links),
            meta=meta or {},
        )

    @model_validator(mode="after")
    def _components_keep_rules(self) -> Self:
        for name, count in Counter(c.id for c in self.components).items():
            if count > 1:
                raise ValueError(f"{count} components have the id {name}")
        for component in self.components:
            if component.end > len(self.text):
                raise ValueError(
                    f"component {component.id} ends at {component.end}, text has {len(self.text)} characters"
                )
            found = self.text[component.start : component.end]
            if found != component.text:
                raise ValueError(f"component {component.id} says {component.text!r}, the text at its place {found!r}")
        for before, after in zip(self.components, self.components[1:], strict=False):
            if (after.start, after.end) < (before.start, before.end):
                raise ValueError(f"components must stand in text order: {after.id} starts before {before.id}")
        return self

    @model_validator(mode="after")
    def _relations_keep_rules(self) -> Self:
        known = {c.id for c in self.components}
        seen: set[tuple[str, str, str]] = set()
        for name, count in Counter(r.id for r in self.relations).items():
            if count > 1:
                raise ValueError(f"{count} relations have the id {name}")
        for relation in self.relations:
            for end in (relation.source, relation.target, *(a.target for a in relation.alternatives)):
                if end is not None and end not in known:
                    raise ValueError(f"relation {relation.id} names component {end}, which is not in the graph")
            if relation.source == relation.target:
                raise ValueError(f"relation {relation.id} joins component {relation.source} to itself")
            key = (relation.source, relation.target, relation.type)
            if key in seen:
                raise ValueError(f"relation {relation.id} repeats {key[2]} from {key[0]} to {key[1]}")
            seen.add(key)
        return self

    @field_validator("meta")
    @classmethod
    def _meta_is_json(cls, meta: dict[str, JsonValue]) -> dict[str, JsonValue]:
        refuse_surrogates(json.dumps(meta, allow_nan=False, ensure_ascii=False))
        return meta

    @computed_field  # type: ignore[prop-decorator]
    @property
    def roots(self) -> tuple[str, ...]:
        """Ids of the components without an outgoing relation, in text order."""
        sources = {r.source for r in self.relations}
        return tuple(c.id for c in self.components if c.id not in sources)

    @property
    def detached(self) -> tuple[str, ...]:
        """Ids of the roots whose relation was left out for being unsure, in text order; `meta` keeps them."""
        listed = self.meta.get(DETACHED)
        marked = listed if isinstance(listed, list) else []
        return tuple(name for name in self.roots if name in marked)

    @property
    def document(self) -> Document:
        """The text and its id."""
        return Document(id=self.id, text=self.text)

    @property
    def conclusions(self) -> tuple[Component, ...]:
        """Major claims and claims, in text order."""
        return tuple(c for c in self.components if c.role is Role.CONCLUSION)

    @property
    def premises(self) -> tuple[Component, ...]:
        """Premises, in text order."""
        return tuple(c for c in self.components if c.role is Role.PREMISE)

    @property
    def major_claims(self) -> tuple[Component, ...]:
        """Statements of the thesis, in text order."""
        return tuple(c for c in self.components if c.type is ComponentType.MAJOR_CLAIM)

    @property
    def trees(self) -> tuple["ArgumentTree", ...]:
        """The argument trees, the thesis first, then in text order of their roots.

        Raises:
            GraphError: a component has two targets or the relations run in a circle; it names them.
        """
        from argmine.tree import trees_of

        return trees_of(self)

    @cached_property
    def _by_id(self) -> dict[str, Component]:
        return {c.id: c for c in self.components}

    @cached_property
    def _outgoing(self) -> dict[str, tuple[Relation, ...]]:
        return _grouped((r.source, r) for r in self.relations)

    @cached_property
    def _incoming(self) -> dict[str, tuple[Relation, ...]]:
        return _grouped((r.target, r) for r in self.relations)

    def component(self, component_id: str) -> Component:
        """The component of that id.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[component_id]

    def component_at(self, offset: int) -> Component | None:
        """The shortest component that covers the code point `offset`, None where there is none."""
        covering = [c for c in self.components if c.start <= offset < c.end]
        return min(covering, key=lambda c: c.end - c.start, default=None)

    def outgoing(self, component: Component) -> tuple[Relation, ...]:
        """Relations whose source is `component`."""
        return self._outgoing.get(component.id, ())

    def incoming(self, component: Component) -> tuple[Relation, ...]:
        """Relations whose target is `component`."""
        return self._incoming.get(component.id, ())

    def without_relations(self) -> Self:
        """The same components, unlinked."""
        return self.model_copy(update={"relations": ()})

    def to_text(self, *, width: int = 100, probabilities: bool = False) -> str:
        """Its trees as a person reads them, in lines of at most `width` columns, without colours."""
        return str(renderers.find("text")(self, width=width, probabilities=probabilities))

    def to_html(self) -> str:
        """A page that shows the text and its trees side by side; it needs nothing else, and loads nothing."""
        return str(renderers.find("html")(self))

    def to_dot(self) -> str:
        """A picture in the language of Graphviz."""
        return str(renderers.find("dot")(self))

    def to_mermaid(self) -> str:
        """A picture in the language of Mermaid, the diagrams of Markdown."""
        return str(renderers.find("mermaid")(self))

    def _repr_html_(self) -> str:
        """What a notebook shows: the page, in a frame."""
        return str(renderers.find("notebook")(self))

    def __rich__(self) -> Any:
        """What `rich.print` shows: its trees, in colour."""
        return renderers.find("rich")(self)

    def paragraphs(self) -> Iterator[Span]:
        """Runs of lines that hold more than white space, one a line, in text order."""
        start = 0
        for line in self.text.splitlines(keepends=True):
            left, right = len(line) - len(line.lstrip()), len(line.rstrip())
            if right > left:
                yield Span(start=start + left, end=start + right)
            start += len(line)


def _grouped(relations: Iterable[tuple[str, Relation]]) -> dict[str, tuple[Relation, ...]]:
    groups: dict[str, list[Relation]] = defaultdict(list)
    for name, relation in relations:
        groups[name].append(relation)
    return {name: tuple(group) for name, group in groups.items()}


def _component(document: Document, name: str, kind: str, start: int, end: int) -> Component:
    text = document.text[start:end]
    return Component(id=name, type=ComponentType(kind), start=start, end=end, text=text)
