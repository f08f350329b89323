"""The table of renderers: how what a graph shows of itself reaches `argmine.view`, which lies layers above it."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

Renderer = Callable[..., Any]

# Named, not imported: the layers above register themselves here when one of theirs is first asked for.
VIEW = "argmine.view"

_renderers: dict[str, Renderer] = {}


def register(kind: str, renderer: Renderer) -> None:
    """Makes `renderer` the one of that kind; a later one takes an earlier one's place."""
    _renderers[kind] = renderer


def find(kind: str) -> Renderer:
    """The renderer of that kind.

    Raises:
        ValueError: there is none; it names those there are.
    """
    if kind not in _renderers:
        import_module(VIEW)
    if kind not in _renderers:
        raise ValueError(f"no renderer {kind!r}, allowed are {', '.join(sorted(_renderers))}")
    return _renderers[kind]
