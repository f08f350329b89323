"""`Cluster`: where on a Ray cluster to work; what can be said without Ray."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where and on how much of it to work.

    Args:
        address: of a running cluster, such as `auto`; where None, one of this machine's processors is started.
        workers: how many; as many as the cluster has room for where None.
        gpus: of each worker, a fraction where several share one; 0 for workers on processors alone.
    """

    address: str | None = None
    workers: int | None = None
    gpus: float = 0
