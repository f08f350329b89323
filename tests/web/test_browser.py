"""The page in a browser: a piece is pasted, dropped, opened or chosen, and its map is there."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from argmine.document import Document
from argmine.formats.graph_json import read_graph
from argmine.web.page import EXAMPLES, example
from tests.browser import violations, visit
from tests.web.process import Running, slow
from tests.web.stand_in import graph_of

pytestmark = pytest.mark.slow
TOKEN = "open-sesame"  # noqa: S105 (made up)
TEXT = "Keep the trams. They are <b>quiet</b> & cheap."
FOUND = "0 major claims, 1 claim, 1 premise"
ANSWERED = re.compile(r"the server responded with a status of (413|500)")
DROP = """([name, encoded]) => {
    const dataTransfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], name, { type: "text/plain" }));
    const options = { dataTransfer, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent("dragover", options));
    document.body.dispatchEvent(new DragEvent("drop", options));
}"""


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with slow(0) as started:
        yield started


@pytest.fixture(scope="module")
def guarded() -> Iterator[Running]:
    """A server that demands a token."""
    with slow(0, token=TOKEN) as started:
        yield started


@pytest.fixture
def page(browser: Browser, server: Running) -> Iterator[Page]:
    """The page, opened; it asks nothing of any other server, and complains of nothing but an answer of this one."""
    with visit(browser, server.url, accept_downloads=True) as seen:
        yield seen.page
    assert [url for url in seen.requests if not url.startswith((server.url, "blob:", "about:"))] == []
    assert [text for text in seen.complaints if not ANSWERED.search(text)] == []


def drop(page: Page, name: str, content: bytes) -> None:
    """Drops a file on the page."""
    page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def shown(page: Page) -> Frame:
    """The map's frame, once the map is drawn."""
    expect(page.locator("#found")).to_be_visible()
    expect(page.frame_locator("#map").locator(".am-body")).to_be_visible()
    return page.frames[1]


def piece_of(frame: Frame) -> str:
    return str(frame.locator(".am-prose").text_content())


def test_a_pasted_piece_becomes_a_map(page: Page) -> None:
    page.get_by_label("An essay or opinion piece").fill(TEXT)
    page.get_by_role("button", name="Show the arguments").click()
    assert piece_of(shown(page)) == TEXT
    expect(page.locator("#found")).to_have_text(FOUND)
    expect(page.locator("#found")).to_be_focused()


def test_keys_are_enough(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.type(TEXT)
    page.keyboard.press("Control+Enter")
    assert piece_of(shown(page)) == TEXT


def test_a_dropped_file_becomes_a_map(page: Page) -> None:
    drop(page, "trams.txt", TEXT.encode())
    frame = shown(page)
    assert piece_of(frame) == TEXT
    assert frame.locator(".am-title").text_content() == "trams"


def test_an_opened_file_is_taken_character_for_character(page: Page, tmp_path: Path) -> None:
    (tmp_path / "trams.txt").write_bytes(b"\xef\xbb\xbfKeep\r\nthe trams.")
    page.set_input_files("#file", tmp_path / "trams.txt")
    shown(page)
    page.select_option("#format", "json")
    with page.expect_download() as loading:
        page.get_by_role("button", name="Save").click()
    loading.value.save_as(tmp_path / "saved.json")
    assert loading.value.suggested_filename == "trams.json"
    assert read_graph(tmp_path / "saved.json") == graph_of(Document(id="trams", text="\ufeffKeep\r\nthe trams."))


@pytest.mark.parametrize("name", EXAMPLES[:2])
def test_an_example_becomes_a_map(page: Page, name: str) -> None:
    page.select_option("#example", name)
    frame = shown(page)
    assert "".join(piece_of(frame).split()) == "".join(example(name).split())


def test_another_piece_can_follow(page: Page) -> None:
    page.select_option("#example", EXAMPLES[0])
    shown(page)
    page.get_by_role("button", name="Another piece").click()
    expect(page.locator("#map")).to_be_hidden()
    page.get_by_label("An essay or opinion piece").fill(TEXT)
    page.get_by_role("button", name="Show the arguments").click()
    expect(page.frame_locator("#map").locator(".am-prose")).to_have_text(TEXT)


def test_the_map_itself_can_be_saved(page: Page, tmp_path: Path) -> None:
    drop(page, "trams.txt", TEXT.encode())
    shown(page)
    with page.expect_download() as loading:
        page.get_by_role("button", name="Save").click()
    loading.value.save_as(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text("utf-8") == graph_of(Document(id="trams", text=TEXT)).to_html()


def test_what_a_format_loses_is_told(page: Page) -> None:
    drop(page, "trams.txt", TEXT.encode())
    shown(page)
    page.select_option("#format", "dot")
    with page.expect_download():
        page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_have_text("dot keeps no text outside components")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"raise an error", "the server failed; its log says where"),
        ("a.txt", b"word " * 20_001, "a text has at most 100000 characters, this has 100005 (text)"),
        ("a.txt", b"a" * 2_100_000, "a.txt has 2100000 bytes; 2097152 are the most."),
        ("a.txt", b"\xff\xfe", "a.txt is no text in UTF-8."),
        ("a.txt", b" \n", "There is no text yet."),
    ],
)
def test_what_goes_wrong_is_shown(page: Page, name: str, content: bytes, told: str) -> None:
    drop(page, name, content)
    expect(page.get_by_role("alert")).to_have_text(told)
    expect(page.get_by_role("button", name="Show the arguments")).to_be_enabled()
    page.get_by_label("An essay or opinion piece").fill(TEXT)
    page.get_by_role("button", name="Show the arguments").click()
    shown(page)
    expect(page.get_by_role("alert")).to_be_empty()


def test_a_server_that_is_gone_is_told(browser: Browser) -> None:
    with slow(0) as server, visit(browser, server.url) as seen:
        page = seen.page
        server.process.kill()
        page.get_by_label("An essay or opinion piece").fill(TEXT)
        page.get_by_role("button", name="Show the arguments").click()
        expect(page.get_by_role("alert")).to_have_text("The server cannot be reached.")


def test_a_token_is_asked_for_and_shown(browser: Browser, guarded: Running) -> None:
    with visit(browser, guarded.url) as seen:
        page = seen.page
        page.get_by_label("An essay or opinion piece").fill(TEXT)
        page.get_by_role("button", name="Show the arguments").click()
        expect(page.get_by_role("alert")).to_have_text("show the token: Authorization: Bearer … (Authorization)")
        page.get_by_label("Token").fill(TOKEN)
        page.get_by_role("button", name="Show the arguments").click()
        assert piece_of(shown(page)) == TEXT


def test_the_map_cannot_reach_the_page(page: Page) -> None:
    """Whatever a text did to it, its frame has an origin of its own, and may load nothing."""
    drop(page, "trams.txt", TEXT.encode())
    frame = shown(page)
    assert frame.evaluate("self.origin") == "null"
    reached = "() => { try { return parent.document.title; } catch (error) { return error.name; } }"
    assert frame.evaluate(reached) == "SecurityError"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert violations(page.main_frame) == []
    drop(page, "a.txt", b"\xff")
    expect(page.get_by_role("alert")).not_to_be_empty()
    assert violations(page.main_frame) == []
    page.select_option("#example", EXAMPLES[0])
    frame = shown(page)
    assert violations(page.main_frame) == []
    assert violations(frame) == []


@pytest.mark.parametrize("width", [320, 768])
def test_nothing_is_cut_off_on_a_narrow_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.select_option("#example", EXAMPLES[0])
    shown(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
