"""Label Studio's tasks, with graphs as predictions to be corrected, or as annotations where no model made them.

A component is a region of the text, a relation an arrow from one region to another; offsets are code points. What
regions have no place for stands in the task's `meta`, so nothing is lost while it stands. Of a task that persons
annotated, the last annotation that was not cancelled is read. `LABELS` is the labelling interface that fits.
Format: https://labelstud.io/guide/tasks
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, JsonValue, TypeAdapter

from argmine.errors import FormatError
from argmine.formats.files import read_json, reading, write_json
from argmine.formats.names import component_type, find_relation_type
from argmine.formats.node_graphs import graph_of
from argmine.formats.nodes import Kind, Network, Node, own_names
from argmine.formats.note import KEY, note_of, read_note
from argmine.graph import ArgumentGraph, ComponentType

FROM, TO = "label", "text"
NAMES = {
    ComponentType.MAJOR_CLAIM: "MajorClaim",
    ComponentType.CLAIM: "Claim",
    ComponentType.PREMISE: "Premise",
}
LABELS = """\
<View>
  <Relations>
    <Relation value="support"/>
    <Relation value="attack"/>
  </Relations>
  <Labels name="label" toName="text">
    <Label value="MajorClaim" background="#862e9c"/>
    <Label value="Claim" background="#1864ab"/>
    <Label value="Premise" background="#e67700"/>
  </Labels>
  <Text name="text" value="$text" granularity="word"/>
</View>
"""


class _Place(BaseModel):
    start: int
    end: int
    labels: tuple[str, ...]


class _Region(BaseModel):
    type: Literal["labels"]
    id: str
    value: _Place


class _Arrow(BaseModel):
    type: Literal["relation"]
    from_id: str
    to_id: str
    direction: Literal["right", "left", "bi"] = "right"
    labels: tuple[str, ...] | None = None


class _Annotation(BaseModel):
    result: tuple[Annotated[_Region | _Arrow, Field(discriminator="type")], ...]
    was_cancelled: bool = False


class _Data(BaseModel):
    text: str


class _Task(BaseModel):
    """What is read of a task."""

    data: _Data
    id: int | str | None = None
    annotations: tuple[_Annotation, ...] = ()
    predictions: tuple[_Annotation, ...] = ()
    meta: dict[str, Any] | None = None


_TASKS: TypeAdapter[list[_Task]] = TypeAdapter(list[_Task])


def read_graphs(path: Path) -> list[ArgumentGraph]:
    """The graphs of a file of tasks; one that nothing names is called by file and number.

    Raises:
        FormatError: the file is missing or broken; it names the task, from 0.
    """
    with reading(path, "tasks of Label Studio"):
        tasks = _TASKS.validate_python(read_json(path))
    return [_named(number, task, path) for number, task in enumerate(tasks)]


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes a task a graph: a prediction where a model made it, else an annotation.

    Raises:
        ArgmineError: the file cannot be written.
    """
    write_json([_task(number, graph) for number, graph in enumerate(graphs, 1)], path)


def _named(number: int, task: _Task, path: Path) -> ArgumentGraph:
    try:
        return _graph(task, f"{path.name.partition('.')[0]}-{task.id or number + 1}")
    except FormatError as error:
        raise FormatError(f"task {number}: {error.message}", path=path) from error


def _graph(task: _Task, name: str) -> ArgumentGraph:
    note = read_note((task.meta or {}).get(KEY))
    kept = [annotation for annotation in task.annotations if not annotation.was_cancelled]
    chosen = (kept or task.predictions)[-1:]
    network = _network(chosen[0], task.data.text) if chosen else Network((), ())
    return graph_of(network, name=name, text=task.data.text, note=note)


def _network(annotation: _Annotation, text: str) -> Network:
    regions = [item for item in annotation.result if isinstance(item, _Region)]
    arrows = [item for item in annotation.result if isinstance(item, _Arrow)]
    statements = {region.id: _statement(region, text) for region in regions}
    if len(statements) < len(regions):
        raise FormatError("two regions have one id")
    schemes: list[Node] = []
    edges: list[tuple[str, str]] = []
    for arrow in arrows:
        source, target = (arrow.to_id, arrow.from_id) if arrow.direction == "left" else (arrow.from_id, arrow.to_id)
        for end in (source, target):
            if end not in statements:
                raise FormatError(f"an arrow names the region {end}, which is not there")
        for label in arrow.labels or ("",):
            scheme = _scheme(f"{source} {label} {target}", label)
            schemes.append(scheme)
            edges += [(source, scheme.id), (scheme.id, target)]
    return Network((*statements.values(), *schemes), tuple(edges))


def _statement(region: _Region, text: str) -> Node:
    place = region.value
    if not 0 <= place.start < place.end <= len(text):
        raise FormatError(f"region {region.id} spans {place.start}..{place.end}, text has {len(text)} characters")
    if len(place.labels) != 1:
        raise FormatError(f"region {region.id} has {len(place.labels)} labels, one is allowed")
    kind = component_type(place.labels[0])
    return Node(region.id, Kind.STATEMENT, text=text[place.start : place.end], start=place.start, type=kind)


def _scheme(name: str, label: str) -> Node:
    """An arrow as a scheme; one that no label says to support or attack is neither."""
    kind = find_relation_type(label)
    return Node(name, Kind.OTHER if kind is None else Kind.SCHEME, relation=kind, label=None if kind else label)


def _task(number: int, graph: ArgumentGraph) -> JsonValue:
    names = own_names(graph)
    # Arrows have no ids: each is known by its ends and label, as on reading.
    names.schemes.update({r.id: f"{r.source} {r.type.value} {r.target}" for r in graph.relations})
    note = note_of(graph, names.nodes, names.schemes).model_dump(mode="json")
    annotation: dict[str, JsonValue] = {"result": _results(graph)}
    if graph.model:
        annotation["model_version"] = f"{graph.model.name} {graph.model.revision}"
    made: list[JsonValue] = [annotation]
    kinds: dict[str, JsonValue] = {"predictions": made} if graph.model else {"annotations": made}
    return {"id": number, "data": {"text": graph.text}, "meta": {KEY: note}, **kinds}


def _results(graph: ArgumentGraph) -> list[JsonValue]:
    regions: list[JsonValue] = [
        {
            "id": c.id,
            "from_name": FROM,
            "to_name": TO,
            "type": "labels",
            "value": {"start": c.start, "end": c.end, "text": c.text, "labels": [NAMES[c.type]]},
            **({} if c.probability is None else {"score": c.probability}),
        }
        for c in graph.components
    ]
    arrows: list[JsonValue] = [
        {
            "type": "relation",
            "from_id": r.source,
            "to_id": r.target,
            "direction": "right",
            "labels": [r.type.value],
        }
        for r in graph.relations
    ]
    return regions + arrows
