"""UKPConvArg1 (Habernal & Gurevych 2016): which of two short arguments convinces more, 1,052 arguments, 11,650 pairs.

Read are the two tab-separated exports, a file a side of a debate: `UKPConvArg1-Ranking-CSV`, the arguments with their
ranks, and `UKPConvArg1Strict-CSV`, the cleaned pairs that the published experiments use. The files of one side need not
have one name in both folders, so a pair belongs where its arguments stand. There are no components: this corpus is no
`Corpus` of graphs, and `read_corpus` does not know it. Line breaks, which the files write as `<br/>`, are newlines;
nothing else of the texts is changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from argmine.corpora.damage import naming_its_file
from argmine.errors import CorpusError
from argmine.formats.text import read_text

NAME = "ukp-convarg1"
LICENCE = "CC BY 4.0"
RANKS, PAIRS = "UKPConvArg1-Ranking-CSV", "UKPConvArg1Strict-CSV"
_RANK_COLUMNS = ("#id", "rank", "argument")
_PAIR_COLUMNS = ("#id", "label", "a1", "a2")
_BREAK = re.compile(r" ?<br/> ?")


@dataclass(frozen=True, slots=True)
class RatedArgument:
    """An argument of a debate.

    Attributes:
        id: the owners' id.
        topic: the debate, by its name in the files.
        side: the stance in it, by its name in the files.
        text: what it says.
        rank: the owners' score over all pairs of the side; the less, the more it convinces.
    """

    id: str
    topic: str
    side: str
    text: str
    rank: float


@dataclass(frozen=True, slots=True)
class Preference:
    """Of two arguments of one side, by their ids, the one that convinces more."""

    better: str
    worse: str


@dataclass(frozen=True, slots=True)
class RatedArguments:
    """The corpus: arguments, and pairs of them, both in the order of the files' names and lines."""

    name: str
    arguments: tuple[RatedArgument, ...]
    pairs: tuple[Preference, ...]
    licence: str


def read(folder: Path) -> RatedArguments:
    """The corpus from its folder.

    Raises:
        FormatError: a file is not UTF-8.
        CorpusError: a file is missing, a line is damaged, an argument is there twice, a pair's argument is not there or
            says something else there, or its two arguments are of different sides.
    """
    found: dict[str, RatedArgument] = {}
    for path in _files(folder / "data" / RANKS):
        for argument in _arguments(path):
            if argument.id in found:
                raise CorpusError(f"the argument {argument.id} stands in the corpus twice", path=path)
            found[argument.id] = argument
    pairs = [pair for path in _files(folder / "data" / PAIRS) for pair in _pairs(path, found)]
    return RatedArguments(NAME, tuple(found.values()), tuple(pairs), LICENCE)


def _files(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise CorpusError("there are no .csv files", path=folder)
    return files


@naming_its_file
def _arguments(path: Path) -> list[RatedArgument]:
    topic, parted, side = path.stem.rpartition("_")
    if not parted:
        raise CorpusError("the file's name must be topic_side.csv")
    return [
        RatedArgument(name, topic, side, _text(text), _rank(rank, line))
        for line, (name, rank, text) in _rows(path, _RANK_COLUMNS)
    ]


@naming_its_file
def _pairs(path: Path, arguments: dict[str, RatedArgument]) -> list[Preference]:
    return [_preference(line, row, arguments) for line, row in _rows(path, _PAIR_COLUMNS)]


def _preference(line: int, row: list[str], arguments: dict[str, RatedArgument]) -> Preference:
    identity, label, *texts = row
    names = identity.split("_")
    if len(set(names)) != 2 or len(names) != 2:
        raise CorpusError(f"a pair's id must be of two arguments, found {identity!r}", line=line)
    if label not in ("a1", "a2"):
        raise CorpusError(f"unknown label {label!r}; known are a1, a2", line=line)
    for name, text in zip(names, texts, strict=True):
        if name not in arguments:
            raise CorpusError(f"the argument {name} has no rank", line=line)
        if arguments[name].text != _text(text):
            raise CorpusError(f"the argument {name} says something else among the ranks", line=line)
    first, second = (arguments[name] for name in names)
    if (first.topic, first.side) != (second.topic, second.side):
        raise CorpusError(f"{first.id} and {second.id} are of different sides", line=line)
    return Preference(*(names if label == "a1" else names[::-1]))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Number, from 1, and cells of each line below the header."""
    header, *lines = read_text(path).removesuffix("\n").split("\n")
    if header != "\t".join(columns):
        raise CorpusError(f"the columns must be {', '.join(columns)}, found {header!r}", line=1)
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise CorpusError(f"{len(columns)} cells were expected, found {len(cells)}", line=number)
        yield number, cells


def _rank(written: str, line: int) -> float:
    if not re.fullmatch(r"\d+\.\d+", written):
        raise CorpusError(f"a rank must be a decimal number, found {written!r}", line=line)
    return float(written)


def _text(written: str) -> str:
    return _BREAK.sub("\n", written)
