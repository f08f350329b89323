"""Question: does a model depend on the form of a text, where its argument stays the same?

Data: essays of the Argument Annotated Essays 2 (the published development part, or the official test), and those Change
My View threads of a tenth of ours that the model did not see in training. Method: each text is mined by `--scheme` as
it is and in four other forms: without paragraph breaks, with every other break taken away, with each sentence a
paragraph, and with the opening (the first paragraph that holds a component) moved to the end. Essays: C-F1 and R-F1 of
protocol A, essay level, with the words of the model's encoder for tokens, so that all forms are scored alike. Threads:
links at more than half of the words. Told beside each figure is what the form costs, in points. A crash counts as a
miss.

    python -m benchmarks.form models/default --split dev
    python -m benchmarks.form models/default --split dev --scheme opinion
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from argmine.graph import ArgumentGraph
from argmine.metrics import acl2017, overlap
from argmine.miner import ArgumentMiner
from argmine.training.examples import BREAK, SENTENCE_END, on_text
from argmine.training.rearranging import with_opening_last
from benchmarks.aae2 import PUBLISHED, read_essays
from benchmarks.mining import (
    add_scheme,
    complain,
    described,
    mine_all,
    over_models,
    over_words,
    parser,
    record_name,
    seeds_of,
    told_with_corpora,
    unseen,
)
from benchmarks.record import ROOT, digest_files, write_record
from benchmarks.spread import Figures, figure

THREADS, TENTH = "cmv-modes", 2
AS_IT_IS = "as it is"

Form = Callable[[ArgumentGraph], ArgumentGraph]
Pair = tuple[ArgumentGraph, ArgumentGraph]


def without_breaks(graph: ArgumentGraph) -> ArgumentGraph:
    """One paragraph."""
    return on_text(graph, BREAK.sub(lambda found: " " * len(found[0]), graph.text))


def with_merged_paragraphs(graph: ArgumentGraph) -> ArgumentGraph:
    """The second paragraph joined to the first, the fourth to the third, and so on."""
    numbers = iter(range(len(graph.text)))
    return on_text(graph, BREAK.sub(lambda found: found[0] if next(numbers) % 2 else " " * len(found[0]), graph.text))


def with_a_paragraph_a_sentence(graph: ArgumentGraph) -> ArgumentGraph:
    """A break wherever a sentence seems to end."""
    return on_text(graph, SENTENCE_END.sub("\n", graph.text))


FORMS: Mapping[str, Form] = {
    AS_IT_IS: lambda graph: graph,
    "no breaks": without_breaks,
    "merged": with_merged_paragraphs,
    "a sentence each": with_a_paragraph_a_sentence,
    "opening last": with_opening_last,
}


def score_essays(miner: ArgumentMiner, essays: Sequence[ArgumentGraph]) -> dict[str, object]:
    """`c_f1` and `r_f1` at 100 % by form, and what each form costs."""

    def scores(pairs: Sequence[Pair]) -> dict[str, float]:
        found = acl2017.count_documents([over_words(miner.encoder, *pair) for pair in pairs])
        return {"c_f1": found.components_100.f1, "r_f1": found.relations_100.f1}

    return _by_form(miner, essays, scores)


def score_threads(miner: ArgumentMiner, threads: Sequence[ArgumentGraph]) -> dict[str, object]:
    """`spans` and `links` at more than half of the words by form, and what each form costs."""

    def scores(pairs: Sequence[Pair]) -> dict[str, float]:
        found = overlap.count_graphs(pairs)
        return {"spans": found.spans.f1, "links": found.links.f1}

    return _by_form(miner, threads, scores)


def _by_form(
    miner: ArgumentMiner, gold: Sequence[ArgumentGraph], scores: Callable[[Sequence[Pair]], dict[str, float]]
) -> dict[str, object]:
    figures: dict[str, dict[str, float]] = {}
    crashes: list[str] = []
    for name, form in FORMS.items():
        wanted = [form(graph) for graph in gold]
        mined = mine_all(lambda graph: miner.mine(graph.document), wanted)
        crashes += mined.crashes
        figures[name] = scores(list(zip(wanted, mined.graphs, strict=True)))
    complain(crashes)
    return {"forms": figures, "cost": costs(figures), "documents": len(gold), "crashes": len(crashes)}


def costs(figures: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """What each form but the first takes from each figure, in points."""
    plain = figures[AS_IT_IS]
    others = {name: scores for name, scores in figures.items() if name != AS_IT_IS}
    return {name: {key: 100 * (plain[key] - scores[key]) for key in plain} for name, scores in others.items()}


def table(figures: Figures) -> Iterator[str]:
    """What is printed: a line a form, over models."""
    for part, keys in (("essays", ("c_f1", "r_f1")), ("threads", ("spans", "links"))):
        for name in FORMS:
            means = [figure(figures, f"summary.{part}.forms.{name}.{key}.mean") for key in keys]
            told = ", ".join(f"{key} {mean:.4f}" for key, mean in zip(keys, means, strict=True))
            yield f"{part:8} {name:16} {told}"
    yield f"{figures['models']} models"


def main() -> None:
    """Scores the models, prints the figures and writes the record `form-<split>`, with any scheme but the main one."""
    told = _options()
    essays = [essay.graph for essay in read_essays(told.corpora, told.split)][: told.limit]
    each = []
    for folder in told.models:
        miner = ArgumentMiner.load(folder, scheme=told.scheme)
        threads = unseen(miner, THREADS, told.corpora, told.tenth)[0][: told.limit]
        found = {"essays": score_essays(miner, essays), "threads": score_threads(miner, threads)}
        each.append((described(miner), found))
    figures = over_models(each)
    for line in table(figures):
        print(line)
    if not told.limit:
        extra = {"split": told.split, "scheme": told.scheme, "tenth": told.tenth, **seeds_of(each)}
        name = record_name("form", told.scheme, told.split)
        path = write_record(name, figures, data_digest=_digest(told.corpora), extra=extra)
        print(f"written to {path.relative_to(ROOT)}")


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--split", choices=PUBLISHED, required=True, help="of the essays")
    add_scheme(options)
    options.add_argument("--tenth", type=int, default=TENTH, help="of the threads")
    return told_with_corpora(options)


def _digest(corpora: Path) -> str:
    files = [*(corpora / "aae2" / "brat-project-final").glob("*.txt"), *(corpora / THREADS).rglob("*.ann")]
    return digest_files(files)


if __name__ == "__main__":
    main()
