"""Question: which graphs are the gold of the seeds?

Data: the settled annotation, `seeds/passes/settled/`. Method: quotes are found in the texts, and graphs written to
`seeds/gold/` in argmine's JSON contract. Run `python -m benchmarks.seed_gold` after a logged correction.
"""

from argmine.formats import quotes
from benchmarks.record import ROOT

SEEDS = ROOT / "seeds"


def main() -> None:
    """Writes a gold graph for each settled annotation."""
    (SEEDS / "gold").mkdir(exist_ok=True)
    for path in sorted((SEEDS / "passes" / "settled").glob("*.json")):
        graph = quotes.read(path, (SEEDS / f"{path.stem}.txt").read_bytes().decode("utf-8"))
        _ = graph.trees  # a graph that is no forest is refused here
        (SEEDS / "gold" / path.name).write_text(graph.model_dump_json(indent=1) + "\n", encoding="utf-8")
        print(f"{path.stem}: {len(graph.conclusions)} conclusions, {len(graph.premises)} premises")


if __name__ == "__main__":
    main()
