"""The log of a run for machines: a JSON object a line, with the times that the table leaves out."""

import json
from datetime import UTC, datetime
from pathlib import Path

from argmine.batch.durable import refusals


class Log:
    """Adds lines to a file, which runs of one output share."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, event: str, **values: object) -> None:
        """A line: when, what happened, and what belongs to it as JSON values.

        Raises:
            BatchError: it cannot be written.
        """
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **values}
        with refusals(self.path), self.path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
