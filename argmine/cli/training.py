"""The commands `argmine train` and `argmine teach`: models from recipes, lessons from models."""

from pathlib import Path
from typing import Annotated

import typer

from argmine.cli.options import Corpora, MaybeCorpora
from argmine.errors import ArgmineError

TRAIN_EXAMPLES = """\b
Examples:
  argmine train models/default/recipe.json --corpora corpora --output runs/mine
  argmine train my-recipe.json --corpora corpora --output runs/seed-2 --seed 2
  argmine train --init default --on corrected.jsonl --output runs/corrected
  argmine train --init default --on corrected/ --from brat --epochs 10 --output runs/corrected"""
TEACH_EXAMPLES = """\b
Examples:
  argmine teach runs/seed1/model runs/seed2/model --corpus persuade1 --split but-tenth-0 \\
    --documents 800 --corpora corpora --output runs/lessons.safetensors"""

Recipe = Annotated[
    Path | None, typer.Argument(metavar="[RECIPE]", help="A recipe's JSON file; without one, --init and --on.")
]
Init = Annotated[
    str | None, typer.Option("--init", metavar="MODEL", help="Start from this model: a name, a folder or a hub id.")
]
Corrected = Annotated[
    Path | None, typer.Option("--on", metavar="GRAPHS", help="Learn from this file or folder of graphs, not a recipe.")
]
From = Annotated[
    str | None, typer.Option("--from", metavar="FORMAT", help="The format of GRAPHS; else its ending or keys tell.")
]
Epochs = Annotated[int | None, typer.Option("--epochs", min=1, help="How often GRAPHS are seen.  [default: 6]")]
Folder = Annotated[
    Path, typer.Option("--output", "-o", help="A folder for log, checkpoint, curves and, at the end, the model.")
]
Seed = Annotated[int | None, typer.Option("--seed", min=0, max=2**32 - 1, help="Instead of the recipe's own.")]
Threads = Annotated[int | None, typer.Option("--threads", min=1, help="Instead of all cores.")]
Models = Annotated[list[Path], typer.Argument(metavar="MODEL...", help="The folders of the models that teach.")]
TaughtCorpus = Annotated[str, typer.Option("--corpus", help="Whose documents; its gold is not looked at.")]
TaughtSplit = Annotated[str, typer.Option("--split", help="As in a recipe, such as but-tenth-0.")]
LessonsFile = Annotated[Path, typer.Option("--output", "-o", help="The file of lessons, for a recipe to name.")]
Most = Annotated[int | None, typer.Option("--documents", min=1, help="At most so many.")]
Skip = Annotated[int, typer.Option("--skip", min=0, help="Pass over so many first, in the order that digests give.")]


def train(
    output: Folder,
    recipe: Recipe = None,
    corpora: MaybeCorpora = None,
    init: Init = None,
    graphs: Corrected = None,
    read_as: From = None,
    epochs: Epochs = None,
    seed: Seed = None,
    threads: Threads = None,
) -> None:
    """Train a model as a recipe says, or let one go on learning from graphs that were corrected.

    A training that was killed goes on when it is called again.
    """
    if (recipe is None) is (graphs is None):
        raise typer.BadParameter("either a recipe says what is learnt, or --init and --on do.")
    if recipe is not None and (read_as is not None or epochs is not None):
        raise typer.BadParameter("--from and --epochs go with --on; a recipe has its own.")
    if graphs is not None and init is None:
        raise typer.BadParameter("--on needs --init, the model that goes on learning, such as --init default.")
    try:
        from argmine.training import command
        from argmine.training.correcting import EPOCHS
    except ModuleNotFoundError as error:
        raise ArgmineError(f"training needs {error.name}: pip install 'argmine[train]'") from error
    if recipe is not None:
        typer.echo(command.train(recipe, corpora, output, init=init, seed=seed, threads=threads))
    elif graphs is not None and init is not None:
        form = format_name(read_as)
        learnt = command.correct(init, graphs, output, form=form, epochs=epochs or EPOCHS, seed=seed, threads=threads)
        typer.echo(learnt)


def format_name(name: str | None) -> str | None:
    """A format's name, if there is such a format."""
    from argmine.exchange import format_named

    try:
        return None if name is None else format_named(name).name
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def teach(
    models: Models,
    corpus: TaughtCorpus,
    split: TaughtSplit,
    corpora: Corpora,
    output: LessonsFile,
    documents: Most = None,
    skip: Skip = 0,
) -> None:
    """Write down what models together believe of documents, for another to learn from."""
    try:
        from argmine.training.command import teach as give
        from argmine.training.recipe import Source
    except ModuleNotFoundError as error:
        raise ArgmineError(f"teaching needs {error.name}: pip install 'argmine[train]'") from error
    found = give(models, Source(corpus=corpus, split=split), corpora, output, documents=documents, skip=skip)
    typer.echo(f"{output}: {found['documents']} documents, {found['segments']} segments")
