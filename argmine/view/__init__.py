"""What people see of a graph; importing it registers the renderers that graphs show themselves with."""

from argmine.renderers import register
from argmine.view.terminal import GraphView, graph_text

register("rich", GraphView)
register("text", graph_text)
