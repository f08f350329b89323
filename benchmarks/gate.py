"""Question: has the shipped model, or the code that runs it, become worse?

Data: the development seeds, by the main scheme and by that for opinion pieces, and where the corpora are, the
development part of the Argument Annotated Essays, and that and the held-out threads in other forms. Method: as
`benchmarks.seeds`, `benchmarks.aae2` and `benchmarks.form`; each figure in `benchmarks/floors.json` must reach its
floor, and nothing may crash. A floor that names no figure is an error; a figure of `FLOORED` without a floor fails, and
a file without floors too unless `--allow-empty`. `--write` sets floors half a point below what is measured; it never
lowers one unless `--lower` is told too.

    python -m benchmarks.gate --corpora DIR
"""

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from argmine.config import MAIN
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from benchmarks import aae2, form, seeds
from benchmarks.mining import DEFAULT, add_corpora, unseen
from benchmarks.record import ROOT
from benchmarks.spread import Figures, figure

FLOORS = ROOT / "benchmarks" / "floors.json"
MARGIN = 0.005
OPINION = "opinion"
SEEDS = (
    "overlap.spans_50.f1",
    "overlap.conclusions_50.f1",
    "overlap.premises_50.f1",
    "overlap.links_50.f1",
    "words.c_f1_100.f1",
    "words.r_f1_100.f1",
)
FLOORED = {
    "aae2-dev": (
        "essay.c_f1_100.f1",
        "essay.r_f1_100.f1",
        "paragraph.r_f1_100.f1",
        "segmentation.bio.macro_f1",
        "segmentation.exact_spans.f1",
        "gold_segments.types.macro_f1",
        "gold_segments.links.macro_f1",
        "gold_segments.stance.macro_f1",
    ),
    "seeds-development": SEEDS,
    f"seeds-{OPINION}-development": SEEDS,
    f"form-{OPINION}-dev": (
        *(f"essays.forms.{name}.c_f1" for name in form.FORMS),
        *(f"threads.forms.{name}.links" for name in form.FORMS),
    ),
}
"""Figures that `--write` sets floors for, by benchmark."""

Floors = Mapping[str, Mapping[str, float]]


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """Floors by benchmark and figure.

    Raises:
        ValueError: the file names an unknown benchmark, or a floor is no number from 0 to 1.
    """
    read: dict[str, dict[str, object]] = json.loads(path.read_text("utf-8"))
    return {benchmark: _floors(path, benchmark, named) for benchmark, named in read.items()}


def below(benchmark: str, floors: Mapping[str, float], figures: Figures) -> Iterator[str]:
    """A line for each figure below its floor, and one for crashes.

    Raises:
        ValueError: a floor names no figure.
    """
    for name, floor in floors.items():
        found = _number(benchmark, figures, name)
        if not found >= floor:  # what is no number (NaN) fails too
            yield f"{benchmark} {name} is {found:.4f}, its floor {floor:.4f}"
    if figures.get("crashes"):
        yield f"{benchmark}: {figures['crashes']} crashes"


def moved(benchmark: str, floors: Mapping[str, float], figures: Figures, *, lower: bool = False) -> dict[str, float]:
    """New floors, half a point below the figures; without `lower` no floor becomes less than it was."""
    wanted = {
        name: max(0.0, math.floor((_number(benchmark, figures, name) - MARGIN) * 1000) / 1000)
        for name in (*FLOORED[benchmark], *(name for name in floors if name not in FLOORED[benchmark]))
    }
    return {name: value if lower else max(value, floors.get(name, 0.0)) for name, value in wanted.items()}


def measured(model: Path, corpora: Path | None, limit: int | None = None) -> Iterator[tuple[str, dict[str, object]]]:
    """Benchmarks and figures of a model: the essays only where there are corpora, a scheme's only where it has it."""
    miner = ArgumentMiner.load(model, scheme=MAIN)
    pieces = seeds.read_pieces(seeds.SEEDS, "development")[:limit]
    yield "seeds-development", seeds.score(miner, pieces)
    schemes = {other.name for other in miner.config.others}
    if OPINION in schemes:
        yield f"seeds-{OPINION}-development", seeds.score(miner.reading(OPINION), pieces)
    if corpora is None:
        return
    essays = aae2.read_essays(corpora, "dev")[:limit]
    yield "aae2-dev", aae2.score(miner, essays)
    if OPINION in schemes:
        yield f"form-{OPINION}-dev", _formed(miner.reading(OPINION), [essay.graph for essay in essays], corpora, limit)


def _formed(
    miner: ArgumentMiner, essays: Sequence[ArgumentGraph], corpora: Path, limit: int | None
) -> dict[str, object]:
    threads = unseen(miner, form.THREADS, corpora, form.TENTH)[0][:limit]
    found = {"essays": form.score_essays(miner, essays), "threads": form.score_threads(miner, threads)}
    return {**found, "crashes": sum(int(str(part["crashes"])) for part in found.values())}


def check(floors: Floors, found: Iterable[tuple[str, Figures]]) -> list[str]:
    """What is wrong, after a line for each benchmark on what was checked."""
    faults: list[str] = []
    for benchmark, figures in found:
        named = floors.get(benchmark, {})
        faults += [f"{benchmark} {name} has no floor" for name in FLOORED[benchmark] if name not in named]
        faults += below(benchmark, named, figures)
        print(f"{benchmark}: {len(named)} floors checked")
    return faults


def missing(floors: Floors, measured_ones: set[str], *, corpora: bool) -> Iterator[str]:
    """A line for each benchmark that has floors and was not measured, as where a model has lost a scheme."""
    for name, named in floors.items():
        if named and name not in measured_ones and (corpora or name.startswith("seeds-")):
            yield f"{name} has floors and was not measured"


def main(arguments: list[str] | None = None, measure: Callable[..., Iterable[tuple[str, Figures]]] = measured) -> int:
    """Checks the floors, or writes them; returns the exit code."""
    told = _options(arguments)
    floors = read_floors(told.floors)
    if not told.write and not any(floors.values()):
        print("no floors yet")
        return 0 if told.allow_empty else 1
    if told.corpora is None:
        print("essays and forms: not checked, for want of the corpora (--corpora or ARGMINE_CORPORA)")
    found = list(measure(told.model, told.corpora, told.limit))
    if told.write:
        new = {name: moved(name, floors.get(name, {}), figures, lower=told.lower) for name, figures in found}
        floors = dict(sorted({**floors, **new}.items()))
        told.floors.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    faults = check(floors, found) + list(missing(floors, {name for name, _ in found}, corpora=told.corpora is not None))
    for line in faults:
        print(line, file=sys.stderr)
    return 1 if faults else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--model", type=Path, default=DEFAULT)
    options.add_argument("--floors", type=Path, default=FLOORS)
    options.add_argument("--write", action="store_true", help="raise the floors to what is measured now")
    options.add_argument("--lower", action="store_true", help="with --write: lower them too; say why in the commit")
    options.add_argument("--allow-empty", action="store_true", help="a file without floors is no failure")
    options.add_argument("--limit", type=int, help="only so many documents, to try the command; not with --write")
    add_corpora(options)
    told = options.parse_args(arguments)
    if told.lower and not told.write:
        options.error("--lower goes with --write")
    if told.limit and told.write:
        options.error("floors are written from all documents: --limit does not go with --write")
    return told


def _floors(path: Path, benchmark: str, named: Mapping[str, object]) -> dict[str, float]:
    if benchmark not in FLOORED:
        raise ValueError(f"{path.name}: {benchmark!r} is no benchmark of the gate, allowed are {', '.join(FLOORED)}")
    floors: dict[str, float] = {}
    for name, floor in named.items():
        if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 <= floor <= 1:
            raise ValueError(f"{path.name}: the floor of {benchmark} {name} is {floor!r}, allowed is 0 to 1")
        floors[name] = float(floor)
    return floors


def _number(benchmark: str, figures: Figures, name: str) -> float:
    try:
        found = figure(figures, name)
    except KeyError as error:
        raise ValueError(f"{benchmark} has a floor for {name}, which is no figure of it") from error
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise ValueError(f"{benchmark} has a floor for {name}, which is no number")  # noqa: TRY004
    return float(found)


if __name__ == "__main__":
    sys.exit(main())
