"""The application: its parts put together."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer
from starlette.routing import Route

import argmine
from argmine.view.html import parts_of
from argmine.web import api
from argmine.web.admission import Admission
from argmine.web.batching import Miner
from argmine.web.guard import Guard
from argmine.web.page import pages
from argmine.web.refusals import speak_our_words
from argmine.web.service import Service
from argmine.web.settings import Settings
from argmine.web.unread import Unread
from argmine.web.watch import Watch

DESCRIPTION = """Argument mining: the claims and premises of a text, and what supports or attacks what.

Offsets count Unicode code points. No text is kept or logged. A request that is not answered gets a `Problem`.
"""
BEARER = HTTPBearer(auto_error=False, scheme_name="token", description="The token that the server was started with.")
"""For the description: `Guard` has looked at it before."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


def create_app(miner: Miner, settings: Settings | None = None, *, model: str = "") -> FastAPI:
    """The application over a miner; a server runs it, or a test.

    Args:
        miner: what mines; it is used by one thread alone.
        settings: how the server is run, by default for this machine alone.
        model: what mines, by name and revision.
    """
    settings = settings or Settings()
    service = Service(miner, settings, model=model)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with service.running():
            yield

    app = FastAPI(
        title="argmine",
        version=argmine.__version__,
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.service = service
    paths = {str(app.openapi_url)}
    shown = [] if settings.token is None else [Depends(BEARER)]
    for router in (api.router, api.open_router, pages(settings, parts_of(api.EXAMPLE))):
        app.include_router(router, dependencies=shown if router is api.router else [])
        paths |= {route.path for route in router.routes if isinstance(route, Route)}
    speak_our_words(app)
    _surround(app, service, frozenset(paths))
    return app


def _surround(app: FastAPI, service: Service, paths: Collection[str]) -> None:
    """From the inside out."""
    settings = service.settings
    app.add_middleware(Admission, gate=service.gate, limits=settings.limits)
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(Watch, gate=service.gate, telemetry=service.telemetry, paths=paths, headers=HEADERS)
    app.add_middleware(Unread)
