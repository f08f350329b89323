"""Renders the reference of measures, `docs/reference/measures.md`, from their descriptions and from records.

`--check` writes nothing and exits with 1 where the page is not what would be rendered.

    python -m benchmarks.reference --check
"""

import argparse
import sys

from argmine.convincing.features import TEXT_FEATURES
from argmine.measures import data_dictionary
from argmine.measures.markers import MARKERS
from benchmarks.figures import Records, render
from benchmarks.record import RESULTS, ROOT

PAGE = ROOT / "docs" / "reference" / "measures.md"
TEMPLATE, RECORD = "measures.md.j2", "convincingness"
KINDS = "score", "beyond_length", "length_alone"


def page(records: Records) -> str:
    """The page as it is to be."""

    def row(name: str) -> str:
        return " | ".join(records.plain(RECORD, f"topics_left_out.{name}.{kind}") for kind in KINDS)

    return render(
        TEMPLATE, records, entries=data_dictionary(), markers=sorted(MARKERS), text_features=len(TEXT_FEATURES), row=row
    )


def main(arguments: list[str] | None = None) -> int:
    """Renders, or with `--check` compares; returns the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="write nothing; 1 where the page is out of date")
    check, text = options.parse_args(arguments).check, page(Records(RESULTS))
    if PAGE.is_file() and PAGE.read_text("utf-8") == text:
        return 0
    if check:
        print(f"{PAGE} is not what the code gives: python -m benchmarks.reference", file=sys.stderr)
        return 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    print(f"written: {PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
