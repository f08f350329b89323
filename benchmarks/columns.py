"""Renders the data dictionary of `argmine score`, `docs/reference/columns.md`, from the columns of its tables.

`--check` writes nothing and exits with 1 where the page is not what would be rendered.

    python -m benchmarks.columns --check
"""

import sys

from argmine.batch.columns import METADATA, Column, columns
from benchmarks.record import ROOT
from benchmarks.rendered import parser, write_or_check

PAGE = ROOT / "docs" / "reference" / "columns.md"
HEAD = f"""<!-- Rendered by `python -m benchmarks.columns` from argmine/batch/columns.py; do not edit. -->
# Columns of `argmine score`

A row a piece, in input order. The same is in the metadata of a Parquet table: of each field (`description`, `unit`,
`source`) and of the whole, as JSON under the key `{METADATA.decode()}`, with the model and the versions that made it:

```python
import json, pyarrow.parquet as pq

schema = pq.read_schema("scores.parquet")
schema.field("depth").metadata[b"description"]
json.loads(schema.metadata[b"{METADATA.decode()}"])["model"]
```

Where a piece failed, `status` is `failed`, `reason` says why, and every column that may be null is null. JSONL has null
where there is nothing, CSV an empty cell; lists are JSON in CSV, and the graph is an object in JSONL. The measures are
[told in detail](measures.md); none of them is a measure of quality.

| column | kind | unit | meaning | source |
|---|---|---|---|---|
"""


def page() -> str:
    """The page as it is to be; `graph`, which is there on request, stands last."""
    return HEAD + "".join(map(_line, columns(graphs=True)))


def _line(column: Column) -> str:
    kind = f"{column.kind}, or null" if column.nullable else column.kind
    cells = (f"`{column.name}`", kind, column.unit or "–", column.description, column.source or "–")
    return f"| {' | '.join(cells)} |\n"


def main(arguments: list[str] | None = None) -> int:
    """Renders, or with `--check` compares; returns the exit code."""
    told = parser(__doc__).parse_args(arguments)
    return write_or_check({PAGE: page()}, "python -m benchmarks.columns", check=told.check)


if __name__ == "__main__":
    sys.exit(main())
