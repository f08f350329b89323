"""The application against its own OpenAPI description: schemathesis's own command, over a real connection."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.process import slow

TOKEN = "open-sesame"  # noqa: S105 (made up)
# A component's text stands where the component says, and the like: no JSON schema can say so, so made-up graphs that
# keep the schema are refused by right. All other checks hold for them.
CONFIG = """
headers = { Authorization = "Bearer %s" }

[[operations]]
include-path-regex = "/v1/(score|convert|map)"
checks.positive_data_acceptance.enabled = false
"""


@pytest.mark.slow
def test_answers_are_as_described(tmp_path: Path) -> None:
    """Examples, the edges of each schema, what keeps it and what breaks it, with the token and without."""
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG % TOKEN, encoding="utf-8")
    options = ["--seed", "1", "--max-examples", "60", "--no-color", "--phases", "examples,coverage,fuzzing"]
    tool = Path(sys.executable).with_name("schemathesis")
    with slow(0, token=TOKEN) as server:
        command = [str(tool), "--config-file", str(config), "run", f"{server.url}/openapi.json", *options]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        server.process.terminate()
        assert server.end() == 0
    assert done.returncode == 0, done.stdout
    assert server.log.count("POST /v1/convert 200") >= 1
    assert server.log.count("POST /v1/mine 200") > 50
    assert "failed with" not in server.log
