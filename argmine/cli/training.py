"""The commands `argmine train` and `argmine teach`: models from recipes, lessons from models."""

from pathlib import Path
from typing import Annotated

import typer

from argmine.cli.options import Corpora
from argmine.errors import ArgmineError

TRAIN_EXAMPLES = """\b
Examples:
  argmine train models/default/recipe.json --corpora corpora --output runs/mine
  argmine train my-recipe.json --corpora corpora --output runs/seed-2 --seed 2"""
TEACH_EXAMPLES = """\b
Examples:
  argmine teach runs/seed1/model runs/seed2/model --corpus persuade1 --split but-tenth-0 \\
    --documents 800 --corpora corpora --output runs/lessons.safetensors"""

Recipe = Annotated[Path, typer.Argument(metavar="RECIPE", help="A recipe's JSON file.")]
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


def train(recipe: Recipe, corpora: Corpora, output: Folder, seed: Seed = None, threads: Threads = None) -> None:
    """Train a model as a recipe says; a training that was killed goes on when it is called again."""
    try:
        from argmine.training.command import train as follow
    except ModuleNotFoundError as error:
        raise ArgmineError(f"training needs {error.name}: pip install 'argmine[train]'") from error
    typer.echo(follow(recipe, corpora, output, seed=seed, threads=threads))


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
