"""The map in Chromium: what is clicked, what is lit, and that nothing leaves the page."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Browser, Locator, Page, expect

from argmine.document import Document
from argmine.graph import DETACHED, ArgumentGraph
from argmine.view.html.page import data_of
from tests.browser import Visit, violations, visit
from tests.graphs import chain_graph, mined_graph, tram_graph
from tests.made_up_graphs import graphs
from tests.view.map_graphs import great_graph, nasty_graph, tangled_graph, unsure_graph

pytestmark = pytest.mark.slow

Open = Callable[..., Page]
FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
POINT = """place => document.querySelectorAll('.am-seg')[place]
  .dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))"""
LIT = re.compile(r"\bam-lit\b")
NEAR = re.compile(r"\bam-near\b")


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a graph's map; at the end no page may have complained or asked for anything."""
    visits: list[tuple[Any, Visit]] = []

    def opened(graph: ArgumentGraph, **options: Any) -> Page:
        path = tmp_path / f"map{len(visits)}.html"
        path.write_text(graph.to_html(), encoding="utf-8")
        visiting = visit(browser, path.as_uri(), **options)
        visits.append((visiting, visiting.__enter__()))
        return visits[-1][1].page

    yield opened
    for visiting, seen in visits:
        visiting.__exit__(None, None, None)
        assert seen.complaints == []
        assert seen.requests == []


def card(page: Page, text: str) -> Locator:
    return page.get_by_role("treeitem").filter(has_text=text)


def mark(page: Page, text: str) -> Locator:
    return page.locator(".am-seg", has_text=text)


def shown(page: Page) -> list[str]:
    """The first statement of each card in sight, in the order of reading."""
    found = page.locator(".am-band:not(.am-gone) .am-card").evaluate_all(
        "cards => cards.map(c => [...c.querySelectorAll('.am-text')].find(t => t.checkVisibility())?.textContent ?? '')"
    )
    return list(map(str, found))


def slide(page: Page, kind: str, percent: int) -> None:
    page.locator(f".am-{kind}-slider").evaluate(
        "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input')); }", percent
    )


def focused(page: Page) -> str:
    """The text of the card or stretch that has the focus."""
    element = page.locator(":focus")
    texts = element.locator(".am-text").all() or element.all()
    return texts[0].text_content() or ""


# What is lit.


def test_pointing_at_a_card_lights_its_place_in_the_text(show: Open) -> None:
    page = show(tram_graph())
    card(page, "They are quiet").hover()
    expect(mark(page, "They are quiet")).to_have_class(LIT)
    expect(page.locator(".am-seg.am-lit")).to_have_count(1)


def test_pointing_at_the_text_lights_the_card_and_what_it_is_tied_to(show: Open) -> None:
    page = show(tram_graph())
    mark(page, "Buses are cheaper").hover()
    expect(card(page, "Buses are cheaper")).to_have_class(LIT)
    expect(card(page, "they are loud")).to_have_class(NEAR)
    expect(card(page, "keep them")).to_have_class(NEAR)
    expect(card(page, "They are quiet")).not_to_have_class(NEAR)


def test_light_goes_out_when_nothing_is_pointed_at(show: Open) -> None:
    page = show(tram_graph())
    mark(page, "Buses are cheaper").hover()
    page.locator(".am-title").hover()
    expect(page.locator(".am-lit, .am-near")).to_have_count(0)


def test_each_statement_of_the_thesis_lights_the_one_root(show: Open) -> None:
    page = show(tram_graph())
    for statement in ("Keep the trams", "keep them"):
        mark(page, statement).hover()
        expect(card(page, "also stated")).to_have_class(LIT)
        expect(page.locator(".am-statement.am-lit")).to_have_text(re.compile(f"{statement}$"))


def test_click_keeps_a_component_lit_until_it_is_let_go(show: Open) -> None:
    page = show(tram_graph())
    mark(page, "They are quiet").click()
    page.locator(".am-title").hover()
    expect(card(page, "They are quiet")).to_have_class(LIT)
    expect(card(page, "They are quiet")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".am-lit")).to_have_count(0)


def test_click_on_another_component_lets_the_first_go(show: Open) -> None:
    page = show(tram_graph())
    card(page, "They are quiet").click()
    card(page, "they are loud").click()
    page.locator(".am-title").hover()
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    expect(mark(page, "they are loud")).to_have_class(LIT)


def test_component_that_is_out_of_sight_comes_into_view(show: Open) -> None:
    page = show(great_graph())
    last = page.get_by_role("treeitem").last
    last.evaluate("card => card.click()")
    text = last.locator(".am-text").inner_text()
    expect(mark(page, text).first).to_be_in_viewport()
    expect(last).to_be_in_viewport()


def test_focus_of_the_keys_lights_as_pointing_does(show: Open) -> None:
    page = show(tram_graph())
    card(page, "keep them").focus()
    page.keyboard.press("ArrowDown")
    expect(mark(page, "They are quiet")).to_have_class(LIT)
    page.keyboard.press("t")
    assert focused(page) == "They are quiet"
    expect(card(page, "They are quiet")).to_have_class(LIT)


# The text.


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graphs())
def test_underlined_is_what_the_components_say(browser: Browser, tmp_path: Path, graph: ArgumentGraph) -> None:
    """Code points here, UTF-16 units there; a line's end is not underlined, and a browser shows NUL as it likes."""
    path = tmp_path / "map.html"
    path.write_text(graph.to_html(), encoding="utf-8")
    with visit(browser, path.as_uri()) as seen:
        found = seen.page.evaluate(
            "[...document.querySelectorAll('.am-under[data-id]')].map(e => [e.dataset.id, e.textContent])"
        )
    told: dict[str, str] = {}
    for name, text in found:
        told[name] = told.get(name, "") + text
    assert seen.complaints == []
    wanted = {c.id: _without_breaks(c.text) for c in graph.components}
    assert told == {name: text for name, text in wanted.items() if name in told}
    assert all(not text.strip() for name, text in wanted.items() if name not in told)


def _without_breaks(text: str) -> str:
    return re.sub("[\n\r\u2028\u2029]", "", text)


def test_text_that_a_program_broke_flows_and_other_lines_stay(show: Open) -> None:
    broken = "\n".join(["a line of some fifty or sixty letters, as in an email"] * 4)
    page = show(ArgumentGraph(id="d", text=f"A title\n{'Long. ' * 30}\n\n{broken}\n\nOne\nTwo"))
    assert page.locator(".am-prose p").count() == 5
    assert page.locator(".am-prose p.am-flows").all_inner_texts() == [broken.replace("\n", " ")]


def test_roles_have_lines_of_their_own_kind(show: Open) -> None:
    page = show(tram_graph())
    styles = {
        page.locator(f".am-prose .am-under[data-type={kind}]").first.evaluate(
            "e => getComputedStyle(e).textDecorationStyle"
        )
        for kind in ("major_claim", "claim", "premise")
    }
    assert styles == {"double", "solid", "dotted"}


def test_overlapping_components_have_their_lines_below_each_other(show: Open) -> None:
    page = show(tangled_graph())
    offsets = page.locator(".am-prose .am-under").evaluate_all(
        "e => e.map(x => getComputedStyle(x).textUnderlineOffset)"
    )
    assert len(set(offsets)) == 2


def test_nothing_in_a_text_becomes_an_element(show: Open) -> None:
    page = show(nasty_graph())
    assert page.locator("img, body script script, .am-body script, .am-head script").count() == 0
    assert page.locator(".am-title").inner_text().startswith("<script>alert(1)</script><img src=x")
    assert page.locator(".am-text").first.inner_text().startswith("<script>alert(1)</script><img src=x")


def test_directions_of_scripts_are_kept_apart(show: Open) -> None:
    text = "يجب أن تبقى الترامات\nKeep the trams"
    page = show(ArgumentGraph.build(Document(id="d", text=text), [("a", "claim", 0, 20), ("b", "claim", 21, 35)]))
    for selector in (".am-prose p", ".am-text"):
        directions = page.locator(selector).evaluate_all("e => e.map(x => getComputedStyle(x).direction)")
        assert directions == ["rtl", "ltr"]


# The tree.


def test_support_and_attack_differ_in_word_sign_and_line(show: Open) -> None:
    page = show(tram_graph())
    support, attack = card(page, "They are quiet"), card(page, "Buses are cheaper")
    assert support.locator(".am-kind").inner_text() == "supports claim"
    assert attack.locator(".am-kind").inner_text() == "attacks claim"
    assert (support.locator(".am-sign").inner_text(), attack.locator(".am-sign").inner_text()) == ("+", "−")
    lines = [c.evaluate("e => getComputedStyle(e, '::before').borderTopStyle") for c in (support, attack)]
    assert lines == ["solid", "dashed"]


@pytest.mark.parametrize("layout", ["diagram", "list"])
@pytest.mark.parametrize("make", [great_graph, tram_graph, lambda: chain_graph(40)])
def test_no_card_lies_on_another(show: Open, layout: str, make: Callable[[], ArgumentGraph]) -> None:
    page = show(make())
    page.locator(f".am-layout[value={layout}]").check(force=True)
    boxes = page.get_by_role("treeitem").evaluate_all(
        "cards => cards.map(c => c.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
    )
    boxes.sort()
    for n, (_, top, right, bottom) in enumerate(boxes):
        for left, other_top, _, other_bottom in boxes[n + 1 :]:
            assert left >= right or other_top >= bottom or other_bottom <= top


def test_cards_stand_right_of_what_they_hang_on(show: Open) -> None:
    page = show(tram_graph())
    places = [card(page, text).bounding_box() for text in ("keep them", "Buses are cheaper", "they are loud")]
    lefts = [place["x"] for place in places if place]
    assert lefts == sorted(set(lefts))
    assert len(lefts) == 3


def test_root_stays_in_sight_while_its_tree_is_read(show: Open) -> None:
    page = show(great_graph())
    page.locator(".am-trees").evaluate("pane => { pane.scrollTop = pane.scrollHeight / 2; }")
    expect(page.get_by_role("treeitem").first).to_be_in_viewport()


def test_fold_hides_what_hangs_on_a_card_and_counts_it(show: Open) -> None:
    page = show(tram_graph())
    root = card(page, "keep them")
    root.locator(".am-fold").click()
    assert shown(page) == ["keep them"]
    expect(root).to_have_attribute("aria-expanded", "false")
    expect(root.locator(".am-fold")).to_have_text("3")
    root.locator(".am-fold").click()
    assert len(shown(page)) == 4


def test_folded_component_is_shown_by_the_card_that_hides_it_and_unfolded_by_a_click(show: Open) -> None:
    page = show(tram_graph())
    page.get_by_role("button", name="Fold all").click()
    mark(page, "they are loud").hover()
    expect(card(page, "keep them")).to_have_class(re.compile("am-hides"))
    mark(page, "they are loud").click()
    expect(card(page, "they are loud")).to_be_visible()


def test_all_is_folded_and_unfolded_by_one_button(show: Open) -> None:
    page = show(great_graph())
    page.get_by_role("button", name="Fold all").click()
    assert len(shown(page)) == 1
    page.get_by_role("button", name="Unfold all").click()
    assert len(shown(page)) == 497


def test_graph_that_is_no_forest_is_drawn_and_says_so(show: Open) -> None:
    page = show(tangled_graph())
    expect(page.locator(".am-notes")).to_contain_text("These relations form no tree")
    expect(page.locator(".am-notes")).to_contain_text("2 relations more are told on the card where they begin")
    expect(card(page, "they are cheap. Keep").locator(".am-aside")).to_have_text(
        re.compile("also supports .*Trams are quiet")
    )
    card(page, "they are cheap. Keep").locator(".am-aside").click()
    page.locator(".am-title").hover()
    expect(mark(page, "Trams are quiet")).to_have_class(LIT)


def test_root_that_was_cut_off_says_so(show: Open) -> None:
    page = show(unsure_graph().model_copy(update={"relations": (), "meta": {DETACHED: ["a"]}}))
    expect(card(page, "They are quiet")).to_contain_text("detached: what it bears on is unsure")
    expect(card(page, "Cats do not")).not_to_contain_text("detached")


def test_warnings_and_what_was_not_read_are_told(show: Open) -> None:
    page = show(mined_graph().model_copy(update={"read": 0.8}))
    assert page.locator(".am-notes li").all_inner_texts() == ["the text is short", "80% of the text was read."]


@pytest.mark.parametrize(
    ("text", "said"), [("", "The text is empty."), ("Hello.", "No argument was found in this piece.")]
)
def test_empty_graph_says_what_is_missing(show: Open, text: str, said: str) -> None:
    page = show(ArgumentGraph(id="d", text=text))
    expect(page.get_by_text(said)).to_be_visible()
    assert page.get_by_role("tree").count() == 0
    assert violations(page) == []


def test_card_that_is_kept_shows_its_whole_text(show: Open) -> None:
    text = "word " * 500
    parts = [("c", "claim", 0, 999), ("p", "premise", 1000, 2499), ("q", "premise", 2499, 2500)]
    graph = ArgumentGraph.build(Document(id="d", text=text), parts, [("p", "c", "support"), ("q", "c", "support")])
    page = show(graph)
    cards = page.get_by_role("treeitem")
    tops = [(cards.nth(2).bounding_box() or {"y": 0})["y"]]
    for _ in range(2):
        cards.nth(1).locator(".am-kind").click()
        tops.append((cards.nth(2).bounding_box() or {"y": 0})["y"])
    assert tops[0] == tops[2] < tops[1]


def test_long_text_of_a_card_is_cut_until_the_whole_is_asked_for(show: Open) -> None:
    text = "word " * 500
    page = show(ArgumentGraph.build(Document(id="d", text=text), [("c", "claim", 0, 2499)]))
    only = page.get_by_role("treeitem")
    before = only.bounding_box()
    only.focus()
    page.keyboard.press("Space")
    after = only.bounding_box()
    assert before is not None
    assert after is not None
    assert before["height"] < 300 < after["height"]


# Certainty.


def test_probabilities_are_shown_on_demand(show: Open) -> None:
    page = show(unsure_graph())
    assert not page.locator(".am-p:visible").count()
    page.get_by_text("Certainty").click()
    page.get_by_label("Show probabilities").check()
    assert card(page, "They are quiet").locator(".am-kind").inner_text() == "supports 30% claim 50%"


def test_gold_has_no_certainty_to_show(show: Open) -> None:
    expect(show(tram_graph()).get_by_text("Certainty")).to_be_hidden()


def test_unsure_component_with_something_sure_on_it_leaves_its_place(show: Open) -> None:
    page = show(unsure_graph())
    slide(page, "component", 60)
    assert shown(page) == ["Keep trams", "", "Nobody hears them", "They are safe"]
    ghost, kept = page.locator(".am-ghost"), card(page, "Nobody hears them")
    assert ghost.inner_text() == "hidden, not sure enough"
    expect(kept).to_contain_text("target hidden")
    expect(kept).to_have_attribute("aria-level", "3")
    assert page.locator(".am-prose .am-under:not(.am-gone)").all_inner_texts() == [
        "Keep trams",
        "Nobody hears them",
        "They are safe",
    ]


def test_unsure_relation_leaves_its_components_where_they_are(show: Open) -> None:
    page = show(unsure_graph())
    slide(page, "relation", 20)
    assert len(shown(page)) == 5
    expect(card(page, "They are safe")).to_contain_text("relation hidden")
    expect(card(page, "They are safe").locator(".am-sign")).to_be_hidden()
    expect(card(page, "They are safe")).to_have_attribute("aria-level", "2")


def test_what_is_left_is_counted_and_comes_back(show: Open) -> None:
    page = show(unsure_graph())
    slide(page, "component", 60)
    expect(page.locator(".am-left")).to_have_text("3 of 5 components and 1 of 4 relations shown.")
    slide(page, "component", 0)
    expect(page.locator(".am-left")).to_have_text("5 of 5 components and 4 of 4 relations shown.")
    assert len(shown(page)) == 5
    expect(page.locator(".am-ghost, .am-unlinked")).to_have_count(0)


def test_hidden_component_is_not_lit(show: Open) -> None:
    page = show(unsure_graph())
    slide(page, "component", 100)
    assert shown(page) == []
    mark(page, "Keep trams").hover()
    expect(page.locator(".am-lit")).to_have_count(0)


# Search.


def test_search_counts_and_goes_from_one_to_the_next(show: Open) -> None:
    page = show(tram_graph())
    page.get_by_role("button", name="Fold all").click()
    page.keyboard.press("/")
    page.keyboard.type("THEY  are")
    expect(page.locator(".am-found")).to_have_text("2 in the text, 2 components")
    page.keyboard.press("Enter")
    expect(card(page, "They are quiet")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(card(page, "they are loud")).to_have_attribute("aria-selected", "true")
    expect(card(page, "they are loud")).to_be_visible()
    page.keyboard.press("Shift+Enter")
    expect(card(page, "They are quiet")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".am-hit")).to_have_count(0)


def test_search_takes_signs_as_they_are(show: Open) -> None:
    page = show(nasty_graph())
    page.get_by_role("searchbox").fill("alert(1)")
    expect(page.locator(".am-found")).to_have_text("4 in the text, 2 components")
    page.get_by_role("searchbox").fill("alert.1.")
    expect(page.locator(".am-found")).to_have_text("0 in the text, 0 components")


def test_found_words_are_marked_on_both_sides(show: Open) -> None:
    page = show(tram_graph())
    page.get_by_role("searchbox").fill("they are quiet")
    marked = page.evaluate("[...CSS.highlights.get('am-found')].map(String)")
    assert marked == ["They are quiet", "They are quiet"]


def test_search_leaves_out_what_is_hidden(show: Open) -> None:
    page = show(unsure_graph())
    page.get_by_role("searchbox").fill("they are")
    expect(page.locator(".am-found")).to_have_text("2 in the text, 2 components")
    slide(page, "component", 60)
    expect(page.locator(".am-found")).to_have_text("2 in the text, 1 component")


# Keys.


def test_arrows_walk_through_the_tree(show: Open) -> None:
    page = show(tram_graph())
    page.get_by_role("treeitem").first.focus()
    steps = [
        ("ArrowDown", "They are quiet"),
        ("ArrowDown", "Buses are cheaper"),
        ("ArrowRight", "they are loud"),
        ("ArrowDown", "they are loud"),
        ("ArrowLeft", "Buses are cheaper"),
        ("ArrowUp", "They are quiet"),
        ("ArrowLeft", "keep them"),
        ("End", "they are loud"),
        ("Home", "keep them"),
    ]
    for key, text in steps:
        page.keyboard.press(key)
        assert focused(page) == text, key


def test_arrows_fold_and_unfold(show: Open) -> None:
    page = show(tram_graph())
    card(page, "Buses are cheaper").focus()
    page.keyboard.press("ArrowLeft")
    assert shown(page) == ["keep them", "They are quiet", "Buses are cheaper"]
    page.keyboard.press("ArrowRight")
    assert len(shown(page)) == 4


def test_asterisk_unfolds_all_beside_a_card(show: Open) -> None:
    page = show(great_graph(120))
    page.get_by_role("treeitem").first.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Fold all").click()
    page.get_by_role("treeitem").first.focus()
    page.keyboard.press("ArrowRight")
    before = len(shown(page))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("*")
    assert len(shown(page)) > before
    assert page.locator(".am-card[aria-level='2'][aria-expanded=false]").count() == 0


def test_tree_and_text_are_one_stop_each_of_the_tab_key(show: Open) -> None:
    page = show(great_graph())
    assert page.locator(".am-card[tabindex='0']").count() == 1
    assert page.locator(".am-seg[tabindex='0']").count() == 1


def test_arrows_walk_through_the_components_of_the_text(show: Open) -> None:
    page = show(tangled_graph())
    page.locator(".am-seg[tabindex='0']").focus()
    lit = []
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
        lit.append(page.locator(".am-card.am-lit").get_attribute("data-id"))
    assert lit == ["a", "b", "c", "d", "d", "c"]


def test_focus_stays_in_the_tree_when_its_card_is_folded_away(show: Open) -> None:
    page = show(tram_graph())
    card(page, "they are loud").focus()
    page.get_by_role("button", name="Fold all").click()
    assert page.locator(".am-card[tabindex='0']").get_attribute("data-id") == "c5"


# How it looks.


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("layout", ["diagram", "list"])
@pytest.mark.parametrize("make", [unsure_graph, tangled_graph, tram_graph])
def test_axe_finds_no_violation(show: Open, scheme: str, layout: str, make: Callable[[], ArgumentGraph]) -> None:
    page = show(make(), color_scheme=scheme)
    page.locator(f".am-layout[value={layout}]").check(force=True)
    assert violations(page) == []
    page.get_by_role("treeitem").last.click()
    page.get_by_role("searchbox").fill("they")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    if make is unsure_graph:
        page.get_by_label("Show probabilities").check()
        slide(page, "component", 60)
    assert violations(page) == []


def test_axe_finds_no_violation_on_a_phone(show: Open) -> None:
    assert (
        violations(show(unsure_graph(), viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)) == []
    )


@pytest.mark.parametrize("width", [320, 390, 820])
def test_page_is_no_wider_than_a_narrow_window(show: Open, width: int) -> None:
    page = show(unsure_graph(), viewport={"width": width, "height": 740})
    page.get_by_text("Certainty").click()
    panel = page.locator(".am-sureness .am-panel").bounding_box()
    assert panel is not None
    assert 0 <= panel["x"] <= panel["x"] + panel["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") == width
    panes = [page.locator(pane).bounding_box() for pane in (".am-piece", ".am-trees")]
    assert all(pane and pane["width"] == width and pane["height"] > 150 for pane in panes)


def test_system_decides_on_dark_until_the_switch_is_used(show: Open) -> None:
    page = show(tram_graph(), color_scheme="dark")
    dark = page.locator(".am").evaluate("e => getComputedStyle(e).backgroundColor")
    switch = page.get_by_role("button", name="Dark")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert page.locator(".am").evaluate("e => getComputedStyle(e).backgroundColor") != dark


def test_print_has_all_of_text_and_tree_and_no_tools(show: Open) -> None:
    page = show(great_graph())
    page.emulate_media(media="print")
    expect(page.locator(".am-tools")).to_be_hidden()
    heights = page.evaluate(
        "['.am-piece', '.am-trees'].map(s => { const e = document.querySelector(s);"
        " return [e.scrollHeight, e.clientHeight, e.scrollWidth, e.clientWidth]; })"
    )
    assert all(whole == seen and wide <= room for whole, seen, wide, room in heights)
    tops = page.get_by_role("treeitem").evaluate_all("cards => cards.map(c => c.getBoundingClientRect().top)")
    assert tops == sorted(tops)


# What leaves the page, what it runs in, and how fast it is.


def test_policy_forbids_what_a_script_might_fetch(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text(tram_graph().to_html(), encoding="utf-8")
    with visit(browser, path.as_uri()) as seen:
        tried = seen.page.evaluate(
            "async () => [await fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused'),"
            " await new Promise(done => { const image = new Image(); image.onload = () => done('sent');"
            " image.onerror = () => done('refused'); image.src = 'http://127.0.0.1:9/a.png'; })]"
        )
        assert tried == ["refused", "refused"]
        assert any("Content Security Policy" in complaint for complaint in seen.complaints)


def test_page_draws_in_a_notebook_s_frame(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><title>n</title>{tram_graph()._repr_html_()}", encoding="utf-8")
    with visit(browser, path.as_uri()) as seen:
        inside = seen.page.frame_locator("iframe")
        expect(inside.get_by_role("treeitem")).to_have_count(4)
        inside.locator(".am-seg", has_text="They are quiet").hover()
        expect(inside.get_by_role("treeitem").filter(has_text="They are quiet")).to_have_class(LIT)
        assert seen.complaints == []


def test_another_graph_can_be_drawn_in_the_place_of_one(show: Open) -> None:
    page = show(tram_graph())
    page.evaluate("data => argmineMap(document.querySelector('.am'), data)", json.loads(data_of(unsure_graph())))
    assert shown(page)[0] == "Keep trams"
    mark(page, "They are safe").hover()
    expect(card(page, "They are safe")).to_have_class(LIT)


def test_ten_thousand_words_with_five_hundred_components_stay_fluid(browser: Browser, tmp_path: Path) -> None:
    """Time that the page's thread worked, for the machine may be busy: to its first paint, and for each light."""
    graph = great_graph()
    assert (len(graph.components), len(graph.text.split()) // 1000) == (500, 10)
    path = tmp_path / "map.html"
    path.write_text(graph.to_html(), encoding="utf-8")
    with visit(browser, "about:blank") as seen:
        session = seen.page.context.new_cdp_session(seen.page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})

        def worked() -> float:
            metrics = session.send("Performance.getMetrics")["metrics"]
            return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))

        seen.page.goto(path.as_uri())
        seen.page.evaluate(FRAMES)
        drawn = worked()
        for place in range(0, 500, 50):
            seen.page.evaluate(POINT, place)
            seen.page.evaluate(FRAMES)
        assert drawn < 2
        assert (worked() - drawn) / 10 < 0.1
