"""How far do the two annotation passes over the seed pieces agree?

Data: `seeds/<id>.txt` and the passes `seeds/passes/a/<id>.json` and `seeds/passes/b/<id>.json`, made apart
from each other before the gold was settled. Method: Krippendorff's unitised alpha on characters, of
components whatever their type, joint over types, and of each type, with all pieces laid end to end and as
the mean of the pieces; Cohen's kappa of types and of links where components share more than half of their
words; F1 at more than half of the words, pass a taken for gold.

    python -m benchmarks.seed_agreement
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean

from argmine.errors import FormatError
from argmine.formats import quotes
from argmine.graph import ArgumentGraph, ComponentType
from argmine.metrics import matched, overlap
from argmine.metrics.agreement import Unit, UnitizedAlpha, concatenated, unitized_alpha
from benchmarks.record import ROOT, digest_files, write_record

SEEDS = ROOT / "seeds"
Pair = tuple[ArgumentGraph, ArgumentGraph]
Units = Callable[[ArgumentGraph], list[Unit]]


def read_passes(folder: Path) -> list[Pair]:
    """Both graphs of each piece, by id.

    Raises:
        FormatError: a piece lacks a pass, or a pass cannot be read.
    """
    pieces = sorted({path.stem for path in (folder / "passes").glob("[ab]/*.json")})
    return [(_read(folder, "a", piece), _read(folder, "b", piece)) for piece in pieces]


def figures(pairs: Sequence[Pair]) -> dict[str, object]:
    """All figures over the pieces as a whole."""
    units: dict[str, Units] = {"components": _untyped, "joint over types": _typed}
    units.update({kind.value: _of_type(kind) for kind in ComponentType})
    counts = overlap.count_graphs(pairs)
    return {
        "alpha_u": {name: alpha(pairs, cut).figures() for name, cut in units.items()},
        "kappa": matched.count_graphs(pairs).figures(),
        "overlap": counts.figures(),
        "components": [sum(len(graph.components) for graph in graphs) for graphs in zip(*pairs, strict=True)],
        "relations": [sum(len(graph.relations) for graph in graphs) for graphs in zip(*pairs, strict=True)],
        "pieces": len(pairs),
    }


def summary(pair: Pair) -> dict[str, object]:
    """The main figures of one piece."""
    kappas, spans = matched.count_graph(*pair), overlap.count_graph(*pair).spans
    return {
        "alpha_u": alpha([pair], _untyped).alpha,
        "kappa_types": kappas.kappa_types,
        "kappa_links": kappas.kappa_links,
        "span_f1_50": spans.f1,
        "components": [len(graph.components) for graph in pair],
        "matched": kappas.types.gold,
    }


def alpha(pairs: Sequence[Pair], units: Units) -> UnitizedAlpha:
    """Unitised alpha over pieces laid end to end, in characters."""
    return unitized_alpha(*concatenated(([units(a), units(b)], len(a.text)) for a, b in pairs))


def main() -> None:
    """Print the figures and write the record."""
    pairs = read_passes(SEEDS)
    each = {pair[0].id: summary(pair) for pair in pairs}
    means = [alpha([pair], _untyped).alpha for pair in pairs]
    whole = figures(pairs) | {"alpha_u_mean_of_pieces": mean(m for m in means if m is not None)}
    for line in _report(pairs):
        print(line)
    data = [*SEEDS.glob("passes/[ab]/*.json"), *(SEEDS / f"{a.id}.txt" for a, _ in pairs)]
    path = write_record("seed_agreement", whole | {"by_piece": each}, data_digest=digest_files(data))
    print(f"written to {path.relative_to(ROOT)}")


def _report(pairs: Sequence[Pair]) -> list[str]:
    lines = [f"{a.id:18} {alpha([(a, b)], _untyped)}" for a, b in pairs]
    lines += [
        f"{'all components':18} {alpha(pairs, _untyped)}",
        f"{'joint over types':18} {alpha(pairs, _typed)}",
    ]
    lines += [f"{kind.value:18} {alpha(pairs, _of_type(kind))}" for kind in ComponentType]
    return [*lines, str(matched.count_graphs(pairs)), str(overlap.count_graphs(pairs))]


def _read(folder: Path, annotator: str, piece: str) -> ArgumentGraph:
    path = folder / "passes" / annotator / f"{piece}.json"
    text = folder / f"{piece}.txt"
    for needed in (path, text):
        if not needed.is_file():
            raise FormatError(f"missing, needed for the agreement on {piece}", path=needed)
    with text.open(encoding="utf-8", newline="") as file:
        return quotes.read(path, file.read())


def _untyped(graph: ArgumentGraph) -> list[Unit]:
    return [Unit(c.start, c.end) for c in graph.components]


def _typed(graph: ArgumentGraph) -> list[Unit]:
    return [Unit(c.start, c.end, c.type.value) for c in graph.components]


def _of_type(kind: ComponentType) -> Units:
    return lambda graph: [unit for unit in _typed(graph) if unit.category == kind.value]


if __name__ == "__main__":
    main()
