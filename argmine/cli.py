"""The command `argmine`. An error is one line on the standard error: exit code 2 for wrong usage, 1 for bad data."""

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, NoReturn

import typer
from pydantic import ValidationError

import argmine
from argmine.document import Document, one_line
from argmine.errors import ArgmineError, FormatError
from argmine.formats.output import replacing
from argmine.formats.text import decode_text, read_text
from argmine.graph import ArgumentGraph
from argmine.view.terminal import GraphView, graph_text

if TYPE_CHECKING:
    from argmine.evaluation.evaluated import Evaluation
    from argmine.evaluation.run import Task
    from argmine.miner import ArgumentMiner

CODE_LICENCE = "Apache-2.0"
STANDARD_INPUT = "-"
EXAMPLES = """\b
Examples:
  argmine mine piece.txt
  argmine mine pieces/*.txt --format jsonl --output graphs.jsonl
  cat piece.txt | argmine mine - --format json"""

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


class OutputFormat(StrEnum):
    """How graphs are written."""

    TREE = "tree"
    JSON = "json"
    JSONL = "jsonl"


class FiguresFormat(StrEnum):
    """How scores and differences are written."""

    TEXT = "text"
    JSON = "json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a character that the terminal lacks ends nothing
    try:
        code = app(args=arguments, prog_name="argmine", standalone_mode=False)
    except typer.TyperException as error:
        message = error.format_message().replace("Value error, ", "").rstrip(".")
        return _complain(f"{message}; see argmine --help", code=error.exit_code)
    except ArgmineError as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(str(ArgmineError(error.strerror or str(error), path=error.filename)))
    return code if isinstance(code, int) else 0


def _print_version(wanted: bool) -> None:
    if not wanted:
        return
    from argmine.model_folder import CONFIG, find_model, read_config

    try:
        weights = read_config(find_model("default") / CONFIG).licence
    except ArgmineError as error:
        weights = str(error)
    typer.echo(f"argmine {argmine.__version__}\ncode: {CODE_LICENCE}\nweights of the default model: {weights}")
    raise typer.Exit


Version = Annotated[
    bool,
    typer.Option(
        "--version", callback=_print_version, is_eager=True, help="Show the version and both licences, and exit."
    ),
]


@app.callback(invoke_without_command=True, epilog=EXAMPLES)
def _argmine(context: typer.Context, version: Version = False) -> None:  # noqa: ARG001 (its callback does the work)
    """Argument mining: the claims and premises of a text, and what supports or attacks what."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


Files = Annotated[list[str], typer.Argument(metavar="FILE", help="Texts in UTF-8; - is the standard input.")]
Format = Annotated[
    OutputFormat,
    typer.Option(
        "--format", "-f", help="tree: to read. json: one graph. jsonl: a graph a line, for any number of files."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to this file, which is replaced when all is done, not to the screen."),
]
Model = Annotated[str, typer.Option("--model", "-m", help="A packaged model's name, or a model's folder.")]
Probabilities = Annotated[
    bool, typer.Option("--probabilities", help="Show probabilities in trees; JSON always has them.")
]


@app.command(epilog=EXAMPLES)
def mine(
    files: Files,
    output_format: Format = OutputFormat.TREE,
    output: Output = None,
    model: Model = "default",
    probabilities: Probabilities = False,
) -> None:
    """Show or write the argument graphs of texts.

    A file that cannot be read is reported and the others are mined: the exit code is then 1. The id of a graph is its
    file's path as given.
    """
    if files.count(STANDARD_INPUT) > 1:
        raise typer.BadParameter("the standard input (-) can be read only once.")
    if output_format is OutputFormat.JSON and len(files) > 1:
        raise typer.BadParameter(f"json writes one graph, and there are {len(files)} files: use --format jsonl.")
    if output is None and sys.stdout is None:
        raise ArgmineError("is closed", path="standard output")
    bad: list[str] = []
    graphs = _graphs(argmine.load(model), files, bad)
    if output_format is not OutputFormat.TREE:
        indent = 2 if output_format is OutputFormat.JSON else None
        _write((f"{graph.model_dump_json(indent=indent)}\n" for graph in graphs), output)
    elif output is None:
        _show_trees(graphs, headed=len(files) > 1, probabilities=probabilities)
    else:
        _write(_plain_trees(graphs, headed=len(files) > 1, probabilities=probabilities), output)
    if bad:
        raise typer.Exit(1)


TRAIN_EXAMPLES = """\b
Examples:
  argmine train models/default/recipe.json --corpora corpora --output runs/mine
  argmine train my-recipe.json --corpora corpora --output runs/seed-2 --seed 2"""

Recipe = Annotated[Path, typer.Argument(metavar="RECIPE", help="A recipe's JSON file.")]
Corpora = Annotated[
    Path,
    typer.Option("--corpora", envvar="ARGMINE_CORPORA", help="The folder that holds each corpus in one of its name."),
]
Folder = Annotated[
    Path, typer.Option("--output", "-o", help="A folder for log, checkpoint, curves and, at the end, the model.")
]
Seed = Annotated[int | None, typer.Option("--seed", min=0, max=2**32 - 1, help="Instead of the recipe's own.")]
Threads = Annotated[int | None, typer.Option("--threads", min=1, help="Instead of all cores.")]


@app.command(epilog=TRAIN_EXAMPLES)
def train(recipe: Recipe, corpora: Corpora, output: Folder, seed: Seed = None, threads: Threads = None) -> None:
    """Train a model as a recipe says; a training that was killed goes on when it is called again."""
    try:
        from argmine.training.command import train as follow
    except ModuleNotFoundError as error:
        raise ArgmineError(f"training needs {error.name}: pip install 'argmine[train]'") from error
    typer.echo(follow(recipe, corpora, output, seed=seed, threads=threads))


FigureFormat = Annotated[FiguresFormat, typer.Option("--format", "-f", help="text: to read. json: all of it.")]

EVALUATE_EXAMPLES = """\b
Examples:
  argmine evaluate --corpus aae2 --split test --corpora corpora
  argmine evaluate --corpus aae2 --protocol gold-segments --model runs/mine/model
  argmine evaluate --corpus aae2-conll --predictions predicted.abs --format json
  argmine evaluate --corpus aae2 --corpora corpora --output report
  argmine evaluate --corpus aae2 --llm http://127.0.0.1:8000/v1 --llm-model NAME --llm-cache answers"""

CorpusName = Annotated[str, typer.Option("--corpus", help="The corpus, such as aae2.")]
SplitName = Annotated[
    str, typer.Option("--split", help="A split of the corpus, all, or a tenth of ours such as tenth-3.")
]
ProtocolName = Annotated[
    str | None, typer.Option("--protocol", help="How to score; by default what the corpus is best known by.")
]
MaybeCorpora = Annotated[
    Path | None,
    typer.Option("--corpora", envvar="ARGMINE_CORPORA", help="The folder that holds each corpus in one of its name."),
]
MaybeModel = Annotated[
    str | None, typer.Option("--model", "-m", help="A packaged model's name, or a model's folder.  [default: default]")
]
Predictions = Annotated[
    Path | None,
    typer.Option("--predictions", help="Instead of a model: argmine JSON (lines), a brat folder, CoNLL (.dat, .abs)."),
]
Endpoint = Annotated[
    str | None,
    typer.Option("--llm", metavar="URL", help="Instead of a model: an OpenAI-compatible endpoint of language models."),
]
EndpointModel = Annotated[
    str | None, typer.Option("--llm-model", metavar="NAME", help="The name by which the endpoint knows the model.")
]
Answers = Annotated[
    Path | None, typer.Option("--llm-cache", help="A folder for answers: a run that stopped goes on from there.")
]
EndpointSettings = Annotated[
    Path | None, typer.Option("--llm-settings", help="A JSON file of further settings, such as prices and workers.")
]
AllowSeen = Annotated[
    bool, typer.Option("--allow-training-documents", help="Score documents that the model saw in training.")
]
ReportFolder = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write a report too, to this folder: report.html, report.md, report.json."),
]


@app.command(epilog=EVALUATE_EXAMPLES)
def evaluate(
    corpus: CorpusName,
    split: SplitName = "test",
    protocol: ProtocolName = None,
    corpora: MaybeCorpora = None,
    model: MaybeModel = None,
    predictions: Predictions = None,
    llm: Endpoint = None,
    llm_model: EndpointModel = None,
    llm_cache: Answers = None,
    llm_settings: EndpointSettings = None,
    allow_training_documents: AllowSeen = False,
    output_format: FigureFormat = FiguresFormat.TEXT,
    output: ReportFolder = None,
) -> None:
    """Score a model, or anybody's predictions, on a corpus by a published protocol.

    Refused are a split that is not as published, predictions of other documents or other texts, and documents that
    the model learnt from or was selected on.
    """
    if sum(system is not None for system in (model, predictions, llm)) > 1:
        raise typer.BadParameter("either a model or predictions are scored, or a language model: one of the three.")
    if (llm is None) != (llm_model is None):
        raise typer.BadParameter("a language model needs both: --llm URL and --llm-model NAME.")
    from argmine.evaluation.command import score_files, score_model
    from argmine.evaluation.run import read_task
    from argmine.evaluation.summary import summary_of

    if output is not None:
        from argmine.evaluation.report import require_matplotlib

        require_matplotlib()
    try:
        task = read_task(corpus, protocol=protocol, split=split, corpora=corpora)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from error
    if llm is not None and llm_model is not None:
        found = _score_language_model(task, llm, llm_model, llm_settings, llm_cache)
    elif predictions is None:
        found = score_model(task, model or "default", allow_training_documents=allow_training_documents)
    else:
        found = score_files(task, predictions, allow_training_documents=allow_training_documents)
    if output is not None:
        from argmine.evaluation.report import write_report

        write_report(found, output)
    summary = summary_of(found)
    if output_format is FiguresFormat.JSON:
        typer.echo(summary.model_dump_json(indent=2))
    else:
        _print(summary)


def _score_language_model(
    task: "Task", url: str, model: str, settings: Path | None, cache: Path | None
) -> "Evaluation":
    try:
        from argmine.integrations.llm.command import read_settings, score_language_model
    except ModuleNotFoundError as error:
        raise ArgmineError(f"language models need {error.name}: pip install 'argmine[llm]'") from error
    found, told = score_language_model(task, read_settings(url, model, settings), cache)
    typer.echo(f"argmine: {told}", err=True)
    return found


def _print(shown: object) -> None:
    from rich.console import Console

    Console(highlight=False).print(shown)


COMPARE_EXAMPLES = """\b
Examples:
  argmine compare gold.json mined.json
  argmine compare runs/a/model runs/b/model --corpus aae2 --split dev --corpora corpora
  argmine compare default predicted.abs --corpus aae2-conll --by r_f1_100"""

First = Annotated[
    str,
    typer.Argument(
        metavar="A", help="A JSON file of one graph; with --corpus: predictions, or a model's name or folder."
    ),
]
Second = Annotated[str, typer.Argument(metavar="B", help="What is compared with A.")]
MaybeCorpusName = Annotated[
    str | None, typer.Option("--corpus", help="Compare two systems on this corpus, such as aae2.")
]
MaybeSplitName = Annotated[
    str | None,
    typer.Option("--split", help="A split of the corpus, all, or a tenth of ours such as tenth-3.  [default: test]"),
]
By = Annotated[
    str | None,
    typer.Option("--by", help="The score by which documents are chosen that differ most, such as r_f1_100."),
]


@app.command(epilog=COMPARE_EXAMPLES)
def compare(
    first: First,
    second: Second,
    corpus: MaybeCorpusName = None,
    split: MaybeSplitName = None,
    protocol: ProtocolName = None,
    corpora: MaybeCorpora = None,
    by: By = None,
    allow_training_documents: AllowSeen = False,
    output_format: FigureFormat = FiguresFormat.TEXT,
) -> None:
    """Show how two analyses of one text differ, or how two systems do on a corpus.

    Of a text: which components and relations were moved, retyped, relinked, relabelled, are missing from B or added by
    it. On a corpus: the scores of both, their differences with confidence intervals and a paired test, and the
    documents that differ most.
    """
    if corpus is None:
        if split or protocol or by or allow_training_documents:
            raise typer.BadParameter("--split, --protocol, --by and --allow-training-documents go with --corpus.")
        from argmine.evaluation.compare_command import compare_pieces

        found = compare_pieces(Path(first), Path(second))
        typer.echo(found.model_dump_json(indent=2) if output_format is FiguresFormat.JSON else str(found))
        return
    from argmine.evaluation.compare_command import compare_systems
    from argmine.evaluation.comparison import score_named
    from argmine.evaluation.run import read_task

    try:
        task = read_task(corpus, protocol=protocol, split=split or "test", corpora=corpora)
        score_named(task.protocol, by)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from error
    systems = compare_systems(first, second, task, by=by, allow_training_documents=allow_training_documents)
    if output_format is FiguresFormat.JSON:
        typer.echo(systems.model_dump_json(indent=2))
    else:
        _print(systems)


CONVERT_EXAMPLES = """\b
Examples:
  argmine convert piece.json piece.ann
  argmine convert essays/ essays.jsonl --from brat
  argmine convert graphs.jsonl pictures/ --to dot
  argmine convert --formats"""


def _print_formats(wanted: bool) -> None:
    if not wanted:
        return
    from argmine.exchange import formats_table

    typer.echo(formats_table(), nl=False)
    raise typer.Exit


Source = Annotated[Path, typer.Argument(metavar="IN", help="A file or folder of argument graphs.")]
Target = Annotated[Path, typer.Argument(metavar="OUT", help="A file, or a folder that exists: a file a graph.")]
From = Annotated[
    str | None, typer.Option("--from", metavar="FORMAT", help="The format of IN; else its ending or keys tell.")
]
To = Annotated[str | None, typer.Option("--to", metavar="FORMAT", help="The format of OUT; else its ending tells.")]
Formats = Annotated[
    bool, typer.Option("--formats", callback=_print_formats, is_eager=True, help="Show the table of formats, and exit.")
]


@app.command(epilog=CONVERT_EXAMPLES)
def convert(
    source: Source,
    target: Target,
    read_as: From = None,
    write_as: To = None,
    formats: Formats = False,  # noqa: ARG001 (its callback does the work)
) -> None:
    """Write argument graphs in another format; what is lost is told on the standard error."""
    from argmine import exchange

    try:
        forms = [name and exchange.format_named(name) for name in (read_as, write_as)]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    for line in exchange.convert(source, target, read_as=forms[0] or None, write_as=forms[1] or None):
        typer.echo(f"argmine: {line}", err=True)


TEACH_EXAMPLES = """\b
Examples:
  argmine teach runs/seed1/model runs/seed2/model --corpus persuade1 --split but-tenth-0 \\
    --documents 800 --corpora corpora --output runs/lessons.safetensors"""

Models = Annotated[list[Path], typer.Argument(metavar="MODEL...", help="The folders of the models that teach.")]
TaughtCorpus = Annotated[str, typer.Option("--corpus", help="Whose documents; its gold is not looked at.")]
TaughtSplit = Annotated[str, typer.Option("--split", help="As in a recipe, such as but-tenth-0.")]
LessonsFile = Annotated[Path, typer.Option("--output", "-o", help="The file of lessons, for a recipe to name.")]
Most = Annotated[int | None, typer.Option("--documents", min=1, help="At most so many.")]


@app.command(epilog=TEACH_EXAMPLES)
def teach(
    models: Models,
    corpus: TaughtCorpus,
    split: TaughtSplit,
    corpora: Corpora,
    output: LessonsFile,
    documents: Most = None,
) -> None:
    """Write down what models together believe of documents, for another to learn from."""
    try:
        from argmine.training.command import teach as give
        from argmine.training.recipe import Source
    except ModuleNotFoundError as error:
        raise ArgmineError(f"teaching needs {error.name}: pip install 'argmine[train]'") from error
    found = give(models, Source(corpus=corpus, split=split), corpora, output, documents=documents)
    typer.echo(f"{output}: {found['documents']} documents, {found['segments']} segments")


def _graphs(miner: "ArgumentMiner", files: Iterable[str], bad: list[str]) -> Iterator[ArgumentGraph]:
    """The graph of each file, in order; one that fails is reported, and its name added to `bad`."""
    for result, name in miner.mine_many(_documents(files, bad), as_tuples=True, on_error="yield"):
        if isinstance(result, ArgumentGraph):
            yield result
        else:
            bad.append(name)
            _complain(f"{name}: {_reason(result)}")


def _documents(files: Iterable[str], bad: list[str]) -> Iterator[tuple[Document, str]]:
    for name in files:
        try:
            document = _read(name)
        except ArgmineError as error:
            bad.append(name)
            _complain(str(error))
        else:
            yield document, name


def _read(name: str) -> Document:
    if name != STANDARD_INPUT:
        # A path may hold bytes that are no UTF-8, an id may not.
        return Document(id=name.encode("utf-8", "backslashreplace").decode() or ".", text=read_text(Path(name)))
    if sys.stdin is None:
        raise FormatError("is closed", path="standard input")
    return Document(id="standard-input", text=decode_text(sys.stdin.buffer.read(), path="standard input"))


def _show_trees(graphs: Iterable[ArgumentGraph], *, headed: bool, probabilities: bool) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for number, graph in enumerate(graphs):
        if headed:
            console.print(Text(_heading(graph.id, number), "bold"))
        console.print(GraphView(graph, probabilities))
    sys.stdout.flush()


def _plain_trees(graphs: Iterable[ArgumentGraph], *, headed: bool, probabilities: bool) -> Iterator[str]:
    for number, graph in enumerate(graphs):
        heading = f"{_heading(graph.id, number)}\n" if headed else ""
        yield heading + graph_text(graph, probabilities=probabilities)


def _heading(name: str, number: int) -> str:
    return ("\n" if number else "") + f"== {one_line(name)} =="


def _write(parts: Iterable[str], output: Path | None) -> None:
    """Writes in UTF-8, whatever the terminal's encoding. A file is left as it was where there is nothing to write."""
    with _standard_output() if output is None else replacing(output) as stream:
        wrote = 0
        for part in parts:
            wrote += stream.write(part.encode("utf-8"))
            if output is None:
                stream.flush()
        if not wrote:
            raise typer.Exit(1)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    yield sys.stdout.buffer


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(fault["msg"].removeprefix("Value error, ") for fault in error.errors())
    return str(error)


def _complain(message: str, *, code: int = 1) -> int:
    typer.echo(f"argmine: {one_line(message)}", err=True)
    return code


def run() -> NoReturn:
    """The console script."""
    sys.exit(main())
