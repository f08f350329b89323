"""The files that people read: structure, escaping, and that nothing is fetched."""

import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from argmine.evaluation.context import plain_context
from argmine.evaluation.evaluated import Evaluation, count_rows
from argmine.evaluation.protocols import find_protocol
from argmine.evaluation.report.contents import Report
from argmine.evaluation.report.gather import report_of
from argmine.evaluation.report.plots import plots_of
from argmine.evaluation.report.render import markdown_of, page_of, plain, points, signed
from tests.evaluation.made_up import BASED, CLAIM, GOLD, MAJOR, TIED, evaluated, graph, hostile, sure

VOID = {"meta", "link", "br", "img", "hr", "input", "path", "use"}
END = graph([MAJOR, CLAIM, ("p", "premise", 11, 18)], [TIED, BASED])


class Page(HTMLParser):
    """Elements of a page: tags with their attributes, text by tag, and whether each is closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: dict[str, list[str]] = {}
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.setdefault(self.open[-1] if self.open else "", []).append(data)

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs]

    def tags(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.elements if tag in names]


def page(report: Report) -> str:
    return page_of(report, plots_of(report))


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of(evaluated(sure(END, 0.8, 0.6), GOLD, graph([]), corpus="aae2"))


@pytest.fixture(scope="module")
def hostile_report() -> Report:
    gold, predicted = hostile()
    how, contexts = find_protocol("acl2017-essay"), (plain_context(gold),)
    counts = count_rows(how, [gold], [predicted], contexts)
    name = "<b>a|b</b>"
    return report_of(Evaluation(name, "test", how, name, (gold,), (predicted,), contexts, counts))


@pytest.fixture(scope="module")
def source(report: Report) -> str:
    return page(report)


@pytest.fixture(scope="module")
def parsed(source: str) -> Page:
    return Page(source)


def texts_of(source: str) -> list[str]:
    """The texts of the worst documents, without what stands before and after components."""
    texts = re.findall(r'<div class="text" dir="auto">(.*?)</div>', source, flags=re.DOTALL)
    bare = (re.sub(r'<span class="tag".*?</span>(?: *</span>)?', "", text, flags=re.DOTALL) for text in texts)
    return [unescape(re.sub(r"<[^>]*>", "", text)) for text in bare]


def test_page_is_well_formed(parsed: Page) -> None:
    assert parsed.open == []
    assert parsed.tags("html") == [{"lang": "en"}]


def test_page_fetches_nothing(parsed: Page, source: str) -> None:
    assert not parsed.tags("script", "link", "img", "iframe", "object", "embed", "image")
    assert not parsed.values("src")
    assert not re.search(r"@import|url\((?!#)", source)
    policy = [a["content"] for a in parsed.tags("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_page_has_landmarks_and_one_heading_of_the_first_level(parsed: Page) -> None:
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert len(parsed.tags(landmark)) == 1
    levels = [int(tag[1]) for tag, _ in parsed.elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_scoped_headers(parsed: Page) -> None:
    tables = len(parsed.tags("table"))
    assert tables == len(parsed.tags("caption")) > 6
    assert all(attrs.get("scope") in ("col", "row", "colgroup") for attrs in parsed.tags("th"))


def test_ids_are_unique_and_links_within_the_page_lead_somewhere(parsed: Page) -> None:
    ids = parsed.values("id")
    assert len(ids) == len(set(ids))
    within = [value[1:] for value in parsed.values("href") if value.startswith("#")]
    assert within
    assert {*within, *parsed.values("aria-labelledby")} <= set(ids)


def test_page_knows_light_and_dark_and_print(source: str) -> None:
    assert all(rule in source for rule in ("color-scheme: light dark", "prefers-color-scheme: dark", "@media print"))


def test_texts_stand_in_the_page_as_they_are(source: str, report: Report) -> None:
    texts = [graph.text for document in report.worst for graph in (document.gold, document.predicted)]
    assert texts_of(source) == texts


def test_components_are_marked_by_their_type(source: str) -> None:
    assert f'<mark class="premise">{GOLD.components[2].text}</mark>' in source


def test_what_components_bear_on_is_linked(source: str) -> None:
    assert '3 → <a href="#d1-gold-2">2</a> supports' in source


def test_page_shows_scores_and_published_figures(parsed: Page, report: Report) -> None:
    cells = parsed.text["td"]
    assert points(report.scores[0].score) in cells
    assert "66.21" in cells
    assert "https://aclanthology.org/P17-1002/" in parsed.values("href")


def test_hostile_text_is_shown_not_obeyed(hostile_report: Report) -> None:
    source = page(hostile_report)
    found = Page(source)
    assert found.open == []
    assert not found.tags("script", "img", "b")
    assert not found.values("onerror")
    assert not re.search("[\x1b\u202e]", source)
    assert any("<img src=x onerror=alert(1)>" in text for text in found.text["mark"])
    assert "<script>alert(1)</script>" in "".join(found.text["h3"])


@pytest.mark.parametrize("name", ["report", "hostile_report"])
def test_rows_of_markdown_tables_have_as_many_cells_as_their_header(name: str, request: pytest.FixtureRequest) -> None:
    blocks = re.findall(r"(?:^\|.*\n)+", markdown_of(request.getfixturevalue(name)), flags=re.MULTILINE)
    assert len(blocks) > 5
    for block in blocks:
        lines = block.splitlines()
        assert re.fullmatch(r"(\|---)+\|", lines[1])
        assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {lines[1].count("|")}


def test_markdown_tables_stand_apart(report: Report) -> None:
    """A table begins after an empty line, or Markdown takes it for text."""
    lines = markdown_of(report).splitlines()
    starts = [n for n, line in enumerate(lines) if re.fullmatch(r"(\|---)+\|", line)]
    assert starts
    assert all(lines[n - 2] == "" and lines[n - 1].startswith("|") for n in starts)


def test_markdown_says_the_same(report: Report) -> None:
    text = markdown_of(report)
    first = report.scores[0]
    assert f"(`c_f1_100`) | **{points(first.score)}** |" in text
    assert (
        "| LSTM-ER | 66.21 | 73.02 | 29.56 | 32.72 |  | [Eger et al. 2017](https://aclanthology.org/P17-1002/) |"
        in text
    )
    assert report.reliability
    for table in report.reliability:
        told = f"expected calibration error {table.ece:.3f} ({table.ece_by_chance:.3f} by chance)"
        assert told in text.replace("\n", " ")
        assert told in page(report)
    premise = next(line for line in text.splitlines() if "*other edges*" in line)
    told = "**3 premise** → 2 + *other edges*:"
    assert premise == f"| {told} {GOLD.components[2].text} | {told} {END.components[2].text} |"


def test_markdown_leaves_no_character_of_a_text_to_mean_anything(hostile_report: Report) -> None:
    text = markdown_of(hostile_report)
    assert "<img" not in re.sub(r"\\<", "", text)
    assert not re.search(r"(?<!\\)\[a(?<!\\)\]\(javascript", text)


def test_plain_is_one_line() -> None:
    assert plain("a\n\tb\x1b") == "a b\ufffd"


def test_minus_is_a_minus() -> None:
    assert (signed(-2), signed(0), signed(2)) == ("−2.00", "0.00", "+2.00")


def test_report_without_probabilities_or_intervals_says_so() -> None:
    report = report_of(evaluated(END))
    text, source = markdown_of(report), page(report)
    for sentence in ("One document has no interval.", "The predictions have none."):
        assert sentence in text
        assert sentence in source


def test_report_of_nothing_to_score_has_no_worst_documents() -> None:
    report = report_of(evaluated(graph([]), gold=graph([])))
    assert "## The 0 worst documents" in markdown_of(report)
    assert Page(page(report)).open == []
