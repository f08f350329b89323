"""Argument mining: the claims and premises of an essay or opinion piece as typed argument trees.

The public names stand in `__all__`. Each is imported when it is first used, so that importing this costs nothing.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
]

_HOME = {
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


def load(model: str | Path = "default", *, threads: int | None = None, scheme: str = "") -> "ArgumentMiner":
    """The model of that name in the package, or in that folder; nothing is downloaded.

    Args:
        model: a packaged model's name, or a folder that `ArgumentMiner.save` or a training wrote.
        threads: how many it may use; all processors of the process where None.
        scheme: by which scheme of annotation it reads, such as `opinion`; empty or `essays` for its main one.

    Raises:
        ModelError: there is none, it has no such scheme, or it is broken; the message says what is wrong where.
    """
    from argmine.miner import ArgumentMiner

    return ArgumentMiner.load(model, threads=threads, scheme=scheme)


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"module 'argmine' has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"argmine.{_MODULE[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
