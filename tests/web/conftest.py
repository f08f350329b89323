"""What the tests of the web application share."""

import pytest


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
