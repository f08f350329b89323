"""UIMA CAS in XMI, through dkpro-cassis; nothing is lost. Needs the extra `formats`.

Two types of annotation: `argmine.Component`, and `argmine.Relation` from `source` to `target`, which stands where its
source stands. Their type system is written beside the file, as `TypeSystem.xml`. A CAS counts UTF-16 code units, a
graph code points: cassis converts. What is of the whole stands as JSON in the one `argmine.Note`, with the order of the
parts.
"""

import json
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cassis import Cas, TypeSystem, load_cas_from_xmi
from cassis.typesystem import TypeNotFoundError
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from lxml.etree import LxmlError
from pydantic import ValidationError

from argmine.errors import FormatError, faults
from argmine.formats.files import only, stem
from argmine.formats.output import replacing
from argmine.formats.text import read_text
from argmine.formats.xml_text import line_of, refuse_no_xml
from argmine.graph import ArgumentGraph

COMPONENT, RELATION, NOTE = "argmine.Component", "argmine.Relation", "argmine.Note"
ANNOTATION, STRING, DOUBLE = "uima.tcas.Annotation", "uima.cas.String", "uima.cas.Double"
TYPE_SYSTEM = "TypeSystem.xml"
WHOLE = ("id", "read", "warnings", "model", "meta")


def type_system() -> TypeSystem:
    """The types that argmine writes."""
    system = TypeSystem()
    note = system.create_type(NOTE, supertypeName=ANNOTATION)
    system.create_feature(note, "content", STRING)
    component = system.create_type(COMPONENT, supertypeName=ANNOTATION)
    relation = system.create_type(RELATION, supertypeName=ANNOTATION)
    for made in (component, relation):
        for name in ("name", "kind", "label"):
            system.create_feature(made, name, STRING)
        system.create_feature(made, "probability", DOUBLE)
    for end in ("source", "target"):
        system.create_feature(relation, end, COMPONENT)
    system.create_feature(relation, "alternatives", STRING)
    return system


def read_graphs(path: Path) -> list[ArgumentGraph]:
    """The graph of an `.xmi` file, named by it where nothing else names it; annotations of other types are passed over.

    Raises:
        FormatError: the file is missing or broken, or the annotations break a rule of graphs.
    """
    content = read_text(path)
    try:
        fromstring(content)  # refuses entities, which cassis would follow
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # an offset beyond the text
            cas = load_cas_from_xmi(content, typesystem=type_system(), lenient=True)
        return [_graph(cas, stem(path))]
    except ValidationError as error:
        raise FormatError(f"breaks a rule of argument graphs: {faults(error)}", path=path) from error
    except (
        ParseError,
        DefusedXmlException,
        LxmlError,
        TypeNotFoundError,
        UserWarning,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        # All that cassis lets through where a file is no XMI.
        raise FormatError(f"no XMI that can be read: {error!r}", path=path, line=line_of(error)) from error


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes one graph, and the type system beside it.

    Raises:
        FormatError: there is not one graph, or it holds a character that XML does not.
        ArgmineError: a file cannot be written.
    """
    graph = only(graphs, path)
    ids = [name for part in (graph.components, graph.relations) for item in part for name in (item.id, item.label)]
    refuse_no_xml("".join((graph.text, *(name or "" for name in ids))), path)
    system = type_system()
    with replacing(path.with_name(TYPE_SYSTEM)) as stream:
        stream.write(system.to_xml().encode())
    with replacing(path) as stream:
        stream.write((_cas(graph, system).to_xmi() or "").encode())


def _cas(graph: ArgumentGraph, system: TypeSystem) -> Cas:
    cas = Cas(system)
    cas.sofa_string, cas.sofa_mime = graph.text, "text/plain"
    make = {name: system.get_type(name) for name in (COMPONENT, RELATION, NOTE)}
    made: dict[str, Any] = {}
    for c in graph.components:
        told = {"name": c.id, "kind": c.type.value, "label": c.label, "probability": c.probability}
        made[c.id] = make[COMPONENT](begin=c.start, end=c.end, **told)
    relations = []
    for r in graph.relations:
        told = {"name": r.id, "kind": r.type.value, "label": r.label, "probability": r.probability}
        source = made[r.source]
        others = json.dumps([a.model_dump(mode="json") for a in r.alternatives])
        ends = {"source": source, "target": made[r.target], "alternatives": others}
        relations.append(make[RELATION](begin=source.begin, end=source.end, **told, **ends))
    note = make[NOTE](begin=0, end=len(graph.text), content=_note(graph))
    cas.add_all([*made.values(), *relations, note])
    return cas


def _note(graph: ArgumentGraph) -> str:
    whole = graph.model_dump(mode="json", include=set(WHOLE))
    order = {"components": [c.id for c in graph.components], "relations": [r.id for r in graph.relations]}
    return json.dumps({**whole, **order})


def _graph(cas: Cas, name: str) -> ArgumentGraph:
    found = list(cas.select(NOTE))
    note = json.loads(found[0].content) if found else {}
    components = _ordered(cas.select(COMPONENT), note.get("components", ()))
    relations = _ordered(cas.select(RELATION), note.get("relations", ()))
    parts: list[dict[str, Any]] = [
        {**_told(name, a), "start": a.begin, "end": a.end, "text": a.get_covered_text()}
        for name, a in components.items()
    ]
    names = {id(a): name for name, a in components.items()}
    return ArgumentGraph.model_validate(
        {
            "id": name,
            "text": cas.sofa_string or "",
            **{key: note[key] for key in WHOLE if key in note},
            "components": sorted(parts, key=lambda part: (part["start"], part["end"])),
            "relations": [_relation(name, a, names) for name, a in relations.items()],
        }
    )


def _ordered(annotations: Iterable[Any], names: Sequence[str]) -> dict[str, Any]:
    """Annotations by name, in the order of the names and then as they come; one without a name gets its number."""
    known = {a.name or f"x{a.xmiID}": a for a in annotations}
    return {name: known[name] for name in (*(n for n in names if n in known), *known)}


def _told(name: str, annotation: Any) -> dict[str, Any]:
    return {"id": name, "type": annotation.kind, "label": annotation.label, "probability": annotation.probability}


def _relation(name: str, annotation: Any, names: Mapping[int, str]) -> dict[str, Any]:
    for end in ("source", "target"):
        if id(getattr(annotation, end)) not in names:
            raise ValueError(f"relation {name} has no {end}")
    ends = {end: names[id(getattr(annotation, end))] for end in ("source", "target")}
    return {**_told(name, annotation), **ends, "alternatives": json.loads(annotation.alternatives or "[]")}
