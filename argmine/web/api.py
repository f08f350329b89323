"""The paths for programs: mine, score and convert under /v1, health and counts."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request
from pydantic import BaseModel
from starlette.responses import HTMLResponse, Response

import argmine
from argmine.document import Document
from argmine.graph import ArgumentGraph
from argmine.measures import Measures, measure
from argmine.web.contract import Conversion, Converted, GivenGraph, Health, Measured, Piece
from argmine.web.conversion import convert
from argmine.web.problems import MEANING, Problem
from argmine.web.service import Service

EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"
AFTER = {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds after which to come again."}
TEXT = {"type": "string"}
LATER = frozenset({429, 503})
WORKING = (400, 401, 408, 413, 415, 421, 422, 429, 500, 503)


def service_of(request: Request) -> Service:
    """The parts of the server that was asked."""
    service: Service = request.app.state.service
    return service


Asked = Annotated[Service, Depends(service_of)]


def _refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the description says of refusals."""
    return {
        status: {
            "model": Problem,
            "description": MEANING[status],
            **({"headers": {"Retry-After": AFTER}} if status in LATER else {}),
        }
        for status in statuses
    }


EXAMPLE = ArgumentGraph.build(
    Document(id="buses", text="Buses should run at night. People work late."),
    [("c1", "claim", 0, 25), ("c2", "premise", 27, 43)],
    [("c2", "c1", "support")],
)
GRAPH = EXAMPLE.model_dump(mode="json")
FILES = {"files": {"buses.json": EXAMPLE.model_dump_json()}, "from": "json", "to": "mermaid"}
PIECES = {"piece": {"summary": "A text", "value": {"text": EXAMPLE.text, "id": EXAMPLE.id}}}
MEASURED = {**PIECES, "graph": {"summary": "A graph", "value": {"graph": GRAPH}}}
CONVERSIONS = {
    "graphs": {"summary": "Graphs", "value": {"graphs": [GRAPH], "to": "dot"}},
    "files": {"summary": "Files", "value": FILES},
}
router = APIRouter()
"""What a token guards, where one is demanded."""
open_router = APIRouter()
"""What it does not."""


@router.post("/v1/mine", response_model=ArgumentGraph, responses=_refusals(*WORKING), tags=["arguments"])
async def mine(service: Asked, piece: Annotated[Piece, Body(openapi_examples=PIECES)]) -> Response:
    """The arguments of a text: its components and the relations between them.

    Texts that wait are mined together; a text's result does not depend on its neighbours.
    """
    return _written(await service.mine(piece))


@router.post("/v1/score", response_model=Measures, responses=_refusals(*WORKING), tags=["arguments"])
async def score(service: Asked, measured: Annotated[Measured, Body(openapi_examples=MEASURED)]) -> Response:
    """What a graph says of its piece, a number a measure; of a text, after it was mined."""
    graph = measured.graph if isinstance(measured, GivenGraph) else await service.mine(measured)
    return _written(await service.aside(measure, graph))


@router.post("/v1/convert", response_model=Converted, responses=_refusals(*WORKING), tags=["arguments"])
async def write_in_format(
    service: Asked, conversion: Annotated[Conversion, Body(openapi_examples=CONVERSIONS)]
) -> Response:
    """Graphs, or files of them, in the format of other software, and what is lost on the way."""
    return _written(await service.aside(convert, conversion))


@router.post(
    "/v1/map",
    response_class=Response,
    responses={200: {"description": "The page.", "content": {"text/html": {"schema": TEXT}}}, **_refusals(*WORKING)},
    tags=["arguments"],
)
async def draw(
    service: Asked, drawn: Annotated[GivenGraph, Body(openapi_examples={"graph": MEASURED["graph"]})]
) -> Response:
    """A graph as one page that shows its text and its tree, and needs nothing else."""
    return HTMLResponse(await service.aside(drawn.graph.to_html))


@open_router.get("/healthz", responses=_refusals(421, 500, 503), tags=["operation"])
async def health(service: Asked) -> Health:
    """Whether the server answers; 503 while it stops."""
    return Health(version=argmine.__version__, model=service.model)


@router.get(
    "/metrics",
    response_class=Response,
    responses={
        200: {"description": "The counts.", "content": {"text/plain": {"schema": TEXT}}},
        **_refusals(401, 421, 500, 503),
    },
    tags=["operation"],
)
async def metrics(service: Asked) -> Response:
    """Requests, their times and statuses, batches, and what the process uses."""
    return Response(service.telemetry.exposition(), media_type=EXPOSITION)


def _written(answer: BaseModel) -> Response:
    return Response(answer.model_dump_json(), media_type="application/json")
