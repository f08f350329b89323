"""Measures: what a graph says of its piece, one number each, and the data dictionary of them."""

from argmine.measures.dictionary import Entry, data_dictionary
from argmine.measures.measure import measure
from argmine.measures.model import Measures

__all__ = ["Entry", "Measures", "data_dictionary", "measure"]
