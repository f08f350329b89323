"""The report of an evaluation as JSON, Markdown and one HTML page.

From the bottom up:

    contents      what a report says
    side_by_side  a document's gold graph beside the predicted one
    gather        from an evaluation to its report
    plots         pictures as SVG (needs matplotlib)
    marked        a text cut at the edges of its components
    render        Markdown and HTML, from `templates/`
    write         `write_report`
"""

from argmine.evaluation.report.plots import require_matplotlib
from argmine.evaluation.report.write import write_report

__all__ = ["require_matplotlib", "write_report"]
