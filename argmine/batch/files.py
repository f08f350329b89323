"""`score_files`: what files hold, to a table on disk, from which a stopped run goes on."""

import shutil
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from argmine.base import Frozen
from argmine.batch.addresses import STANDARD_INPUT, Format, Listing, list_sources
from argmine.batch.durable import new_file
from argmine.batch.engine import Engine
from argmine.batch.journal import Counts
from argmine.batch.plan import Plan, Settings, fingerprints
from argmine.batch.reading import Fields, refuse_missing_column
from argmine.batch.run import Run, locked
from argmine.batch.scorer import Identity
from argmine.batch.table import format_of
from argmine.errors import BatchError

EXTRACTOR = "trafilatura"


@dataclass(frozen=True, slots=True)
class Collection:
    """What to read: inputs as `list_sources` takes them, the format of those without a known ending, and columns."""

    inputs: tuple[str, ...]
    read_as: Format | None = None
    fields: Fields = field(default_factory=Fields)


class Summary(Frozen):
    """What a run did: `counts` of all that is done, `new` of what this call added, in `seconds`.

    `finished` says whether the table is there; `left_out` how many files in the inputs' folders have no known ending.
    """

    finished: bool
    counts: Counts
    new: Counts
    seconds: float
    left_out: int


class Watcher:
    """Hears how a run goes; a subclass shows it or ends it."""

    def begin(self, listing: Listing, fields: Fields, done: Counts) -> None:
        """The files are listed, and so much was done before."""

    def part(self, counts: Counts) -> bool:  # noqa: ARG002 (a subclass may look at them)
        """A part is on disk; returns whether to go on."""
        return True

    def end(self) -> None:
        """All that this call does is done, or `begin` or what followed it was broken off."""


def score_files(
    collection: Collection,
    output: str | Path,
    engine: Engine,
    *,
    resume: bool = True,
    watcher: Watcher | None = None,
) -> Summary:
    """A row a piece, in order, in a table whose bytes depend on the inputs and the model alone.

    Args:
        collection: what to read.
        output: the table, `.parquet`, `.jsonl` or `.csv`; beside it `OUTPUT.run/` keeps what a later call needs.
        engine: what scores, such as `LocalEngine(ScorerSettings().load())`.
        resume: go on where an equal call stopped; else start over.
        watcher: hears of each part, and may stop the run after it.

    Raises:
        BatchError: inputs are missing, the output is of another run, another process writes it, or it cannot be
            written. What is done is kept.
        ValueError: the output's ending says no format.
    """
    start = time.perf_counter()
    output = Path(output).absolute()
    form = format_of(output)
    watcher = watcher or Watcher()
    with locked(output) as folder:
        listing = _listing(collection, output, folder)
        settings = Settings(
            table=form,
            graphs="graph" in engine.schema.names,
            read_as=collection.read_as,
            text_column=collection.fields.text,
            id_column=collection.fields.id,
        )
        plan = Plan(settings=settings, identity=_identity(engine, listing), inputs=fingerprints(listing.sources))
        run = Run(output, folder, plan, listing.sources, resume=resume)
        before = run.counts
        try:
            watcher.begin(listing, collection.fields, before)
            new, finished = _follow(run, engine, watcher)
        finally:
            watcher.end()
    seconds = round(time.perf_counter() - start, 3)
    return Summary(finished=finished, counts=before + new, new=new, seconds=seconds, left_out=listing.left_out)


def _follow(run: Run, engine: Engine, watcher: Watcher) -> tuple[Counts, bool]:
    new = Counts()
    with closing(run.parts(engine)) as parts:
        for counts in parts:
            new += counts
            if not watcher.part(counts):
                run.log.add("stop", **run.counts.model_dump())
                return new, False
    run.finish(engine)
    return new, True


def _listing(collection: Collection, output: Path, folder: Path) -> Listing:
    spool = folder / "standard-input"
    if collection.inputs.count(STANDARD_INPUT) > 1:
        raise BatchError("can be read only once", path="standard input")
    if STANDARD_INPUT in collection.inputs:
        _keep_standard_input(spool)
    listing = list_sources(collection.inputs, read_as=collection.read_as, spool=spool, apart=(output, folder))
    if any(source.format is Format.HTML for source in listing.sources):
        _extractor_version()
    for source in listing.sources:
        if source.filesystem is None and Path(source.path).absolute() == output:
            raise BatchError("is an input and the output", path=source.name)
        refuse_missing_column(source, collection.fields)
    return listing


def _keep_standard_input(spool: Path) -> None:
    if sys.stdin is None:
        raise BatchError("is closed", path="standard input")
    with new_file(spool) as stream:
        shutil.copyfileobj(sys.stdin.buffer, stream)


def _identity(engine: Engine, listing: Listing) -> Identity:
    """The engine's, and the version of what reads pages, where there are pages."""
    identity = engine.identity
    if not any(source.format is Format.HTML for source in listing.sources):
        return identity
    return identity.model_copy(update={"versions": {**identity.versions, EXTRACTOR: _extractor_version()}})


def _extractor_version() -> str:
    try:
        return version(EXTRACTOR)
    except PackageNotFoundError as error:
        raise BatchError(f"pages need {EXTRACTOR}: pip install 'argmine[html]'") from error
