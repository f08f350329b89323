"""spaCy: the pipeline component `argmine`, which gives each Doc its argument graph.

    nlp = spacy.blank("en")
    nlp.add_pipe("argmine")
    doc = nlp(text)
    doc._.arguments        # the ArgumentGraph
    doc.spans["argmine"]   # its components by type, for displaCy

spaCy finds the component by itself, through an entry point.
"""

from argmine.integrations.spacy.component import ArgmineComponent
from argmine.integrations.spacy.marks import COLOURS, arguments_of, component_spans, set_arguments

__all__ = ["COLOURS", "ArgmineComponent", "arguments_of", "component_spans", "set_arguments"]
