"""What the paths under /v1 answer, and what they refuse with."""

import json

import pytest
from pydantic import SecretStr

from argmine.document import Document
from argmine.exchange import FORMATS
from argmine.graph import ArgumentGraph
from argmine.measures import measure
from argmine.web.problems import Problem
from argmine.web.settings import Limits, Settings
from tests.graphs import mined_graph, tram_graph
from tests.web.stand_in import TEXT, client, graph_of

pytestmark = pytest.mark.anyio
AS_JSON = {"Content-Type": "application/json"}
JSON_OF = {"trams": tram_graph().model_dump_json(), "lanes": mined_graph().model_dump_json()}


async def test_mine_answers_with_the_graph_in_its_published_json() -> None:
    async with client() as asking:
        answer = await asking.post("/v1/mine", json={"text": TEXT, "id": "trams"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert ArgumentGraph.model_validate_json(answer.text) == graph_of(Document(id="trams", text=TEXT))


async def test_mine_changes_no_character_of_a_text() -> None:
    text = "\ufeffÉté: 🚲\r\n\r\n lanes \t"
    async with client() as asking:
        answer = await asking.post("/v1/mine", json={"text": text})
    graph = ArgumentGraph.model_validate_json(answer.text)
    assert graph.text == text
    assert [text[c.start : c.end] for c in graph.components] == ["\ufeffÉté:", "lanes"]


@pytest.mark.parametrize("text", ["", " \n"])
async def test_mine_takes_an_empty_text(text: str) -> None:
    async with client() as asking:
        answer = await asking.post("/v1/mine", json={"text": text})
    assert ArgumentGraph.model_validate_json(answer.text) == ArgumentGraph(id="document", text=text)


async def test_score_measures_a_graph_and_a_text() -> None:
    graph = graph_of(Document(id="document", text=TEXT))
    async with client() as asking:
        answers = [
            await asking.post("/v1/score", json={"text": TEXT}),
            await asking.post("/v1/score", json={"graph": graph.model_dump(mode="json")}),
        ]
    assert [answer.text for answer in answers] == [measure(graph).model_dump_json()] * 2


async def test_convert_writes_graphs_and_tells_what_is_lost() -> None:
    graphs = [json.loads(JSON_OF["trams"]), json.loads(JSON_OF["lanes"])]
    async with client() as asking:
        answer = (await asking.post("/v1/convert", json={"graphs": graphs, "to": "brat"})).json()
    assert sorted(answer["files"]) == ["lanes.ann", "lanes.txt", "trams.ann", "trams.txt"]
    assert answer["files"]["lanes.txt"] == mined_graph().text
    assert {"what": "document id", "graphs": 2} in answer["lost"]
    assert {"what": "probabilities", "graphs": 1} in answer["lost"]


async def test_convert_writes_many_graphs_to_one_file_where_the_format_can() -> None:
    graphs = [json.loads(JSON_OF["trams"]), json.loads(JSON_OF["lanes"])]
    async with client() as asking:
        answer = (await asking.post("/v1/convert", json={"graphs": graphs, "to": "jsonl"})).json()
    assert answer == {"files": {"graphs.jsonl": f"{JSON_OF['trams']}\n{JSON_OF['lanes']}\n"}, "lost": []}


@pytest.mark.parametrize("name", [form.name for form in FORMATS if form.read and form.write and not form.loses])
async def test_convert_there_and_back_gives_the_graph(name: str) -> None:
    async with client() as asking:
        there = (await asking.post("/v1/convert", json={"graphs": [json.loads(JSON_OF["lanes"])], "to": name})).json()
        asked = {"files": there["files"], "from": name, "to": "jsonl"}
        back = (await asking.post("/v1/convert", json=asked)).json()
    assert there["lost"] == []
    assert back["files"] == {"graphs.jsonl": f"{JSON_OF['lanes']}\n"}


async def test_convert_reads_a_format_of_two_files_and_tells_a_format_by_its_keys() -> None:
    two = {"a.ann": "T1\tClaim 0 4\tKeep\n", "a.txt": "Keep it."}
    async with client() as asking:
        brat = (await asking.post("/v1/convert", json={"files": two, "from": "brat", "to": "json"})).json()
        told = (await asking.post("/v1/convert", json={"files": brat["files"], "to": "jsonl"})).json()
    assert json.loads(brat["files"]["a.json"])["components"][0]["text"] == "Keep"
    assert ArgumentGraph.model_validate_json(told["files"]["graphs.jsonl"]).id == "a"


async def test_map_is_a_page() -> None:
    async with client() as asking:
        answer = await asking.post("/v1/map", json={"graph": json.loads(JSON_OF["trams"])})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.lstrip().lower().startswith("<!doctype html>")


WRONG_GRAPH = {**json.loads(JSON_OF["trams"]), "roots": ["c9"]}
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
REFUSED = [
    ("mine", {}, 422, "invalid", "text: Field required", "text"),
    ("mine", {"text": 3}, 422, "invalid", "text: Input should be a valid string", "text"),
    ("mine", {"text": "a", "words": 1}, 422, "invalid", "words: Extra inputs are not permitted", "words"),
    ("mine", {"text": "a", "id": ""}, 422, "invalid", "id: String should have at least 1 character", "id"),
    ("mine", [], 422, "invalid", "Input should be a valid dictionary", None),
    ("mine", {"text": "a\udc80"}, 422, "invalid", "text: no Unicode text: lone surrogate U+DC80 at 1", "text"),
    ("score", {"graph": {"text": "a"}}, 422, "invalid", "graph.id: Field required", "graph.id"),
    ("score", {"graph": WRONG_GRAPH}, 422, "invalid", "roots is ['c9'], but the other fields imply", "graph"),
    ("score", {"graph": {"id": "a", "text": "a", "components": [{}]}}, 422, "invalid", "", "graph.components.0.id"),
    ("convert", {"graphs": [], "to": "dot"}, 422, "invalid", "graphs: Tuple should have at least 1 item", "graphs"),
    ("convert", {"files": {"a.json": "{}"}, "to": "conll"}, 422, "invalid", "to: unknown format; allowed are", "to"),
    (
        "convert",
        {"files": {"../a": ""}, "to": "dot"},
        422,
        "invalid",
        "String should match pattern",
        "files.../a.[key]",
    ),
    ("convert", {"files": {"a.json": "{\n,"}, "to": "dot"}, 422, "unreadable", "no JSON", "a.json:2"),
    ("convert", {"files": {"a.doc": ""}, "to": "dot"}, 422, "unreadable", "the format cannot be told", "a.doc"),
    ("convert", {"files": {"a.json": "", "b.json": ""}, "to": "dot"}, 422, "unreadable", "several files", "files"),
    ("convert", {"files": {"a.ann": ""}, "from": "brat", "to": "dot"}, 422, "unreadable", "", "a.txt"),
    ("convert", {"files": {"a.xmi": XXE}, "to": "dot"}, 422, "unreadable", "no XMI that can be read", "a.xmi"),
    ("map", {}, 422, "invalid", "graph: Field required", "graph"),
]


@pytest.mark.parametrize(("path", "body", "status", "code", "message", "place"), REFUSED)
async def test_refusal_says_what_is_wrong_where(
    path: str, body: object, status: int, code: str, message: str, place: str | None
) -> None:
    async with client() as asking:
        answer = await asking.post(f"/v1/{path}", content=json.dumps(body), headers=AS_JSON)
    problem = Problem.model_validate_json(answer.text)
    assert (answer.status_code, problem.code, problem.place) == (status, code, place)
    assert message in problem.message
    assert "/shm/" not in problem.message


@pytest.mark.parametrize(
    ("content", "place"),
    [(b"{", "character 1"), (b'{"text": }', "character 9"), (b"\xff", None), (b"[" * 100_000, None)],
)
async def test_what_is_no_json_is_a_bad_request(content: bytes, place: str | None) -> None:
    async with client() as asking:
        answer = await asking.post("/v1/mine", content=content, headers=AS_JSON)
    problem = Problem.model_validate_json(answer.text)
    assert (answer.status_code, problem.code, problem.place) == (400, "no_json", place)


COMPONENT = {"id": "c1", "type": "claim", "start": 0, "end": 9000, "text": "b" * 9000}
LONG = [
    ("map", {"graph": {"id": "a", "text": "a" * 9000, "components": [COMPONENT]}}),
    ("mine", {"text": "a", "b" * 9000: 1}),
    ("convert", {"graphs": [{"id": "a" * 9000, "text": ""}], "to": "brat"}),
    ("convert", {"files": {"a.graphml": f"<{'b' * 9000}>"}, "to": "dot"}),
]


@pytest.mark.parametrize(("path", "body"), LONG)
async def test_a_refusal_repeats_little_of_what_it_refuses(path: str, body: object) -> None:
    async with client() as asking:
        answer = await asking.post(f"/v1/{path}", json=body)
    assert answer.status_code == 422
    assert len(answer.text) < 3000


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("GET", "/v1/mine", 405, "wrong_method"), ("POST", "/", 405, "wrong_method"), ("GET", "/v2", 404, "not_found")],
)
async def test_paths_and_methods_that_are_not_there(method: str, path: str, status: int, code: str) -> None:
    async with client() as asking:
        answer = await asking.request(method, path, headers=AS_JSON)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert status != 405 or "Allow" in answer.headers


async def test_a_miner_that_fails_is_an_internal_problem_without_its_message() -> None:
    async with client() as asking:
        answer = await asking.post("/v1/mine", json={"text": "raise this"})
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "raise this" not in answer.text


async def test_a_text_that_is_too_long_is_refused() -> None:
    async with client(settings=Settings(limits=Limits(characters=5))) as asking:
        short = await asking.post("/v1/mine", json={"text": "🚲" * 5})
        long = await asking.post("/v1/score", json={"text": "🚲" * 6})
    assert short.status_code == 200
    problem = {"code": "too_large", "message": "a text has at most 5 characters, this has 6", "place": "text"}
    assert (long.status_code, long.json()) == (413, problem)


async def test_health_tells_version_and_model() -> None:
    async with client(settings=Settings(token=SecretStr("t"))) as asking:
        answer = await asking.get("/healthz")
    assert answer.json()["model"] == "stand-in 0"
    assert answer.json()["status"] == "ok"


async def test_description_names_the_problem_at_every_refusal() -> None:
    async with client() as asking:
        described = (await asking.get("/openapi.json")).json()
    assert {"/v1/mine", "/v1/score", "/v1/convert", "/v1/map", "/healthz", "/metrics"} == set(described["paths"])
    for path in described["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if status >= "400":
                    schema = answer["content"]["application/json"]["schema"]
                    assert schema == {"$ref": "#/components/schemas/Problem"}
                    assert ("Retry-After" in answer.get("headers", {})) == (status in ("429", "503"))
