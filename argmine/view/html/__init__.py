"""A graph as one self-contained page: the piece on one side, its argument tree on the other; nothing is fetched."""

from argmine.view.html.notebook import frame_of
from argmine.view.html.page import Parts, page_of, parts_of

__all__ = ["Parts", "frame_of", "page_of", "parts_of"]
