"""A report as Markdown and as one HTML page that needs nothing else: no network, no script."""

import re
from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from argmine.document import one_line
from argmine.evaluation.report.contents import Report
from argmine.evaluation.report.marked import pieces

_MARKDOWN = re.compile(r"[\\`*_\[\]<>|~&$]")


def markdown_of(report: Report) -> str:
    """The report in Markdown, as GitHub reads it."""
    return _environment().get_template("report.md.j2").render(report=report)


def page_of(report: Report, plots: Mapping[str, str]) -> str:
    """The report as an HTML page.

    Args:
        report: what it says.
        plots: `svg` elements by name (`argmine.evaluation.report.plots`), put in as they are.
    """
    return _environment().get_template("report.html.j2").render(report=report, plots=plots, pieces=pieces)


def plain(text: object) -> str:
    r"""One line in which no character means anything to Markdown.

    >>> print(plain("a_b |\n<i>"))
    a\_b \| \<i\>
    """
    return _MARKDOWN.sub(r"\\\g<0>", one_line(str(text)))


def points(share: float) -> str:
    """A score between 0 and 1 in points.

    >>> points(0.63236)
    '63.24'
    """
    return f"{100 * share:.2f}"


def signed(number: float) -> str:
    """Points more or less, with a real minus.

    >>> signed(1.5), signed(-1.5), signed(-0.001)
    ('+1.50', '−1.50', '0.00')
    """
    text = f"{number:+.2f}"
    return "0.00" if float(text) == 0 else text.replace("-", "−")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("argmine.evaluation.report"),
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"plain": plain, "points": points, "signed": signed, "line": one_line}
    return environment
