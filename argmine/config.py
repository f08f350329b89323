"""What a model is and how it decodes: `ModelConfig`, written as `config.json` beside the weights.

Training has a configuration of its own, `argmine.training.recipe.Recipe`.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, FiniteFloat, field_validator, model_validator

from argmine.base import Frozen

MAIN = "essays"
"""By this name a model's main scheme can be asked for, that of the Argument Annotated Essays."""
Share = Annotated[float, Field(ge=0.0, le=1.0)]
WEIGHTS_LICENCE = (
    "research only: trained on the Argument Annotated Essays 2 (Stab & Gurevych 2017), "
    "which are licensed for research and may not be redistributed"
)


class Windows(Frozen):
    """How a long document is cut for the encoder, in word pieces, its two special ones included."""

    size: int = Field(512, ge=32, le=8192)
    overlap: int = Field(128, ge=0)
    bucket: int = Field(64, ge=1, description="windows are padded to a multiple of this")

    @model_validator(mode="after")
    def _moves_on(self) -> Self:
        if self.overlap > self.size // 2:
            raise ValueError(f"overlap {self.overlap} is more than half of the window's {self.size}")
        return self


class Sizes(Frozen):
    """Sizes of the layers above the encoder."""

    boundary: int = Field(64, ge=1)
    component: int = Field(256, ge=8)
    component_layers: int = Field(1, ge=0)
    component_heads: int = Field(4, ge=1)
    arc: int = Field(64, ge=1)
    longest_segment: int = Field(96, ge=1, description="words of the longest segment that is scored")

    @model_validator(mode="after")
    def _heads_divide(self) -> Self:
        if self.component % self.component_heads:
            raise ValueError(f"component {self.component} is no multiple of component_heads {self.component_heads}")
        return self


LEAST_THRESHOLD = 0.05
"""Of what a document's own threshold may be."""
FAINTEST_SEGMENT = 0.005
"""Segments that are less likely are not looked at, neither as choices nor as near misses of others."""


class Decoding(Frozen):
    """What is tuned on development data after training."""

    segment_threshold: Share = Field(0.5, description="a segment is taken only where it is worth more than this")
    threshold_by_f1: Share = Field(
        0.0,
        description="above 0: the threshold is this share of the F1 that a document's segments are expected to have",
    )
    overlap_weight: Share = Field(
        0.0,
        description="share that the probability of a match at more than half of the words has in what a segment is "
        "worth; the rest is the probability of its exact ends",
    )
    type_weight: FiniteFloat = Field(1.0, ge=0.0)
    arc_weight: FiniteFloat = Field(1.0, ge=0.0)
    major_claim_bias: FiniteFloat = 0.0
    claim_bias: FiniteFloat = 0.0
    claims_point: bool = Field(
        default=False, description="claims point at what they bear on; else all are tied to the thesis"
    )
    one_root: bool = Field(default=False, description="as few components end at the root as can be, mostly one")


class Calibration(Frozen):
    """Logistic recalibration `sigmoid(slope * logit(p) + intercept)`; slope 1 and intercept 0 leave p alone."""

    slope: FiniteFloat = Field(1.0, gt=0.0)
    intercept: FiniteFloat = 0.0


class ErrorTable(Frozen):
    """Mean losses of calibration documents at the least probabilities 0, .01, … 1, for `argmine.conformal`."""

    documents: int = Field(ge=1)
    components: tuple[Share, ...] = Field(min_length=2)
    relations: tuple[Share, ...] = Field(min_length=2)


class Shown(Frozen):
    """The least probabilities that are shown; above 1, none is."""

    components: FiniteFloat = Field(ge=0.0)
    relations: FiniteFloat = Field(ge=0.0)


class Arguing(Frozen):
    """By what a text is told that argues nothing (`argmine.arguing`), and what is shown of it."""

    fewest_words: int = Field(100, ge=1, description="shorter texts are not judged")
    least_cues: FiniteFloat = Field(3.6, ge=0.0, description="words of reasoning in a hundred of a text that argues")
    sure_thesis: Share = Field(0.85, description="a text with a major claim so probable argues, whatever its words")
    words_a_component: int = Field(200, ge=1, description="one component is shown in so many words, and no more")


class SchemeConfig(Frozen):
    """A scheme of annotation beside the main one: another reading of the same text by the same encoder."""

    name: str = Field(min_length=1, pattern="^[a-z][a-z0-9-]*$")
    places: bool = Field(default=True, description="whether it looks at paragraphs and places in the document")
    decoding: Decoding = Decoding()
    component_calibration: Calibration = Calibration()
    relation_calibration: Calibration = Calibration()
    errors: ErrorTable | None = None
    arguing: Arguing | None = Field(Arguing(), description="null where any text is taken to argue, as abstracts are")

    @field_validator("name")
    @classmethod
    def _is_another(cls, name: str) -> str:
        if name == MAIN:
            raise ValueError(f"{MAIN} is the name of the main scheme")
        return name


class ModelConfig(Frozen):
    """Everything but weights and vocabulary that a model needs to mine a text.

    `decoding` and calibrations are of the main scheme; `reading` gives the same for another.
    """

    version: int = Field(1, ge=1, le=1)
    model_type: Literal["argmine"] = Field("argmine", description="by which Transformers knows the folder")
    name: str = Field(min_length=1)
    encoder: str = Field(min_length=1, description="name or folder of the base encoder it was trained from")
    licence: str = WEIGHTS_LICENCE
    windows: Windows = Windows()
    sizes: Sizes = Sizes()
    decoding: Decoding = Decoding()
    component_calibration: Calibration = Calibration()
    relation_calibration: Calibration = Calibration()
    errors: ErrorTable | None = None
    shown: Shown | None = Field(None, description="what is sure enough to be shown; all where not given")
    arguing: Arguing | None = Arguing()
    scheme: str = Field("", description="the scheme that is read, empty for the main one")
    places: bool = True
    others: tuple[SchemeConfig, ...] = ()
    default: str = Field("", description="the scheme that is read where none is asked for, empty for the main one")

    @model_validator(mode="after")
    def _default_is_there(self) -> Self:
        names = [other.name for other in self.others]
        if self.default not in {"", MAIN, *names}:
            raise ValueError(f"the default scheme is {self.default!r}, there are {', '.join([MAIN, *names])}")
        return self

    def reading(self, scheme: str | None) -> "ModelConfig":
        """The same model as it reads by another scheme; the main one has the empty name, or `essays`.

        Args:
            scheme: its name; None for the one that is read where none is asked for.

        Raises:
            ValueError: it has no such scheme.
        """
        if scheme is None:
            scheme = self.default
        if scheme in {self.scheme, self.scheme or MAIN}:
            return self
        found = {other.name: other for other in self.others}
        if scheme not in found:
            raise ValueError(f"the model {self.name} has no scheme {scheme!r}; it has {', '.join([MAIN, *found])}")
        chosen = found[scheme]
        parts = ("places", "decoding", "component_calibration", "relation_calibration", "errors", "arguing")
        return self.model_copy(update={"scheme": scheme, **{name: getattr(chosen, name) for name in parts}})
