"""A map in a notebook: the whole page in a frame of its own, so that neither's styles and scripts touch the other's."""

from markupsafe import escape

from argmine.document import one_line
from argmine.graph import ArgumentGraph
from argmine.view.html.page import page_of

HEIGHT = 640


def frame_of(graph: ArgumentGraph, *, height: int = HEIGHT) -> str:
    """An `iframe` that holds the graph's page and may run its scripts, but reach nothing of the page around it.

    Args:
        graph: what it shows.
        height: of the frame, in pixels.
    """
    title, page = escape(f"Argument map: {one_line(graph.id)}"), escape(page_of(graph))
    style = f"width: 100%; height: {height}px; border: 1px solid #8886; border-radius: 8px"
    return f'<iframe title="{title}" sandbox="allow-scripts" style="{style}" srcdoc="{page}"></iframe>'
