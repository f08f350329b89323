"""The table of interchange formats.

Each says whether it reads and writes, whether a file holds many graphs, and what of a graph is lost in it.
"""

from dataclasses import dataclass
from pathlib import Path

from argmine.errors import FormatError
from argmine.formats.files import read_json
from argmine.formats.losses import Loss, without
from argmine.graph import ArgumentGraph


@dataclass(frozen=True, slots=True)
class Format:
    """An interchange format.

    Attributes:
        name: as `argmine convert` has it.
        title: what it is and whose.
        endings: of its files, the one that is written first.
        read: module and function that reads a file's graphs; None where it is only written.
        write: module and function that writes graphs to a file; None where it is only read.
        loses: what of a graph is not in what is read back; for what is only written, not in the file.
        many: whether a file holds any number of graphs, not just one.
        keys: a JSON object that has all of these at its top is of the first format that names them.
        extra: what must be installed for it beside the package, as `argmine[extra]`.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    read: str | None
    write: str | None
    loses: frozenset[Loss] = frozenset()
    many: bool = False
    keys: tuple[str, ...] = ()
    extra: str | None = None

    def lost(self, graph: ArgumentGraph) -> list[Loss]:
        """What of this very graph is lost, in the order of `Loss`."""
        return [loss for loss in Loss if loss in self.loses and without(graph, [loss]) != graph]


_BRAT = {Loss.DOCUMENT_ID, Loss.IDS, Loss.LABELS, Loss.PROBABILITIES, Loss.ALTERNATIVES, Loss.ANALYSIS, Loss.META}
_DRAWN = {Loss.TEXT, Loss.LABELS, Loss.PROBABILITIES, Loss.ALTERNATIVES, Loss.ANALYSIS, Loss.META}
_AIF = _BRAT | {Loss.TEXT, Loss.TYPES}

FORMATS: tuple[Format, ...] = (
    Format(
        "json",
        "argmine's own, one graph",
        (".json",),
        "argmine.formats.graph_json:read_only_graph",
        "argmine.formats.graph_json:write_graphs",
        keys=("text", "components"),
    ),
    Format(
        "jsonl",
        "argmine's own, a graph a line",
        (".jsonl",),
        "argmine.formats.graph_json:read_graphs",
        "argmine.formats.graph_json:write_lines",
        many=True,
    ),
    Format(
        "brat",
        "brat standoff: an .ann and a .txt file",
        (".ann",),
        "argmine.formats.brat_graphs:read_graphs",
        "argmine.formats.brat_graphs:write_graphs",
        frozenset(_BRAT),
    ),
    Format(
        "arguebuf",
        "arguebuf, the JSON of its protocol buffers",
        (".arguebuf.json",),
        "argmine.formats.arguebuf:read_graphs",
        "argmine.formats.arguebuf:write_graphs",
        keys=("nodes", "edges", "schemaVersion"),
    ),
    Format(
        "sadface",
        "SADFace",
        (".sadface.json",),
        "argmine.formats.sadface:read_graphs",
        "argmine.formats.sadface:write_graphs",
        keys=("nodes", "edges", "resources"),
    ),
    Format(
        "xaif",
        "xAIF, of the oAMF framework",
        (".xaif.json",),
        "argmine.formats.xaif:read_graphs",
        "argmine.formats.xaif:write_graphs",
        keys=("AIF",),
    ),
    Format(
        "aif",
        "AIF, in the JSON of AIFdb",
        (".aif.json",),
        "argmine.formats.aif:read_graphs",
        "argmine.formats.aif:write_graphs",
        frozenset(_AIF),
        keys=("nodes", "edges"),
    ),
    Format(
        "label-studio",
        "Label Studio's tasks",
        (".label-studio.json",),
        "argmine.formats.label_studio:read_graphs",
        "argmine.formats.label_studio:write_graphs",
        many=True,
        keys=("data",),
    ),
    Format(
        "argilla",
        "Argilla's records",
        (".argilla.json",),
        "argmine.formats.argilla:read_graphs",
        "argmine.formats.argilla:write_graphs",
        many=True,
        keys=("fields",),
    ),
    Format(
        "cas",
        "UIMA CAS in XMI",
        (".xmi",),
        "argmine.formats.cas:read_graphs",
        "argmine.formats.cas:write_graphs",
        extra="formats",
    ),
    Format(
        "graphml",
        "GraphML, of Gephi, yEd, Cytoscape and networkx",
        (".graphml",),
        "argmine.formats.graphml:read_graphs",
        "argmine.formats.graphml:write_graphs",
        extra="formats",
    ),
    Format(
        "arggraph",
        "arggraph XML of the arg-microtexts, with a .txt beside it",
        (".xml",),
        "argmine.exchange.corpus_files:read_arggraph",
        None,
    ),
    Format(
        "conll",
        "the CoNLL files of ACL 2017",
        (".dat", ".abs"),
        "argmine.exchange.corpus_files:read_conll",
        None,
        many=True,
    ),
    Format(
        "dot",
        "DOT, of Graphviz",
        (".dot", ".gv"),
        None,
        "argmine.formats.dot:write_graphs",
        frozenset(_DRAWN),
    ),
    Format(
        "mermaid",
        "Mermaid, the diagrams of Markdown",
        (".mmd", ".mermaid"),
        None,
        "argmine.formats.mermaid:write_graphs",
        frozenset({Loss.DOCUMENT_ID, Loss.IDS, *_DRAWN}),
    ),
    Format(
        "argdown",
        "Argdown, a Markdown of arguments",
        (".argdown", ".ad"),
        None,
        "argmine.formats.argdown:write_graphs",
        frozenset({Loss.IDS, *_DRAWN}),
    ),
)
BY_NAME = {form.name: form for form in FORMATS}


def format_named(name: str) -> Format:
    """The format of that name.

    Raises:
        ValueError: there is none; the message names those there are.
    """
    if name not in BY_NAME:
        raise ValueError(f"unknown format {name!r}; known are {', '.join(BY_NAME)}")
    return BY_NAME[name]


def format_of(path: Path, *, written: bool = False) -> Format:
    """The format that a file's ending tells, the longest that fits; a plain `.json` that is read, its keys.

    Args:
        path: the file.
        written: whether it is to be written, so that what it holds now says nothing.

    Raises:
        FormatError: the ending, or the keys, are those of no format.
    """
    fitting = [(len(ending), form) for form in FORMATS for ending in form.endings if path.name.endswith(ending)]
    if not fitting:
        raise FormatError("the format cannot be told by the file's ending: name it", path=path)
    form = max(fitting, key=lambda item: item[0])[1]
    return _by_keys(path) if form.endings == (".json",) and not written else form


def _by_keys(path: Path) -> Format:
    content = read_json(path)
    top = content[0] if isinstance(content, list) and content else content
    for form in FORMATS:
        if form.keys and isinstance(top, dict) and all(key in top for key in form.keys):
            return form
    raise FormatError("JSON of no known format: name it", path=path)


def formats_table() -> str:
    """The table in Markdown, a row a format."""
    rows = [[f"`{f.name}`", f.title, f"`{f.endings[0]}`", _ways(f), _losses(f)] for f in FORMATS]
    lines = [["format", "what it is", "ending", "reads, writes", "loses"], ["---"] * 5, *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _ways(form: Format) -> str:
    ways = " and ".join(word for word, there in (("reads", form.read), ("writes", form.write)) if there)
    return f"{ways}, many a file" if form.many else ways


def _losses(form: Format) -> str:
    return ", ".join(loss.value for loss in Loss if loss in form.loses) or ("nothing" if form.write else "")
