"""The published JSON schema of argument graphs, made from `ArgumentGraph`.

After a change of the graph: `python -m argmine.formats.json_schema > argmine/schemas/argument-graph.schema.json`.
"""

import json
import sys
from pathlib import Path

from pydantic import JsonValue

from argmine.graph import ArgumentGraph

PATH = Path(__file__).parent.parent / "schemas" / "argument-graph.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
DESCRIPTION = (
    "The components of one document, in text order, and the relations between them. Every key is written. On reading, "
    "`role` and `roots`, which follow from the rest, and keys with a default may be absent."
)


def graph_schema() -> dict[str, JsonValue]:
    """The schema of what `ArgumentGraph.model_dump_json()` writes."""
    made = ArgumentGraph.model_json_schema(mode="serialization")
    head = {"$schema": DIALECT, "$id": "urn:argmine:argument-graph:1", "title": "Argument graph"}
    return {
        **head,
        "description": DESCRIPTION,
        **{key: made[key] for key in made if key not in ("title", "description")},
    }


def schema_text() -> str:
    """`graph_schema` as it stands in the file."""
    return json.dumps(graph_schema(), indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
