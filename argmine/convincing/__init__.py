"""How much each root's argument convinces, as far as readers of short web arguments were found to agree on it.

A learned score of an argument of a few sentences, never of a whole piece, and no measure of its quality.

sentences of an argument ─ features ─ Preferences (fitted to pairs: fit) ─ Convincingness, one rating a root
"""

from argmine.convincing.convincingness import Convincingness, Rating, argument_text
from argmine.convincing.preferences import FILE

__all__ = ["FILE", "Convincingness", "Rating", "argument_text"]
