"""What people see of a graph; importing it registers the renderers that graphs show themselves with."""

from argmine.formats.dot import to_dot
from argmine.formats.mermaid import to_mermaid
from argmine.graph import ArgumentGraph
from argmine.renderers import register
from argmine.view.terminal import GraphView, graph_text


def _page(graph: ArgumentGraph) -> str:
    from argmine.view.html import page_of  # the template engine is loaded when a page is asked for

    return page_of(graph)


def _frame(graph: ArgumentGraph) -> str:
    from argmine.view.html import frame_of

    return frame_of(graph)


register("rich", GraphView)
register("text", graph_text)
register("html", _page)
register("notebook", _frame)
register("dot", to_dot)
register("mermaid", to_mermaid)
