"""A stream of rows from this process into a Ray dataset, which may be endless: Ray Data reads only what is there.

Rows wait in a queue on the cluster, from which one read task takes them. A block is a row, whatever its size.
"""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import ray.data
from ray.data.block import BlockMetadata
from ray.data.datasource import Datasource, ReadTask
from ray.util.queue import Queue


class Feed:
    """A queue of rows of one schema, and the dataset that takes them from it once, in their order."""

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
        self._queue = Queue(actor_options={"num_cpus": 0})

    def add(self, **row: object) -> None:
        """A row more."""
        self._queue.put(pa.Table.from_pylist([row], self._schema))

    def end(self) -> None:
        """There are no more rows."""
        self._queue.put(None)

    def close(self) -> None:
        """Ends whatever still waits for rows."""
        self._queue.shutdown(force=True)

    def dataset(self) -> ray.data.Dataset:
        """The rows, in blocks of one; its results come in their order, and no progress is shown."""
        context = ray.data.DataContext.get_current().copy()
        context.target_max_block_size = 1  # byte: any row fills a block
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        with ray.data.DataContext.current(context):
            # A share of no processor keeps the task apart from the workers, into whose pool it would else be fused.
            rows: ray.data.Dataset = ray.data.read_datasource(
                _Queued(self._queue, self._schema), num_cpus=0, override_num_blocks=1
            )
        return rows


class _Queued(Datasource):
    """What comes out of a queue up to None, by one task."""

    def __init__(self, queue: Queue, schema: pa.Schema) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._queue = queue
        self._schema = schema

    def estimate_inmemory_data_size(self) -> int | None:
        return None

    def get_read_tasks(self, *_: Any, **__: Any) -> list[ReadTask]:
        queue = self._queue
        unknown = BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None)
        return [ReadTask(lambda: _taken(queue), unknown, self._schema)]


def _taken(queue: Queue) -> Iterator[pa.Table]:
    while (row := queue.get()) is not None:
        yield row
