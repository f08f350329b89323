"""The command `argmine evaluate`: a model, or anybody's predictions, against a corpus."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from argmine.cli.options import AllowSeen, FigureFormat, FiguresFormat, MainScheme, MaybeCorpora, ProtocolName, show
from argmine.config import MAIN
from argmine.errors import ArgmineError

if TYPE_CHECKING:
    from argmine.evaluation.evaluated import Evaluation
    from argmine.evaluation.run import Task

EXAMPLES = """\b
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
ReportFolder = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write a report too, to this folder: report.html, report.md, report.json."),
]


def evaluate(
    corpus: CorpusName,
    split: SplitName = "test",
    protocol: ProtocolName = None,
    corpora: MaybeCorpora = None,
    model: MaybeModel = None,
    scheme: MainScheme = None,
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
    if scheme and (predictions is not None or llm is not None):
        raise typer.BadParameter("--scheme goes with a model of ours.")
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
        found = score_model(
            task, model or "default", scheme=scheme or MAIN, allow_training_documents=allow_training_documents
        )
    else:
        found = score_files(task, predictions, allow_training_documents=allow_training_documents)
    if output is not None:
        from argmine.evaluation.report import write_report

        write_report(found, output)
    summary = summary_of(found)
    if output_format is FiguresFormat.JSON:
        typer.echo(summary.model_dump_json(indent=2))
    else:
        show(summary)


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
