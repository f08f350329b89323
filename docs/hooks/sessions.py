"""Shows `>>>` sessions of docstrings as code; without this they would be quotations in quotations."""

import re
from collections.abc import Iterator

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from mkdocs.config.defaults import MkDocsConfig

_FENCE = re.compile(r"\s*(```|~~~)")
BEFORE_FENCES = 40
"""Priority among Python-Markdown's preprocessors; fenced code has 25."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Adds the extension; called by MkDocs."""
    config.markdown_extensions.append(Sessions())  # type: ignore[arg-type] # Python-Markdown takes objects too
    return config


class Sessions(Extension):
    """Puts sessions that stand in no fence into one."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Called by Python-Markdown."""
        md.preprocessors.register(_Fencing(md), "sessions", BEFORE_FENCES)


class _Fencing(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return list(fenced(lines))


def fenced(lines: list[str]) -> Iterator[str]:
    """The lines, with a fence around each session, which ends with an empty line."""
    in_fence = in_session = False
    for line in lines:
        if in_session and not line.strip():
            in_session = False
            yield "```"
        elif not in_session and _FENCE.match(line):
            in_fence = not in_fence
        elif not in_session and not in_fence and line.startswith(">>> "):
            in_session = True
            yield from ("", "```pycon")
        yield line
    if in_session:
        yield "```"
