"""The page for people: paste, drop or choose a piece, and see its map. All of it comes from this server."""

import base64
import hashlib
from pathlib import Path

from fastapi import APIRouter
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import Response

from argmine.exchange import FORMATS
from argmine.formats.text import read_text
from argmine.view.html import Parts
from argmine.web.settings import Settings

HERE = Path(__file__).parent
EXAMPLES = ("night-buses", "river-swimming", "school-uniform", "cash", "museum-fees", "remote-work")
"""Of the pieces in `seeds/`; a wheel carries them beside this module (pyproject.toml)."""
STATIC = {"page.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}
PLACES = (HERE / "examples", HERE.parent.parent / "seeds")


def pages(settings: Settings, shown: Parts) -> APIRouter:
    """The page, what it loads, and the examples.

    Args:
        settings: of the server.
        shown: of any map; their styles and scripts may run in the page.

    Raises:
        FormatError: an example is missing.
    """
    router = APIRouter(include_in_schema=False)
    page = _environment().get_template("page.html.j2")
    forms = [form for form in FORMATS if form.write]
    token = settings.token is not None
    text = page.render(limits=settings.limits, examples=EXAMPLES, formats=forms, token=token)
    _add(router, "/", text, "text/html", {"Content-Security-Policy": policy(shown)})
    for name, kind in STATIC.items():
        _add(router, f"/{name}", read_text(HERE / "static" / name), kind)
    for name in EXAMPLES:
        _add(router, f"/examples/{name}.txt", example(name), "text/plain")
    return router


def example(name: str) -> str:
    """The text of an example.

    Raises:
        FormatError: it is missing.
    """
    found = (place / f"{name}.txt" for place in PLACES)
    return read_text(next((path for path in found if path.is_file()), PLACES[0] / f"{name}.txt"))


def policy(shown: Parts) -> str:
    """What the page may load: its own files, and the scripts and styles of maps, which are told by their digests.

    A map is shown in a frame without an origin of its own, and such a frame is bound by this policy too.
    """
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *map(_digest, shown.scripts)],
        "style-src": ["'self'", _digest(shown.style)],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(" ".join([name, *sources]) for name, sources in rules.items())


def _digest(part: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'"


def _add(router: APIRouter, path: str, text: str, kind: str, headers: dict[str, str] | None = None) -> None:
    async def show() -> Response:
        return Response(text, media_type=kind, headers={"Cache-Control": "no-cache", **(headers or {})})

    router.add_api_route(path, show)


def _environment() -> Environment:
    loader = PackageLoader("argmine.web", "static")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
