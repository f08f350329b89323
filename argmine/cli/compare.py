"""The command `argmine compare`: two analyses of one text, or two systems on a corpus."""

from pathlib import Path
from typing import Annotated

import typer

from argmine.cli.options import (
    AllowSeen,
    FigureFormat,
    FiguresFormat,
    MaybeCorpora,
    ProtocolName,
    SchemeOfA,
    SchemeOfB,
    show,
)

EXAMPLES = """\b
Examples:
  argmine compare gold.json mined.json
  argmine compare runs/a/model runs/b/model --corpus aae2 --split dev --corpora corpora
  argmine compare default default --scheme essays --scheme-b opinion --corpus cmv-modes --split tenth-2
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


def compare(
    first: First,
    second: Second,
    corpus: MaybeCorpusName = None,
    split: MaybeSplitName = None,
    protocol: ProtocolName = None,
    corpora: MaybeCorpora = None,
    scheme: SchemeOfA = None,
    scheme_b: SchemeOfB = None,
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
        if split or protocol or scheme or scheme_b or by or allow_training_documents:
            raise typer.BadParameter(
                "--split, --protocol, --scheme, --scheme-b, --by and --allow-training-documents go with --corpus."
            )
        from argmine.evaluation.compare_command import compare_pieces

        found = compare_pieces(Path(first), Path(second))
        typer.echo(found.model_dump_json(indent=2) if output_format is FiguresFormat.JSON else str(found))
        return
    from argmine.evaluation.compare_command import compare_systems, schemes_of
    from argmine.evaluation.comparison import score_named
    from argmine.evaluation.run import read_task

    try:
        task = read_task(corpus, protocol=protocol, split=split or "test", corpora=corpora)
        score_named(task.protocol, by)
        schemes = schemes_of(first, second, scheme, scheme_b)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from error
    systems = compare_systems(
        first, second, task, schemes=schemes, by=by, allow_training_documents=allow_training_documents
    )
    if output_format is FiguresFormat.JSON:
        typer.echo(systems.model_dump_json(indent=2))
    else:
        show(systems)
