"""`Measures`: every measure with its definition, unit and source, from which the data dictionary is made.

Null means that there is nothing to measure: no word to have a share of, no claim to count premises by, no forest to
take the depth of. It never stands for 0.
"""

from typing import Annotated

from pydantic import Field, NonNegativeInt

from argmine.base import Frozen

STAB = "Stab & Gurevych 2017, Computational Linguistics 43(3)"
GHOSH = "Ghosh, Khanam, Han & Muresan 2016, ACL"
WACHSMUTH = "Wachsmuth, Al-Khatib & Stein 2016, COLING"
PELDSZUS = "Peldszus & Stede 2013, Int. Journal of Cognitive Informatics and Natural Intelligence 7(1)"
OWN = "this project"

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Amount = Annotated[float, Field(ge=0.0)]


def _told(description: str, unit: str, source: str = OWN) -> object:
    """What the data dictionary says of a measure."""
    return Field(description=description, json_schema_extra={"unit": unit, "source": source})


class Measures(Frozen):
    """What a graph says of its piece.

    A word is a run without white space; it lies in a component that covers any of its characters. The statements of a
    thesis (major claims that bear on nothing) are one root, as in `ArgumentGraph.trees`. Shares, places, densities and
    probabilities are rounded to 4 decimals.
    """

    words: Annotated[NonNegativeInt, _told("Words of the text: runs without white space.", "words")]
    paragraphs: Annotated[
        NonNegativeInt, _told("Paragraphs of the text: lines that hold more than white space.", "paragraphs")
    ]
    components: Annotated[NonNegativeInt, _told("Components of every type.", "components", STAB)]
    conclusions: Annotated[
        NonNegativeInt, _told("Components whose role is conclusion: major claims and claims.", "components", STAB)
    ]
    major_claims: Annotated[NonNegativeInt, _told("Statements of the thesis.", "components", STAB)]
    claims: Annotated[NonNegativeInt, _told("Claims, major claims aside.", "components", STAB)]
    premises: Annotated[NonNegativeInt, _told("Premises, by type and by role.", "components", STAB)]
    words_in_components: Annotated[
        NonNegativeInt,
        _told("Words that lie in any component; one in several components counts once.", "words"),
    ]
    share_in_components: Annotated[
        Share | None, _told("`words_in_components` over `words`; null without words.", "share")
    ]
    has_major_claim: Annotated[bool, _told("Whether there is a major claim.", "yes or no", STAB)]
    first_major_claim: Annotated[
        Share | None,
        _told(
            "Where the first major claim starts: the share of the text's words before it; null without one.", "share"
        ),
    ]
    last_major_claim: Annotated[
        Share | None,
        _told("Where the last major claim starts: the share of the text's words before it; null without one.", "share"),
    ]
    trees: Annotated[
        NonNegativeInt | None,
        _told(
            "Argument trees; all statements of the thesis share one. Null where the relations form no forest.",
            "trees",
            STAB,
        ),
    ]
    depth: Annotated[
        NonNegativeInt | None,
        _told(
            "Relations from a root to the component farthest below it, in the deepest tree; 0 where roots stand "
            "alone. Null without components and where the relations form no forest.",
            "relations",
            GHOSH,
        ),
    ]
    breadth: Annotated[
        NonNegativeInt | None,
        _told(
            "Most components of one tree that are equally far from its root, whose statements count as one. Null "
            "without components and where the relations form no forest.",
            "components",
        ),
    ]
    longest_chain: Annotated[
        NonNegativeInt | None,
        _told(
            "Components in the longest row in which each supports the next; 1 where nothing supports anything. Null "
            "without components and where the relations form no forest.",
            "components",
            GHOSH,
        ),
    ]
    premises_per_claim: Annotated[
        Amount | None,
        _told("`premises` over `claims`, wherever the premises point; null without claims.", "premises a claim", GHOSH),
    ]
    unsupported_claims: Annotated[
        NonNegativeInt,
        _told("Claims, major claims aside, into which no support relation leads.", "components", GHOSH),
    ]
    share_unsupported: Annotated[
        Share | None, _told("`unsupported_claims` over `claims`; null without claims.", "share", GHOSH)
    ]
    supports: Annotated[NonNegativeInt, _told("Support relations.", "relations", STAB)]
    attacks: Annotated[NonNegativeInt, _told("Attack relations.", "relations", STAB)]
    rebutted_attacks: Annotated[
        NonNegativeInt,
        _told("Attack relations whose source is the target of an attack relation itself.", "relations", PELDSZUS),
    ]
    share_without_argument: Annotated[
        Share | None,
        _told(
            "Paragraphs of which no word lies in a component, over `paragraphs`; null without paragraphs.",
            "share",
            WACHSMUTH,
        ),
    ]
    markers_per_100_words: Annotated[
        Amount | None,
        _told(
            "Discourse markers (`argmine.measures.markers`), each occurrence of a word or phrase of the list one, in "
            "100 words of the text; null without words.",
            "markers in 100 words",
            "list of this project after the explicit connectives of PDTB 2.0 (Prasad et al. 2008, LREC)",
        ),
    ]
    mean_probability: Annotated[
        Share | None,
        _told("Mean of the components' probabilities; null where none has one, as in gold graphs.", "probability"),
    ]
    least_probability: Annotated[
        Share | None,
        _told("Least of the components' probabilities; null where none has one, as in gold graphs.", "probability"),
    ]
    mean_relation_probability: Annotated[
        Share | None,
        _told("Mean of the relations' probabilities; null where none has one, as in gold graphs.", "probability"),
    ]
    least_relation_probability: Annotated[
        Share | None,
        _told("Least of the relations' probabilities; null where none has one, as in gold graphs.", "probability"),
    ]
