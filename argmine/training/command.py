"""A training with a progress bar, and lessons for one: what `argmine train` and `argmine teach` do."""

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import torch
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from transformers.utils.logging import disable_progress_bar

from argmine.config import MAIN
from argmine.errors import RecipeError
from argmine.miner import ArgumentMiner
from argmine.training.correcting import ENOUGH, EPOCHS, correcting_recipe
from argmine.training.curves import plot_curves
from argmine.training.data import read_split
from argmine.training.lessons import Lesson, Lessons
from argmine.training.recipe import Keep, Recipe, Source, read_recipe
from argmine.training.run import Run
from argmine.training.scores import Scores
from argmine.training.teaching import teach as teach_documents
from argmine.training.trainer import Epoch

CURVES = "curves.png"
EXTRAS = ("matplotlib", "onnx", "onnxscript")


def train(
    recipe_path: Path,
    corpora: Path | None,
    folder: Path,
    *,
    init: str | None = None,
    seed: int | None = None,
    threads: int | None = None,
) -> Path:
    """Follows a recipe to a model folder, which it returns; goes on where a killed training stopped.

    Args:
        recipe_path: the recipe's file.
        corpora: the folder that holds each corpus in a folder of its name; None where none is asked for.
        folder: where log, checkpoint, curves and model are written.
        init: the model to start from, instead of the recipe's own.
        seed: instead of the recipe's own.
        threads: of torch, instead of all cores.

    Raises:
        ArgmineError: recipe, corpus or encoder cannot be read, or the folder holds another recipe's training.
    """
    _refuse_missing_extras()
    recipe = read_recipe(recipe_path)
    own = {name: value for name, value in (("init", init), ("seed", seed)) if value is not None}
    return follow(Recipe.model_validate({**recipe.model_dump(), **own}), corpora, folder, threads=threads)


def correct(
    init: str,
    graphs: Path,
    folder: Path,
    *,
    form: str | None = None,
    epochs: int = EPOCHS,
    seed: int | None = None,
    threads: int | None = None,
) -> Path:
    """Lets a model go on learning from corrected graphs (`correcting_recipe`); returns the folder of the new one.

    Raises:
        ArgmineError: as `train`, and as `correcting_recipe`.
        ValueError: there is no format of the name.
    """
    _refuse_missing_extras()
    seed = 1 if seed is None else seed
    recipe = correcting_recipe(init, graphs, form, name=folder.resolve().name, epochs=epochs, seed=seed)
    if recipe.keep is Keep.LAST:
        line = f"fewer than {ENOUGH} pieces in a tenth: all are learnt from, and the last epoch is kept"
        _say(Console(stderr=True), line)
    return follow(recipe, None, folder, threads=threads)


def follow(recipe: Recipe, corpora: Path | None, folder: Path, *, threads: int | None = None) -> Path:
    """Follows a recipe that was read; as `train`."""
    disable_progress_bar()  # type: ignore[no-untyped-call]  # of loading the encoder
    if threads is not None:
        torch.set_num_threads(threads)
    console = Console(stderr=True)
    run = Run(recipe, corpora, folder)
    material = run.material
    sizes = sum(len(pool.items) for pool in material.train), len(material.development), len(material.left_out)
    purpose = "look at" if recipe.keep is Keep.LAST else "select on"
    _say(console, "{} documents to learn from, {} to {}, {} left out".format(*sizes[:2], purpose, sizes[2]))
    for corpus, repairs in material.repairs.items():
        if repairs:
            _say(console, f"repaired in {corpus}: " + ", ".join(f"{rule} {n}" for rule, n in repairs.items()))
    for rule, names in material.unfit.items():
        _say(console, f"not to be learnt from, {rule}: {', '.join(names)}")
    if run.done:
        _say(console, f"going on after epoch {run.done} of {recipe.epochs}")
    with _progress(console) as progress:
        _follow(run, progress, console)
    plot_curves(run.log(), folder / CURVES)
    _say(console, "tuning on development data" if recipe.tune else "writing the model")
    model, scores = run.finish()
    _say(console, f"{model}: {_figures(scores)}")
    return model


def teach(
    models: Sequence[Path],
    source: Source,
    corpora: Path,
    path: Path,
    *,
    documents: int | None = None,
    skip: int = 0,
) -> dict[str, int]:
    """Writes what models together believe of a corpus's documents; returns how many documents and segments.

    Args:
        models: model folders of one vocabulary.
        source: corpus and split; its gold is not looked at.
        corpora: the folder that holds each corpus in a folder of its name.
        path: the file to write.
        documents: at most so many, those whose ids have the least sha256.
        skip: so many of these are passed over, such as those that lessons were given on before.

    Raises:
        ArgmineError: a model or the corpus cannot be read.
    """
    teachers = [ArgumentMiner.load(model, scheme=MAIN) for model in models]
    texts = [graph.document for graph in read_split(source, corpora)]
    texts = sorted(texts, key=lambda d: hashlib.sha256(d.id.encode()).digest())[skip:][:documents]
    by_id: dict[str, Lesson] = {}
    with _progress(Console(stderr=True)) as progress:
        task = progress.add_task("teaching", total=len(texts), loss="")
        for document, lesson in teach_documents(teachers, texts):
            by_id[document.id] = lesson
            progress.advance(task)
    Lessons(source.corpus, tuple(teacher.revision for teacher in teachers), by_id).write(path)
    return {"documents": len(by_id), "segments": sum(len(lesson.segments) for lesson in by_id.values())}


def _say(console: Console, line: str) -> None:
    """A line as it is, brackets in a path and its full length included."""
    console.print(line, markup=False, highlight=False, soft_wrap=True)


def _refuse_missing_extras() -> None:
    """Before hours of training, not after."""
    missing = [name for name in EXTRAS if find_spec(name) is None]
    if missing:
        raise RecipeError(f"training needs {', '.join(missing)}: pip install 'argmine[train]'")


def _follow(run: Run, progress: Progress, console: Console) -> None:
    steps = run.trainer.steps_an_epoch
    whole = progress.add_task("training", total=steps * run.recipe.epochs, completed=steps * run.done, loss="")

    def on_step(_: int, losses: dict[str, float]) -> None:
        progress.update(whole, advance=1, loss=f"loss {sum(losses.values()):.2f}")

    for epoch in run.epochs(on_step):
        _say(console, _line(epoch))
        plot_curves(run.log(), run.folder / CURVES)


def _line(epoch: Epoch) -> str:
    mark = " (best)" if epoch.best else ""
    loss = sum(epoch.losses.values())
    return f"epoch {epoch.number}: loss {loss:.3f}, {epoch.seconds:.0f} s, {_figures(epoch.development)}{mark}"


def _figures(scores: Scores) -> str:
    named = {"C-F1": scores.c_f1, "R-F1": scores.r_f1, "spans": scores.spans, "BIO": scores.bio}
    return "development " + ", ".join(f"{name} {100 * value:.2f}" for name, value in named.items())


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[loss]}"))
    return Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=console)
