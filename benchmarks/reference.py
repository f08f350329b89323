"""Renders the reference of measures, `docs/reference/measures.md`, from their descriptions and from records.

`--check` writes nothing and exits with 1 where the page is not what would be rendered.

    python -m benchmarks.reference --check
"""

import sys

from argmine.convincing.features import TEXT_FEATURES
from argmine.measures import data_dictionary
from argmine.measures.markers import MARKERS
from argmine.miner import ArgumentMiner
from benchmarks.figures import NOT_MEASURED, Records, refuse_other_model, render
from benchmarks.mining import DEFAULT
from benchmarks.record import RESULTS, ROOT
from benchmarks.rendered import parser, write_or_check

PAGE = ROOT / "docs" / "reference" / "measures.md"
TEMPLATE, RECORD = "measures.md.j2", "convincingness"
KINDS = "score", "beyond_length", "length_alone"


def page(records: Records) -> str:
    """The page as it is to be."""

    def row(name: str) -> str:
        return " | ".join(records.plain(RECORD, f"topics_left_out.{name}.{kind}") for kind in KINDS)

    found = records.record(RECORD)
    return render(
        TEMPLATE,
        records,
        entries=data_dictionary(),
        markers=sorted(MARKERS),
        text_features=len(TEXT_FEATURES),
        row=row,
        pairs=NOT_MEASURED if found is None else f"{found['figures']['topics_left_out']['pairs']:,}",
        words=NOT_MEASURED if found is None else " and ".join(map(str, found["words"])),
    )


def main(arguments: list[str] | None = None) -> int:
    """Renders, or with `--check` compares; returns the exit code."""
    told = parser(__doc__).parse_args(arguments)
    records = Records(RESULTS)
    wanted = {PAGE: page(records)}
    refuse_other_model(records, ArgumentMiner.load(DEFAULT).revision)
    return write_or_check(wanted, "python -m benchmarks.reference", check=told.check)


if __name__ == "__main__":
    sys.exit(main())
