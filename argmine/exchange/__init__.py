"""Argument graphs in and out of the formats of other software: `argmine convert`.

graphs = read_graphs(Path("piece.aif.json"))
write_graphs(graphs, Path("piece.graphml"))
"""

from argmine.exchange.convert import convert, read_graphs, write_graphs
from argmine.exchange.table import FORMATS, Format, format_named, format_of, formats_table

__all__ = [
    "FORMATS",
    "Format",
    "convert",
    "format_named",
    "format_of",
    "formats_table",
    "read_graphs",
    "write_graphs",
]
