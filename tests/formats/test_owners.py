"""Files that argmine writes, read by the software that owns their formats; and what that writes, read by argmine."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from argmine.exchange import format_named, read_graphs, write_graphs
from argmine.formats.label_studio import LABELS
from argmine.graph import ArgumentGraph, Component, ComponentType
from tests.browser import visit
from tests.formats.owners import node_with, program, python_with
from tests.graphs import mined_graph, tram_graph

pytestmark = pytest.mark.slow

ARGUEBUF = """
import json, sys
import arguebuf

kind, source, target = sys.argv[1:]
content = json.load(open(source, encoding="utf-8"))
graph = arguebuf.load.file(source) if kind == "arguebuf" else getattr(arguebuf.load, kind)(content)
nodes = graph.scheme_nodes.values()
ends = lambda found: sorted(node.plain_text for node in found)
print(json.dumps({
    "atoms": sorted(atom.plain_text for atom in graph.atom_nodes.values()),
    "major": graph.major_claim and graph.major_claim.plain_text,
    "quotes": sorted([a.reference.offset, a.reference.text] for a in graph.atom_nodes.values() if a.reference),
    "schemes": sorted([type(n.scheme).__name__, ends(graph.incoming_atom_nodes(n)), ends(graph.outgoing_atom_nodes(n))]
                      for n in nodes),
}))
for ending, form in (("arguebuf", arguebuf.dump.Format.ARGUEBUF), ("aif", arguebuf.dump.Format.AIF),
                     ("xaif", arguebuf.dump.Format.XAIF)):
    with open(f"{target}.{ending}.json", "w", encoding="utf-8") as stream:
        json.dump(arguebuf.dump.dict(graph, arguebuf.dump.Config(format=form)), stream)
"""
ARGDOWN = """
const {ArgdownApplication, ParserPlugin, ModelPlugin, DataPlugin} = require("@argdown/core");
const app = new ArgdownApplication();
app.addPlugin(new ParserPlugin(), "parse-input");
app.addPlugin(new DataPlugin(), "build-model");
app.addPlugin(new ModelPlugin(), "build-model");
const input = require("fs").readFileSync(0, "utf8");
const found = app.run({process: ["parse-input", "build-model"], input, logLevel: "error"});
const statements = Object.entries(found.statements).map(([name, statement]) =>
  [name, statement.members.map(m => m.text).find(Boolean).trim(), statement.data.type]);
const relations = found.relations.map(r => [r.from.title, r.relationType, r.to.title]);
const errors = [...found.lexerErrors, ...found.parserErrors].length;
console.log(JSON.stringify({errors, title: found.frontMatter && found.frontMatter.title, statements, relations}));
"""
GRAPHVIZ = """
const text = require("fs").readFileSync(0, "utf8");
import("@viz-js/viz").then(({instance}) => instance()).then(viz => {
  const found = viz.renderJSON(text);
  const nodes = (found.objects || []).map(node => [node.name, node.label]);
  const edges = (found.edges || []).map(e => [nodes[e.tail][0], e.label, nodes[e.head][0]]);
  console.log(JSON.stringify({name: found.name, nodes, edges, drawn: viz.renderString(text, {format: "svg"})}));
});
"""
MERMAID = """async text => {
  mermaid.initialize({startOnLoad: false});
  const kind = (await mermaid.parse(text)).diagramType;
  const {db} = await mermaid.mermaidAPI.getDiagramFromText(text);
  document.body.innerHTML = (await mermaid.render("drawn", text)).svg;
  const nodes = [...db.getVertices().values()].map(node => [node.id, node.type, node.classes]);
  const edges = db.getEdges().map(edge => [edge.start, edge.text, edge.stroke, edge.end]);
  const labels = [...document.querySelectorAll(".node")].map(node => node.textContent);
  return {kind, nodes, edges, labels};
}"""
ARGILLA = """
import json, sys
import argilla as rg

records = [rg.Record.from_dict(record) for record in json.load(open(sys.argv[1], encoding="utf-8"))]
json.dump([record.to_dict() for record in records], open(sys.argv[2], "w", encoding="utf-8"))
"""
LABEL_STUDIO = """
import json, sys
from label_studio_sdk.label_interface import LabelInterface

interface = LabelInterface(sys.argv[1])
interface.validate()
for task in json.load(open(sys.argv[2], encoding="utf-8")):
    made = [interface.validate_annotation(a) for a in task.get("annotations", [])]
    made += [interface.validate_prediction(p) for p in task.get("predictions", [])]
    print(interface.validate_task({"data": task["data"]}), made)
"""
ODD = 'a "b" #1 <i>c</i> & [x] {y} (z) `k` *s* __u__ | \\ ~ é🚲 -- 1:2 x.y. @me // no /* ok */ <!-- d --> + [c1]'


def odd_graph() -> ArgumentGraph:
    """Signs that mean something to one format or another."""
    whole = Component(id='c"1\\', type=ComponentType.CLAIM, start=0, end=len(ODD), text=ODD)
    return ArgumentGraph(id='o"d\\d === {', text=ODD, components=(whole,))


def written(graph: ArgumentGraph, name: str, folder: Path) -> Path:
    path = folder / f"ours.{name}.json"
    write_graphs([graph], path, format_named(name))
    return path


def loaded(kind: str, source: Path, target: Path) -> Any:
    command = [str(python_with("arguebuf==2.7.2")), "-c", ARGUEBUF, kind, str(source), str(target)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def node(script: str, package: str, text: str) -> Any:
    folder = node_with(package)
    command = ["node", "-e", script]
    found = subprocess.run(command, check=True, capture_output=True, text=True, input=text, cwd=folder, timeout=60)
    return json.loads(found.stdout)


def assert_drawn(found: dict[str, Any], graph: ArgumentGraph, svg: str) -> None:
    """What Graphviz read, nodes with labels and edges, and the picture that it drew, are those of the graph."""
    labels = [label.replace("\\n", " ") for _, label in found["nodes"]]
    assert labels == [f"[{c.type.words}] {c.text}".replace("\\", "\\\\") for c in graph.components]
    assert found["edges"] == [
        [r.source, {"support": "supports", "attack": "attacks"}[r.type.value], r.target] for r in graph.relations
    ]
    assert (svg.count('class="node"'), svg.count('class="edge"')) == (len(graph.components), len(graph.relations))


def relations(graph: ArgumentGraph, names: dict[str, str]) -> list[list[Any]]:
    """As arguebuf shows them, with its words for types."""
    return sorted(
        [names[r.type.value], [graph.component(r.source).text], [graph.component(r.target).text]]
        for r in graph.relations
    )


@pytest.mark.parametrize("kind", ["arguebuf", "aif", "xaif"])
def test_arguebuf_loads_what_is_written(kind: str, tmp_path: Path) -> None:
    graph = tram_graph()
    found = loaded(kind, written(graph, kind, tmp_path), tmp_path / "theirs")
    assert found["atoms"] == sorted(c.text for c in graph.components)
    assert found["schemes"] == relations(graph, {"support": "Support", "attack": "Attack"})
    assert found["major"] == ("keep them" if kind == "arguebuf" else None)


def test_arguebuf_loads_sadface_but_for_the_name_that_sadface_has_for_attacks(tmp_path: Path) -> None:
    graph = tram_graph()
    found = loaded("sadface", written(graph, "sadface", tmp_path), tmp_path / "theirs")
    assert found["schemes"] == relations(graph, {"support": "Support", "attack": "NoneType"})


def test_arguebuf_finds_the_quotes_in_the_text(tmp_path: Path) -> None:
    found = loaded("arguebuf", written(mined_graph(), "arguebuf", tmp_path), tmp_path / "theirs")
    assert found["quotes"] == [[c.start, c.text] for c in mined_graph().components]


@pytest.mark.parametrize("graph", [tram_graph(), mined_graph(), odd_graph()], ids=lambda graph: graph.id)
def test_a_graph_that_went_through_arguebuf_is_equal(graph: ArgumentGraph, tmp_path: Path) -> None:
    loaded("arguebuf", written(graph, "arguebuf", tmp_path), tmp_path / "theirs")
    assert read_graphs(tmp_path / "theirs.arguebuf.json") == [graph]


@pytest.mark.parametrize("ending", ["aif", "xaif"])
def test_what_arguebuf_writes_is_read(ending: str, tmp_path: Path) -> None:
    graph = tram_graph()
    loaded("arguebuf", written(graph, "arguebuf", tmp_path), tmp_path / "theirs")
    (found,) = read_graphs(tmp_path / f"theirs.{ending}.json")
    assert sorted(c.text for c in found.components) == sorted(c.text for c in graph.components)
    assert relations(found, {"support": "+", "attack": "-"}) == relations(graph, {"support": "+", "attack": "-"})


@pytest.mark.parametrize("graph", [tram_graph(), odd_graph()], ids=lambda graph: graph.id)
def test_argdowns_parser_reads_what_is_written(graph: ArgumentGraph, tmp_path: Path) -> None:
    write_graphs([graph], tmp_path / "a.argdown")
    found = node(ARGDOWN, "@argdown/core@2.0.1", (tmp_path / "a.argdown").read_text("utf-8"))
    assert (found["errors"], found["title"]) == (0, graph.id)
    assert found["statements"] == [[f"c{n}", c.text, c.type.value] for n, c in enumerate(graph.components, 1)]
    assert sorted(found["relations"]) == sorted([r.source, r.type.value, r.target] for r in graph.relations)


@pytest.mark.parametrize("graph", [tram_graph(), odd_graph()], ids=lambda graph: graph.id)
def test_graphviz_in_node_draws_what_is_written(graph: ArgumentGraph, tmp_path: Path) -> None:
    write_graphs([graph], tmp_path / "a.dot")
    found = node(GRAPHVIZ, "@viz-js/viz@3.31.0", (tmp_path / "a.dot").read_text("utf-8"))
    assert_drawn(found, graph, found["drawn"])


@pytest.mark.parametrize("graph", [tram_graph(), odd_graph()], ids=lambda graph: graph.id)
def test_graphviz_draws_what_is_written(graph: ArgumentGraph, tmp_path: Path) -> None:
    write_graphs([graph], tmp_path / "a.dot")
    read, svg = (
        subprocess.run([program("dot"), form, "a.dot"], check=True, capture_output=True, encoding="utf-8", cwd=tmp_path)
        for form in ("-Tjson0", "-Tsvg")
    )
    told = json.loads(read.stdout)
    nodes = [[item["name"], item["label"]] for item in told["objects"]]
    edges = [[nodes[e["tail"]][0], e["label"], nodes[e["head"]][0]] for e in told.get("edges", [])]
    assert_drawn({"nodes": nodes, "edges": edges}, graph, svg.stdout)


@pytest.mark.parametrize("graph", [tram_graph(), mined_graph(), odd_graph()], ids=lambda graph: graph.id)
def test_mermaid_reads_and_draws_what_is_written(graph: ArgumentGraph, browser: Browser, tmp_path: Path) -> None:
    """In a page, for Mermaid cleans the texts of its diagrams by means that Node has not."""
    write_graphs([graph], tmp_path / "a.mmd")
    with visit(browser, "about:blank") as seen:
        seen.page.add_script_tag(path=node_with("mermaid@12.3.0") / "node_modules/mermaid/dist/mermaid.min.js")
        found = seen.page.evaluate(MERMAID, (tmp_path / "a.mmd").read_text("utf-8"))
        assert (seen.complaints, seen.requests) == ([], [])
    shapes = {"major_claim": "hexagon", "claim": "square", "premise": "round"}
    arrows = {"support": ["supports", "normal"], "attack": ["attacks", "dotted"]}
    names = {c.id: f"n{n}" for n, c in enumerate(graph.components, 1)}
    assert found["kind"] == "flowchart-v2"
    assert found["nodes"] == [[names[c.id], shapes[c.type.value], [c.type.value]] for c in graph.components]
    assert found["edges"] == [[names[r.source], *arrows[r.type.value], names[r.target]] for r in graph.relations]
    assert found["labels"] == [" ".join(c.text.split()) for c in graph.components]


def test_records_that_went_through_argilla_are_equal(tmp_path: Path) -> None:
    graphs = [tram_graph(), mined_graph(), odd_graph()]
    write_graphs(graphs, tmp_path / "a.argilla.json")
    python = python_with("argilla==2.8.0", "requests", "urllib3", "charset-normalizer", beside_ours=True)
    command = [str(python), "-c", ARGILLA, str(tmp_path / "a.argilla.json"), str(tmp_path / "b.argilla.json")]
    subprocess.run(command, check=True, capture_output=True)
    assert read_graphs(tmp_path / "b.argilla.json") == graphs


def test_label_studio_finds_its_tasks_valid(tmp_path: Path) -> None:
    write_graphs([tram_graph(), mined_graph()], tmp_path / "a.label-studio.json")
    needed = ("appdirs", "faker", "jsf", "pyjwt", "requests", "rstr", "smart-open", "urllib3", "wrapt", "xmljson")
    python = python_with("label-studio-sdk==2.1.2", *needed, beside_ours=True)
    command = [str(python), "-c", LABEL_STUDIO, LABELS, str(tmp_path / "a.label-studio.json")]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert found.splitlines() == ["True [True]"] * 2
