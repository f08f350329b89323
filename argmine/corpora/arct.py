"""Room for Debate comments with their reasons (Habernal et al. 2018): 1,927 comments, XMI in one archive.

A component is a reason, its label `Premise`, its id the annotation's own behind a `T`; there are no relations.
`meta` has the `stance`, `title` and `debate` of the comment, and by component the annotators' `gists`. There are
no official splits. Documents are in order of their number.
"""

import csv
import io
import re
import tarfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from pydantic import JsonValue

from argmine.corpora.corpus import Corpus
from argmine.corpora.damage import naming_its_file
from argmine.corpora.labels import component_type
from argmine.document import Document
from argmine.errors import CorpusError, FormatError
from argmine.graph import ArgumentGraph, Component

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # a type only: defusedxml does the reading

NAME = "arct"
LICENCE = "Apache 2.0 on the repository; comments belong to their authors"
ARCHIVE = "exported-1927-arguments-with-gold-reasons-xmi.tar.bz2"
_CAS = "{http:///uima/cas.ecore}"
_ARGUMENT = "{http:///de/tudarmstadt/ukp/dkpro/argumentation/types.ecore}"
_XMI = "{http://www.omg.org/XMI}"
_GIST = re.compile(r"^gist=(.*)$", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")
_COLUMNS = {"stance": "annotatedStance", "title": "debateMetaData.title", "debate": "debateMetaData.description"}


def read(folder: Path) -> Corpus:
    """The corpus from its folder.

    Raises:
        FormatError: the archive is missing, or it or a file in it is damaged.
        CorpusError: a label is unknown, a comment has no metadata, or no comment is there.
    """
    archive = folder / "mturk" / "annotation-task" / "data" / ARCHIVE
    files = _files(archive)
    comments = {PurePosixPath(name).stem: name for name in files if name.endswith(".xmi")}
    if not comments:
        raise CorpusError("no .xmi files", path=archive)
    for stem, name in comments.items():
        if not stem.isdecimal():
            raise CorpusError("a comment's name must be a number", path=archive / name)
    about = _metadata(archive, files)
    graphs = [_comment(archive / comments[i], files[comments[i]], about) for i in sorted(comments, key=int)]
    return Corpus(NAME, tuple(graphs), LICENCE)


def _files(archive: Path) -> dict[str, bytes]:
    """Files of the archive by name, read into memory: nothing is unpacked."""
    try:
        with tarfile.open(archive) as tar:
            return {m.name: file.read() for m in tar if m.isfile() and (file := tar.extractfile(m)) is not None}
    except (OSError, EOFError, tarfile.TarError) as error:
        raise FormatError(f"cannot be read as an archive: {error}", path=archive) from error


def _metadata(archive: Path, files: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    name = next((n for n in files if PurePosixPath(n).name == "metadata.csv"), None)
    if name is None:
        raise CorpusError("no metadata.csv", path=archive)
    try:
        rows = csv.DictReader(io.StringIO(files[name].decode(), newline=""), strict=True)
        return {row["id"]: {key: row[column] for key, column in _COLUMNS.items()} for row in rows}
    except (UnicodeDecodeError, csv.Error) as error:
        raise FormatError(str(error), path=archive / name) from error
    except KeyError as error:
        raise FormatError(f"no column {error}", path=archive / name) from error


@naming_its_file
def _comment(path: Path, content: bytes, about: Mapping[str, Mapping[str, str]]) -> ArgumentGraph:
    if path.stem not in about:
        raise CorpusError("metadata.csv does not name this comment")
    try:
        root: Element = fromstring(content)
    except (ParseError, DefusedXmlException) as error:
        raise FormatError(f"no XML: {error}") from error
    texts = [_attribute(e, "sofaString") for e in root.iter(f"{_CAS}Sofa")]
    if len(texts) != 1:
        raise FormatError(f"one text was expected, found {len(texts)}")
    document = Document(id=path.stem, text=texts[0])
    found = [e for e in root if e.tag.startswith(_ARGUMENT)]
    components = [c for e in found if (c := _component(e, document)) is not None]
    gists: dict[str, JsonValue] = {f"T{_attribute(e, f'{_XMI}id')}": gist for e in found if (gist := _gist(e))}
    return ArgumentGraph.build(document, components, (), meta={**about[path.stem], "gists": gists})


def _component(element: "Element", document: Document) -> Component | None:
    label = element.tag.removeprefix(_ARGUMENT)
    kind = component_type(NAME, label)
    if kind is None:
        return None
    start, end = (_code_points(document.text, _number(element, name)) for name in ("begin", "end"))
    identity = f"T{_attribute(element, f'{_XMI}id')}"
    return Component(id=identity, type=kind, label=label, start=start, end=end, text=document.text[start:end])


def _code_points(text: str, offset: int) -> int:
    """How many code points stand before an offset of UIMA, which counts UTF-16 units."""
    units = text.encode("utf-16-le")
    if 2 * offset > len(units):
        raise FormatError(f"offset {offset} is beyond the text of {len(units) // 2}")
    return len(units[: 2 * offset].decode("utf-16-le", "replace"))


def _gist(element: "Element") -> str | None:
    """The summary among the annotation's properties, as Java writes them."""
    found = _GIST.search(element.get("properties", ""))
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], found[1]) if found else None


def _number(element: "Element", name: str) -> int:
    value = _attribute(element, name)
    if not value.isdecimal():
        raise FormatError(f"{name} must be a number, found {value!r}")
    return int(value)


def _attribute(element: "Element", name: str) -> str:
    value = element.get(name)
    if value is None:
        raise FormatError(f"an element {element.tag.rpartition('}')[2]} has no {name.rpartition('}')[2]}")
    return value
