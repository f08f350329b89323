"""`write_report`: an evaluation's report in a folder."""

from pathlib import Path

from argmine.errors import ArgmineError
from argmine.evaluation.evaluated import Evaluation
from argmine.evaluation.report.gather import report_of
from argmine.evaluation.report.plots import plots_of, require_matplotlib
from argmine.evaluation.report.render import markdown_of, page_of
from argmine.formats.output import replacing

JSON, MARKDOWN, PAGE = "report.json", "report.md", "report.html"


def write_report(evaluation: Evaluation, folder: str | Path) -> tuple[Path, ...]:
    """Writes `report.json`, `report.md` and `report.html`, each in place of an older one.

    Equal evaluations give equal bytes, with equal versions of the libraries. The files hold texts of the corpus.

    Args:
        evaluation: what was scored.
        folder: made where it is not there.

    Returns:
        The three paths.

    Raises:
        ArgmineError: matplotlib is not installed, or a file cannot be written.
        EvaluationError: a component holds no word.
    """
    require_matplotlib()
    target = _made(Path(folder))
    report = report_of(evaluation)
    texts = {
        JSON: report.model_dump_json(indent=2) + "\n",
        MARKDOWN: markdown_of(report),
        PAGE: page_of(report, plots_of(report)),
    }
    return tuple(_written(target / name, text) for name, text in texts.items())


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgmineError(f"cannot be made: {error.strerror}", path=folder) from error
    return folder


def _written(path: Path, text: str) -> Path:
    with replacing(path) as stream:
        stream.write(text.encode("utf-8"))
    return path
