"""`Recipe`: everything that decides what a training makes, in one JSON file with no unknown keys."""

from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, FiniteFloat, ValidationError, model_validator

from argmine.base import Frozen
from argmine.config import Share, Sizes, Windows
from argmine.errors import RecipeError, faults


class Augmentation(Frozen):
    """How often a document's form is changed; words keep their components."""

    merge_paragraphs: Share = Field(0.0, description="share of documents with some paragraph breaks taken away")
    split_paragraphs: Share = Field(0.0, description="share of documents with breaks put between some sentences")
    opening_last: Share = Field(0.0, description="share of gold documents whose first paragraph comes last")
    furniture: Share = Field(0.0, description="share of gold documents with bylines, footers and the like put in")
    hide_places: Share = Field(0.0, description="share of documents whose place features are not known")
    hide_words: Share = Field(0.0, description="share of word pieces whose place is taken by the mask")
    jitter: Share = Field(0.0, description="share of segment ends moved by up to 3 words before the component layer")


class Part(StrEnum):
    """What may be learnt of a document."""

    SEGMENTS = "segments"
    TYPES = "types"
    ARCS = "arcs"


class Keep(StrEnum):
    """Which epoch is kept."""

    BEST = "best"
    """The one whose figures on development data are best."""
    LAST = "last"
    """The last; the development data are looked at, no more, and may be what is learnt from."""


class Source(Frozen):
    """A corpus and its split, or a file or folder of graphs, to learn from or to select on.

    A split is one of the corpus's own, `all`, tenths of the committed folds (`tenth-3`, `tenths-05`) or the rest
    (`but-tenth-3`); of graphs, `all` or such tenths by the hash of their ids. Where there are lessons, the documents
    that they are about are taken of it.
    """

    corpus: str = ""
    split: str = Field("", description="needed of a corpus; of graphs, all of them where it is empty")
    graphs: str | None = Field(None, description="file or folder in any format that `argmine convert` reads")
    format: str | None = Field(None, description="of the graphs, where neither ending nor keys tell it")
    lessons: str | None = Field(None, description="file of a teacher's lessons on these documents, instead of gold")
    each_epoch: int | None = Field(None, ge=1, description="so many of the documents an epoch, drawn at random")
    scheme: str = Field("", description="whose heads learn from it, empty for the main ones")
    learn: tuple[Part, ...] = Field(tuple(Part), min_length=1, description="what of it is learnt")
    across: bool = Field(
        default=True, description="components of different paragraphs that are not linked are known not to be"
    )
    augmentation: Augmentation | None = Field(None, description="instead of the recipe's")

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if bool(self.corpus) is (self.graphs is not None) or (self.corpus and not self.split):
            raise ValueError("a source is a corpus and a split of it, or graphs")
        return self

    @property
    def place(self) -> str:
        """Where it is read from, for people: the corpus's name, or the path of the graphs."""
        return self.corpus or str(self.graphs)


class SchemeRecipe(Frozen):
    """A scheme of annotation beside the main one: heads of its own on the same encoder and component layer."""

    name: str = Field(min_length=1, pattern="^[a-z][a-z0-9-]*$")
    claims_point: bool = Field(default=True, description="claims point at what they bear on, as premises do")
    places: bool = Field(default=False, description="whether it looks at paragraphs and places in the document")
    threshold_by_f1: Share = Field(0.0, description="of its decoding (`Decoding`)")
    overlap_weight: Share = Field(0.0, description="of its decoding (`Decoding`)")
    development: Source = Field(description="what its decoding and calibration are tuned on")
    read_by_default: bool = Field(default=False, description="texts are read by it where no other scheme is asked for")


class LossWeights(Frozen):
    """What each part of the loss counts."""

    segments: FiniteFloat = Field(1.0, ge=0)
    types: FiniteFloat = Field(1.0, ge=0)
    arcs: FiniteFloat = Field(1.0, ge=0)
    labels: FiniteFloat = Field(0.5, ge=0)
    stances: FiniteFloat = Field(0.5, ge=0)
    attack: FiniteFloat = Field(2.0, gt=0, description="weight of an attack among labels and stances")


class Recipe(Frozen):
    """A training from a base encoder to a model folder."""

    name: str = Field("default", min_length=1)
    encoder: str = Field("sentence-transformers/all-MiniLM-L6-v2", description="name or folder that AutoModel loads")
    init: str | None = Field(
        None,
        description="model (name, folder, hub id) it starts from: its weights, its vocabulary, its encoder's shape",
    )
    init_scheme: str = Field(
        "",
        description="the scheme of init that it starts from, and goes on as the main one or, with an adapter, as its "
        "scheme; init's main one where empty",
    )
    claims_point: bool = Field(default=False, description="of the main scheme: claims point at what they bear on")
    places: bool = Field(default=True, description="of the main scheme: it looks at paragraphs and places")
    train: tuple[Source, ...] = Field((Source(corpus="aae2", split="train-less-dev"),), min_length=1)
    development: Source = Source(corpus="aae2", split="dev")
    adapter: int | None = Field(
        None,
        ge=1,
        description="rank of what its one scheme changes in the shared weights of init, whose main scheme stays",
    )
    mean_with: tuple[str, ...] = Field(
        (), description="models (name, folder, hub id) with whose scheme of the adapter's name its weights are averaged"
    )
    mean_share: Share | None = Field(
        None, description="what this training counts for in that mean, the others share the rest; null: all alike"
    )
    keep: Keep = Field(Keep.BEST, description="which epoch is kept")
    tune: bool = Field(
        default=True,
        description="whether decoding and calibration are set on development data; else init's stay, of schemes too",
    )
    sizes: Sizes = Sizes()
    windows: Windows = Windows()
    learning_overlap: int | None = Field(
        None,
        ge=0,
        description="overlap of windows while it learns, in pieces: less is faster; the model's where it is not given",
    )
    schemes: tuple[SchemeRecipe, ...] = ()
    augmentation: Augmentation = Augmentation()
    losses: LossWeights = LossWeights()
    seed: int = Field(1, ge=0, lt=2**32)
    epochs: int = Field(20, ge=1)
    batch: int = Field(8, ge=1, description="documents a step")
    encoder_rate: FiniteFloat = Field(2e-4, gt=0)
    head_rate: FiniteFloat = Field(1e-3, gt=0)
    layer_decay: FiniteFloat = Field(
        1.0, gt=0, le=1, description="an encoder layer's learning rate, the next one's being 1"
    )
    warm_up: Share = Field(0.1, description="share of the steps")
    weight_decay: FiniteFloat = Field(0.01, ge=0)
    dropout: Share = 0.1
    clip: FiniteFloat = Field(1.0, gt=0)
    average: Share = Field(0.99, description="decay of the running average of the weights, which is what is kept")
    bf16: bool = Field(default=True, description="autocast to bfloat16")

    @model_validator(mode="after")
    def _knows_schemes(self) -> Self:
        known = ["", *(scheme.name for scheme in self.schemes)]
        if len(set(known)) < len(known):
            raise ValueError(f"two schemes have one name: {', '.join(known[1:])}")
        if sum(scheme.read_by_default for scheme in self.schemes) > 1:
            raise ValueError("one scheme at most is read by default")
        for source in self.train:
            if source.scheme not in known:
                raise ValueError(f"{source.place} is of the scheme {source.scheme!r}, which is not among the schemes")
        return self

    @model_validator(mode="after")
    def _starts_from_a_scheme_of_init(self) -> Self:
        if self.init_scheme and self.init is None:
            raise ValueError("init_scheme is of a model to start from (init)")
        return self

    @model_validator(mode="after")
    def _shares_a_mean(self) -> Self:
        if self.mean_share is not None and not self.mean_with:
            raise ValueError("mean_share is of a mean with other models (mean_with)")
        return self

    @model_validator(mode="after")
    def _adapts_one_scheme(self) -> Self:
        if self.adapter is None:
            if self.mean_with:
                raise ValueError("mean_with is of an adapter's scheme")
            return self
        if self.init is None or len(self.schemes) != 1:
            raise ValueError("an adapter is of a model to start from (init) and of one scheme")
        if any(source.scheme != self.schemes[0].name for source in self.train):
            raise ValueError("an adapter learns its own scheme alone: say so at each source")
        return self

    @model_validator(mode="after")
    def _windows_move_on(self) -> Self:
        if self.learning_overlap is not None and self.learning_overlap > self.windows.size // 2:
            raise ValueError(f"learning_overlap {self.learning_overlap} is more than half of {self.windows.size}")
        return self

    @property
    def learning_windows(self) -> Windows:
        """How documents are cut while it learns."""
        if self.learning_overlap is None:
            return self.windows
        return self.windows.model_copy(update={"overlap": self.learning_overlap})

    @property
    def default(self) -> str:
        """The scheme that is read by default, empty for the main one."""
        return next((scheme.name for scheme in self.schemes if scheme.read_by_default), "")

    def scheme(self, name: str) -> SchemeRecipe | None:
        """The scheme of that name, None for the main one."""
        return next((scheme for scheme in self.schemes if scheme.name == name), None)


def read_recipe(path: Path) -> Recipe:
    """Reads a recipe.

    Raises:
        RecipeError: the file is not there, is no JSON, has unknown keys or values out of bounds; it says which.
    """
    try:
        return Recipe.model_validate_json(path.read_bytes())
    except OSError as error:
        raise RecipeError(error.strerror or str(error), path=path) from error
    except ValidationError as error:
        raise RecipeError(faults(error), path=path) from error
