"""A recipe without writing one: a model that is there goes on learning from graphs that a person corrected."""

from pathlib import Path

from argmine.corpora.parts import part_of
from argmine.errors import RecipeError
from argmine.model_folder import CONFIG, find_model, read_config
from argmine.training.data import read_graph_source
from argmine.training.recipe import Augmentation, Keep, Recipe, Source

EPOCHS = 6
HELD_BACK, LEARNT = "tenth-0", "but-tenth-0"
ENOUGH = 5
"""Pieces to select an epoch on; with fewer, the last one is kept."""


def correcting_recipe(
    init: str, graphs: Path, form: str | None = None, *, name: str, epochs: int = EPOCHS, seed: int = 1
) -> Recipe:
    """Few epochs at small rates on all graphs, from a model's weights, whose decoding and calibration stay.

    What is learnt is the scheme by which the model reads where none is asked for; it is the main one of what is made.

    Where a tenth of the pieces, by the hash of their ids, are five or more, the epoch that is best on them is kept and
    the others are learnt from; else all are learnt from and the last epoch is kept.

    Args:
        init: model to start from: name, folder or hub id.
        graphs: file or folder.
        form: its format, where neither ending nor keys tell it.
        name: of the model that is made.
        epochs: how often all pieces are seen.
        seed: of all chance.

    Raises:
        ModelError: there is no such model.
        FormatError: the graphs cannot be read, or one is no forest.
        RecipeError: there is none.
    """
    config = read_config(find_model(init) / CONFIG).reading(None)
    whole = Source(graphs=str(graphs), format=form)
    corpus = read_graph_source(whole)
    if not corpus.graphs:
        raise RecipeError("holds no graph to learn from", path=graphs)
    held_back = len(part_of(corpus, HELD_BACK)) >= ENOUGH
    return Recipe(
        name=name,
        encoder=config.encoder,
        init=init,
        init_scheme=config.scheme,
        claims_point=config.decoding.claims_point,
        places=config.places,
        train=(whole.model_copy(update={"split": LEARNT}) if held_back else whole,),
        development=whole.model_copy(update={"split": HELD_BACK}) if held_back else whole,
        keep=Keep.BEST if held_back else Keep.LAST,
        tune=False,
        sizes=config.sizes,
        windows=config.windows,
        augmentation=Augmentation(jitter=0.1),
        seed=seed,
        epochs=epochs,
        batch=2,
        encoder_rate=5e-5,
        head_rate=3e-4,
        average=0.9,
    )
