"""Argument mining: the claims and premises of an essay or opinion piece as typed argument trees.

The public names stand in `__all__`. Each is imported when it is first used, so that importing this costs nothing.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argmine.batch.texts import score
    from argmine.config import ModelConfig
    from argmine.document import Document, Span
    from argmine.errors import ArgmineError, CorpusError, DocumentError, FormatError, GraphError, ModelError
    from argmine.evaluation.evaluated import Evaluation
    from argmine.evaluation.run import evaluate
    from argmine.graph import (
        Alternative,
        ArgumentGraph,
        Component,
        ComponentType,
        ModelInfo,
        Relation,
        RelationType,
        Role,
    )
    from argmine.miner import ArgumentMiner
    from argmine.tree import Argument, ArgumentTree

__version__ = "0.1.0"

__all__ = [
    "Alternative",
    "ArgmineError",
    "Argument",
    "ArgumentGraph",
    "ArgumentMiner",
    "ArgumentTree",
    "Component",
    "ComponentType",
    "CorpusError",
    "Document",
    "DocumentError",
    "Evaluation",
    "FormatError",
    "GraphError",
    "ModelConfig",
    "ModelError",
    "ModelInfo",
    "Relation",
    "RelationType",
    "Role",
    "Span",
    "__version__",
    "evaluate",
    "load",
    "score",
]

_HOME = {
    "batch.texts": ("score",),
    "config": ("ModelConfig",),
    "document": ("Document", "Span"),
    "errors": ("ArgmineError", "CorpusError", "DocumentError", "FormatError", "GraphError", "ModelError"),
    "evaluation.evaluated": ("Evaluation",),
    "evaluation.run": ("evaluate",),
    "graph": (
        "Alternative",
        "ArgumentGraph",
        "Component",
        "ComponentType",
        "ModelInfo",
        "Relation",
        "RelationType",
        "Role",
    ),
    "miner": ("ArgumentMiner",),
    "tree": ("Argument", "ArgumentTree"),
}
_MODULE = {name: module for module, names in _HOME.items() for name in names}


def load(
    model: str | Path = "default",
    *,
    threads: int | None = None,
    scheme: str | None = None,
    precision: str = "fp32",
    revision: str | None = None,
    min_probability: float | None = None,
    max_error: float | None = None,
) -> "ArgumentMiner":
    """The model of that name in the package, in that folder, or of that name on the Hugging Face Hub.

    Args:
        model: a packaged model's name; a folder that `ArgumentMiner.save`, a training or Transformers wrote; or
            `org/name` on the hub, of which weights and JSON are downloaded once and no code is run.
        threads: how many it may use; all processors of the process where None.
        scheme: by which scheme of annotation it reads: `essays`, which the essay protocols are scored with, or another
            of the model's; where None, the model's default, of the packaged one `opinion`.
        precision: "fp32", the reference; "bf16", which runs in torch; or "fast", what is fastest on this machine.
        revision: commit, tag or branch that a model of the hub is pinned to; as `org/name@revision`.
        min_probability: what is less probable is not shown (`ArgumentMiner.with_least_probability`).
        max_error: instead, the share of what is shown that may be wrong (`ArgumentMiner.with_max_error`).

    Raises:
        ModelError: there is none, it has no such scheme, or it is broken; the message says what is wrong where.
        ValueError: both limits are given, or one that cannot be kept.
    """
    if min_probability is not None and max_error is not None:
        raise ValueError("either min_probability or max_error says what is shown, not both")
    from argmine.miner import ArgumentMiner

    name = model if revision is None else f"{model}@{revision}"
    miner = ArgumentMiner.load(name, threads=threads, scheme=scheme, precision=precision)
    if min_probability is not None:
        return miner.with_least_probability(min_probability)
    return miner if max_error is None else miner.with_max_error(max_error)


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"module 'argmine' has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"argmine.{_MODULE[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
