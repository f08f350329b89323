"""Scoring on a Ray cluster through Ray Data: `ScoreBatch` for a pipeline of one's own, `RayEngine` for a run.

    ds.map_batches(ScoreBatch, fn_constructor_args=(ScorerSettings(threads=1),), batch_format="pyarrow", concurrency=4)

Each worker of the pool loads its model once. When workers are lost the engine starts a pool on what is left of the
cluster, which goes on after the last part that was handed over.
"""

import logging
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import ray.data
from ray import exceptions

from argmine.batch.cluster import Cluster
from argmine.batch.columns import schema
from argmine.batch.engine import unheard
from argmine.batch.pieces import Piece
from argmine.batch.plan import differences
from argmine.batch.ray_feed import Feed
from argmine.batch.ray_waiting import PartLostError, Waiting
from argmine.batch.ray_worker import PART, ScorePart, identity_of
from argmine.batch.reading import Fields, row_piece
from argmine.batch.scorer import LIBRARIES, Identity, Row, ScorerSettings
from argmine.errors import ArgmineError, BatchError, first_line

LOSSES = (
    PartLostError,
    exceptions.RayActorError,
    exceptions.WorkerCrashedError,
    exceptions.NodeDiedError,
    exceptions.ObjectLostError,
    exceptions.OutOfMemoryError,
)
"""What Ray raises when a worker, or what it made, is gone."""
LOSSES_IN_A_ROW = 5
"""After so many, without a part in between, a run ends."""
LOCAL_STORE = 512 << 20
"""Bytes of the object store of a cluster of this machine alone; what does not fit is spilled to disk."""


class ScoreBatch:
    """For `Dataset.map_batches`: tables with texts to tables of scores, row for row.

    Args:
        settings: how each worker loads its model; one thread where None.
        fields: the columns of the text and of the id; a row without an id gets an empty one.
    """

    def __init__(self, settings: ScorerSettings | None = None, fields: Fields | None = None) -> None:
        self._scorer = (settings or ScorerSettings(threads=1)).load()
        self._fields = fields or Fields()

    def __call__(self, batch: pa.Table) -> pa.Table:
        """The scores of a batch in the format `pyarrow`."""
        return self._scorer.table([row_piece("", row, self._fields) for row in batch.to_pylist()])


@contextmanager
def connected(cluster: Cluster) -> Iterator[None]:
    """This process joined to the cluster; one that it had joined before is used and left as it is.

    Raises:
        BatchError: it cannot be reached.
    """
    if ray.is_initialized():
        yield
        return
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is sent anywhere
    own: dict[str, Any] = {} if cluster.address else {"object_store_memory": LOCAL_STORE, "include_dashboard": False}
    try:
        ray.init(cluster.address or "local", log_to_driver=False, logging_level=logging.ERROR, **own)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise BatchError(f"no Ray cluster answers: {error}", path=cluster.address) from error
    try:
        yield
    finally:
        ray.shutdown()


class RayEngine:
    """An `Engine` of the workers of a cluster to which this process is connected.

    Args:
        settings: how each worker loads its scorer; a model's folder must be there on every machine.
        cluster: how many workers of what kind.
        on_row: hears of each row when its part has come back.

    Raises:
        ArgmineError: a worker cannot load the model.
        BatchError: there is no room for a worker, it has other versions than this process, or it cannot be started,
            as where its machine lacks argmine.
    """

    def __init__(self, settings: ScorerSettings, cluster: Cluster, on_row: Callable[[Row], None] = unheard) -> None:
        folder = Path(settings.model)
        model = str(folder.resolve()) if folder.is_dir() else settings.model
        self._settings = settings.model_copy(update={"model": model, "threads": settings.threads or 1})
        self._cluster = cluster
        self._on_row = on_row
        self._workers()
        self._identity = self._probed()
        _refuse_other_versions(self._identity)

    @property
    def identity(self) -> Identity:
        """Of the worker that was asked first; a worker that differs makes `tables` raise a `BatchError`."""
        return self._identity

    @property
    def schema(self) -> pa.Schema:
        """The scorers'."""
        return schema(self._identity.model_dump(mode="json"), graphs=self._settings.graphs)

    def tables(self, parts: Iterable[Sequence[Piece]]) -> Iterator[pa.Table]:
        """The table of each part; a few a worker are under way, which are given out anew when workers are lost.

        Raises:
            BatchError: workers differ, or are lost again and again.
        """
        waiting = Waiting(parts)
        losses = 0
        while True:
            try:
                for table in self._stream(waiting):
                    losses = 0
                    for row in table.select(["status", "words"]).to_pylist():
                        self._on_row(row)
                    yield table
            except LOSSES as error:
                losses += 1
                if losses == LOSSES_IN_A_ROW:
                    raise BatchError(f"workers were lost {losses} times in a row: {first_line(error)}") from error
                waiting.again()
            else:
                return

    def _stream(self, waiting: Waiting) -> Iterator[pa.Table]:
        """The tables of what waits, from one pool of workers."""
        workers = self._workers()
        feed = Feed(PART)
        with closing(feed):
            for _ in range(3 * workers + 1):
                waiting.give(feed)
            if not waiting.out:
                return
            scored = self._scored(feed.dataset(), min(workers, waiting.out))
            blocks: Iterable[Any] = scored.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0)
            for block in blocks:
                for row in block.to_pylist():
                    yield waiting.take(row)
                    waiting.give(feed)

    def _scored(self, parts: ray.data.Dataset, workers: int) -> ray.data.Dataset:
        """Rows of `SCORED`.

        A lost worker fails the whole: Ray would wait, for ever where the rest of the cluster is full, for room to
        start it again. Ray means to take the option away that says so, and warns of it.
        """
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "`ray_remote_args` is deprecated")
            return parts.map_batches(
                ScorePart,
                fn_constructor_args=(self._settings, self._identity),
                compute=ray.data.ActorPoolStrategy(size=workers),
                batch_size=None,
                batch_format="pyarrow",
                max_restarts=0,
                **self._share,
            )

    @property
    def _share(self) -> dict[str, Any]:
        """Of the cluster, what one worker holds."""
        return {"num_cpus": self._settings.threads, "num_gpus": self._cluster.gpus}

    def _workers(self) -> int:
        """How many there are to be, or how many there is room for now, if fewer."""
        found = ray.cluster_resources()  # type: ignore[no-untyped-call]
        room = [found.get("CPU", 0) // (self._settings.threads or 1)]
        if self._cluster.gpus:
            room.append(found.get("GPU", 0) // self._cluster.gpus)
        workers = int(min(room))
        if not workers:
            needed = f"{self._settings.threads} processors and {self._cluster.gpus:g} GPUs"
            raise BatchError(f"the cluster has no room for a worker of {needed}")
        return min(workers, self._cluster.workers or workers)

    def _probed(self) -> Identity:
        """The identity of a worker."""
        try:
            found = ray.get(ray.remote(identity_of).options(**self._share).remote(self._settings))
        except exceptions.RayError as error:
            raise BatchError(f"a worker cannot be started: {str(error).strip().splitlines()[-1]}") from error
        if isinstance(found, ArgmineError):
            raise found
        return found


def _refuse_other_versions(identity: Identity) -> None:
    """This process cuts the parts and joins their tables, so its libraries must be the workers'."""
    here = {name: version(name) for name in LIBRARIES}
    there = {name: identity.versions[name] for name in LIBRARIES}
    if unlike := "; ".join(differences(here, there)):
        raise BatchError(f"this process has other versions than the workers: {unlike}")
