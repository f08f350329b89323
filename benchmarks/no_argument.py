"""Question: are texts told that argue nothing, and how often is one that argues taken for such?

Data: `seeds/no-argument/` (news reports, recipes, instructions; half for choosing, half for scoring), the development
seeds, the development part of the Argument Annotated Essays, and for the rate of false alarms other collections of
texts that argue: the held-out seeds, microtexts, Change My View threads, editorials. Method: two numbers are taken of
each text, its words of reasoning in a hundred (`argmine.arguing`) and the greatest probability of any component to
state a thesis. A thesis is sure halfway from the greatest in a text of the choosing half that argues nothing to 1;
the least words of reasoning lie halfway from the most in such a text to the fewest in a development text that argues
and has no sure thesis. Scored are the limits in the model's configuration: how many texts are warned of, and how many
have more than one component in 200 words. Of the other collections only texts with few words of reasoning are mined,
for all else argues whatever its thesis.

    python -m benchmarks.no_argument models/default --corpora DIR
    python -m benchmarks.no_argument runs/new/model --write

`--write` puts the chosen limits into the model's `config.json`.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from argmine.arguing import argues, count_words, cue_rate
from argmine.config import Arguing
from argmine.corpora import aae2, read_corpus
from argmine.corpora.aae2_conll import NAME as CONLL
from argmine.corpora.folds import published_split
from argmine.decoding import MAJOR_CLAIM
from argmine.document import Document
from argmine.formats.text import read_text
from argmine.language import looks_english
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, read_config
from argmine.segments import chosen_of
from benchmarks import seeds
from benchmarks.mining import DEFAULT, add_corpora, add_scheme, described, record_name
from benchmarks.record import ROOT, digest_files, write_record

TEXTS = seeds.SEEDS / "no-argument"
COLLECTIONS = ("microtexts-part1", "cmv-modes", "webis-editorials16")


@dataclass(frozen=True, slots=True)
class Measured:
    """A text's words of reasoning in a hundred, and the greatest probability of a thesis in it."""

    document: Document
    cues: float
    thesis: float


def read_texts(split: str) -> list[Document]:
    """The texts of a half that argue nothing."""
    splits = seeds.read_splits(read_text(TEXTS / "README.md"))
    return [Document(id=n, text=read_text(TEXTS / f"{n}.txt")) for n in sorted(splits) if splits[n] == split]


def measured(miner: ArgumentMiner, document: Document) -> Measured:
    """The two numbers of a text."""
    encoded = miner.encode(document)
    words = miner.scorer.words(encoded)
    chosen = chosen_of(miner.scorer.likely(words), miner.config.decoding)
    thesis = 0.0
    if len(chosen.segments):
        types = miner.scorer.link_scores(encoded, words, chosen.segments).types
        thesis = float((chosen.exact * np.exp(types[:, MAJOR_CLAIM])).max())
    return Measured(document, cue_rate(document.text), thesis)


def choose(nothing: Sequence[Measured], arguing: Sequence[Measured], rule: Arguing) -> Arguing:
    """The rule with limits halfway between the texts that argue nothing and those that argue."""
    sure = round((1 + max(m.thesis for m in nothing)) / 2, 2)
    fewest = min((m.cues for m in arguing if m.thesis < sure), default=2 * rule.least_cues)
    cues = round((max(m.cues for m in nothing) + fewest) / 2, 1)
    return rule.model_copy(update={"sure_thesis": sure, "least_cues": cues})


def warned(miner: ArgumentMiner, documents: Sequence[Document]) -> dict[str, object]:
    """How many of the texts are taken for none that argue, by the miner's own rule; and for another language."""
    rule = _rule(miner)
    few = [d for d in documents if not argues(d.text, 0.0, rule)]
    found = [d.id for d in few if not argues(d.text, measured(miner, d).thesis, rule)]
    other = [d.id for d in documents if not looks_english(d.text)]
    share = len(found) / max(1, len(documents))
    return {"texts": len(documents), "warned": len(found), "share": share, "of": found, "not_english": other}


def few_components(miner: ArgumentMiner, documents: Sequence[Document]) -> dict[str, object]:
    """Of texts that argue nothing: how many are warned of, and how many show more than one component in 200 words."""
    graphs = [miner.mine(document) for document in documents]
    most = [len(g.components) * 200 / count_words(g.text) for g in graphs]
    return {
        "texts": len(graphs),
        "warned": sum(bool(g.warnings) for g in graphs),
        "more_than_allowed": sum(n > 1 for n in most),
        "components_in_200_words": max(most, default=0.0),
        "found_in_200_words": _mean(
            [len(miner.mine(d, min_probability=0).components) * 200 / count_words(d.text) for d in documents]
        ),
    }


def figures_of(
    miner: ArgumentMiner, chosen: Arguing, collections: Mapping[str, Sequence[Document]]
) -> dict[str, object]:
    """All figures, of the limits in the miner's configuration."""
    return {
        "chosen": chosen.model_dump(),
        "in_force": _rule(miner).model_dump(),
        "nothing": {split: few_components(miner, read_texts(split)) for split in seeds.SPLITS},
        "arguing": {name: warned(miner, documents) for name, documents in collections.items()},
    }


def collections_of(corpora: Path | None) -> dict[str, list[Document]]:
    """Texts that argue, by the name of their collection; those of the corpora where there are any."""
    found = {f"seeds-{split}": [g.document for g in seeds.read_pieces(seeds.SEEDS, split)] for split in seeds.SPLITS}
    if corpora is not None:
        essays = aae2.read(corpora / "aae2")
        found["aae2-dev"] = [essays.graph(name).document for name in published_split(CONLL, "dev")]
        found |= {n: [g.document for g in read_corpus(n, corpora / n).graphs] for n in COLLECTIONS}
    return found


def main(arguments: list[str] | None = None) -> None:
    """Chooses limits, prints the figures and writes the record; with `--write` the model's configuration."""
    told = _options(arguments)
    miner = ArgumentMiner.load(told.model, scheme=told.scheme)
    collections = {name: texts[: told.limit] for name, texts in collections_of(told.corpora).items()}
    nothing = [measured(miner, d) for d in read_texts("development")[: told.limit]]
    known = [d for name in ("seeds-development", "aae2-dev") for d in collections.get(name, ())]
    chosen = choose(nothing, [measured(miner, d) for d in known], _rule(miner))
    figures = figures_of(miner, chosen, collections)
    for line in _table(figures):
        print(line)
    if told.write:
        _write(told.model, told.scheme, chosen)
        print(f"written: {told.model / CONFIG}; measure again for the figures of these limits")
    if not told.limit:
        data = digest_files(sorted(TEXTS.glob("*.txt")))
        extra = {"model": described(miner), "scheme": told.scheme}
        name = record_name("no_argument", told.scheme)
        path = write_record(name, figures, data_digest=data, extra=extra)
        print(f"written to {path.relative_to(ROOT)}")


def _rule(miner: ArgumentMiner) -> Arguing:
    return miner.config.arguing or Arguing()


def _write(folder: Path, scheme: str, chosen: Arguing) -> None:
    from argmine.training.package import write_config

    config = read_config(folder / CONFIG)
    name, part = config.reading(scheme).scheme, {"arguing": chosen}
    others = tuple(other.model_copy(update=part) if other.name == name else other for other in config.others)
    write_config(folder, config.model_copy(update=part if name == config.scheme else {"others": others}))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))


def _table(figures: Mapping[str, object]) -> Iterator[str]:
    yield f"chosen: {figures['chosen']}"
    yield f"in force: {figures['in_force']}"
    for title in ("nothing", "arguing"):
        groups = figures[title]
        assert isinstance(groups, Mapping)
        for name, group in groups.items():
            yield f"{title} {name}: " + ", ".join(f"{key} {value}" for key, value in group.items())


def _options(arguments: list[str] | None) -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("model", nargs="?", type=Path, default=DEFAULT, help="a model's folder; the default model")
    add_scheme(options)
    options.add_argument("--write", action="store_true", help="put the limits into the model's configuration")
    options.add_argument("--limit", type=int, help="only so many texts of each kind, and no record")
    add_corpora(options)
    found = options.parse_args(arguments)
    if found.write and found.limit:
        options.error("limits are chosen from all texts: --limit does not go with --write")
    return found


if __name__ == "__main__":
    main()
