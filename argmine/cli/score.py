"""The command `argmine score`: collections to tables, resumable."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from argmine.cli.options import Fast, Model, Scheme

EXAMPLES = """\b
Examples:
  argmine score pieces/ -o scores.parquet
  argmine score 'letters/*.jsonl.gz' --text-column body --id-column key -o scores.csv
  cat pieces.jsonl | argmine score - -o scores.jsonl --graphs
  argmine score s3://bucket/*.jsonl -o scores.parquet --engine ray --ray-address auto"""


class Engine(StrEnum):
    """Where the pieces are scored."""

    LOCAL = "local"
    RAY = "ray"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders, globs, fsspec addresses such as s3://bucket/*.jsonl; - is the standard input.",
    ),
]
Table = Annotated[Path, typer.Option("--output", "-o", help="The table: .parquet, .jsonl or .csv.")]
ReadAs = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FORMAT",
        help="text, html, jsonl, csv or parquet, where the ending says none.  [standard input: jsonl]",
    ),
]
TextColumn = Annotated[str, typer.Option("--text-column", metavar="NAME", help="Of rows, the text.")]
IdColumn = Annotated[
    str, typer.Option("--id-column", metavar="NAME", help="Of rows, the id; one without is called FILE:ROW.")
]
Graphs = Annotated[bool, typer.Option("--graphs", help="Keep each argument graph too, as JSON in a column.")]
Resume = Annotated[bool, typer.Option("--resume/--no-resume", help="Go on where an equal run stopped, or start over.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show nothing but errors.")]
ThreadCount = Annotated[int | None, typer.Option("--threads", min=1, help="Of the network, instead of all cores.")]

EngineOf = Annotated[Engine, typer.Option("--engine", help="local: this process. ray: the workers of a Ray cluster.")]
RayAddress = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Of a running cluster, such as auto.  [default: one of this machine alone]"),
]
Workers = Annotated[int | None, typer.Option(min=1, help="Of the cluster, instead of all it has room for.")]
WorkerGpus = Annotated[
    float, typer.Option(min=0, metavar="GPUS", help="Of each worker of a cluster, such as 1, or .5 for a half.")
]


def score(
    inputs: Inputs,
    output: Table,
    read_as: ReadAs = None,
    text_column: TextColumn = "text",
    id_column: IdColumn = "id",
    model: Model = "default",
    scheme: Scheme = None,
    threads: ThreadCount = None,
    graphs: Graphs = False,
    resume: Resume = True,
    quiet: Quiet = False,
    fast: Fast = False,
    engine: EngineOf = Engine.LOCAL,
    ray_address: RayAddress = None,
    workers: Workers = None,
    worker_gpus: WorkerGpus = 0,
) -> None:
    """Score a collection: a row a piece, in order, with what its argument graph says of it.

    A piece that cannot be read or mined has a row with the reason, and the exit code is then 3. A run that was killed
    or interrupted goes on when the command is given again, and ends with the same bytes; OUTPUT.run/ keeps its journal
    and its log.
    """
    from argmine.batch.addresses import Format
    from argmine.batch.cluster import Cluster
    from argmine.batch.command import score as score_collection
    from argmine.batch.files import Collection
    from argmine.batch.reading import Fields
    from argmine.batch.scorer import ScorerSettings
    from argmine.batch.table import format_of
    from argmine.runtime import processors

    try:
        form = Format(read_as) if read_as else None
        format_of(output)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from error
    collection = Collection(tuple(inputs), form, Fields(text_column, id_column))
    settings = ScorerSettings(
        model=model,
        scheme=scheme,
        threads=threads,
        precision="fast" if fast else "fp32",
        graphs=graphs,
        processes=(threads or processors()) if engine is Engine.LOCAL else 0,  # a worker of a cluster has one
    )
    if engine is Engine.LOCAL and (ray_address is not None or workers is not None or worker_gpus):
        raise typer.BadParameter("--ray-address, --workers and --worker-gpus need --engine ray.")
    cluster = Cluster(ray_address, workers, worker_gpus) if engine is Engine.RAY else None
    done = score_collection(collection, output, settings, resume=resume, quiet=quiet, cluster=cluster)
    if not quiet or done.code not in (0, 3):
        typer.echo(f"argmine: {done.text}", err=True)
    if done.code:
        raise typer.Exit(done.code)
