"""Pages of the site that stand elsewhere in the repository: `<!-- include: PATH -->` becomes that file's text.

A front matter is left out. Relative links of the included text are links of the page.
"""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

_INCLUDE = re.compile(r"^<!-- include: (\S+) -->$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)


def on_page_markdown(markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """The page's text with what it includes; called by MkDocs."""
    root = Path(config.config_file_path).parent
    return _INCLUDE.sub(lambda found: _text(root / found[1], page), markdown)


def _text(path: Path, page: Page) -> str:
    if not path.is_file():
        raise PluginError(f"{page.file.src_uri} includes {path}, which is no file")
    return _FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))
