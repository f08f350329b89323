"""Question: how far can a model's probabilities be trusted, and how far once they are calibrated anew?

Data: the development part of the Argument Annotated Essays (36 essays), the development seeds, and the tenth of
`opinions/` that is not learnt from. Method: each text is mined once without calibration; then probabilities are taken
as the model's configuration calibrates them ("before"), by logistic regression on the data named by `--on`
("after"), and so that no document is seen by what calibrates it, in five folds ("folds"). Reported are reliability and
risk (`argmine.metrics.reliability`), and for some greatest errors what conformal risk control leaves of each document,
and how much of that is wrong, when the table of errors is made of the others. Out-of-fold training essays would be four
times as many, but need a model a fold.

    python -m benchmarks.recalibrate models/default --corpora DIR
    python -m benchmarks.recalibrate models/default --corpora DIR --scheme opinion --on own --write

`--write` puts calibrations and table of errors into the model's `config.json`, and touches neither decoding nor
weights. The model's revision changes by it, so its records have to be measured again.
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from argmine.config import Calibration, ModelConfig
from argmine.conformal import least_probability, losses
from argmine.corpora import aae2, read_corpus
from argmine.corpora.aae2_conll import NAME as CONLL
from argmine.corpora.folds import published_split
from argmine.corpora.parts import part_of
from argmine.graph import ArgumentGraph
from argmine.metrics.reliability import Reliability
from argmine.metrics.right import judge
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, read_config
from argmine.training.tuning import Judged, fit_both, recalibrated, uncalibrated, with_calibration
from benchmarks import seeds
from benchmarks.mining import DEFAULT, add_scheme, described, record_name, told_with_corpora
from benchmarks.record import ROOT, digest_files, write_record

ESSAYS, PIECES, OWN, ALL = "essays", "pieces", "own", "all"
OPINIONS, TENTH = "opinions", "tenth-0"
KINDS = ("components", "relations")
FOLDS = 5
MAX_ERRORS = (0.1, 0.2, 0.3)

Documents = Mapping[str, Sequence[ArgumentGraph]]
Calibrations = tuple[Calibration, Calibration]


def read_documents(corpora: Path) -> dict[str, list[ArgumentGraph]]:
    """The development essays, the development seeds, and the pieces of ours that are not learnt from."""
    essays = aae2.read(corpora / "aae2")
    return {
        ESSAYS: [essays.graph(name) for name in published_split(CONLL, "dev")],
        PIECES: seeds.read_pieces(seeds.SEEDS, "development"),
        OWN: list(part_of(read_corpus(OPINIONS, ROOT / OPINIONS), TENTH)),
    }


def judged_of(miner: ArgumentMiner, documents: Documents) -> dict[str, list[Judged]]:
    """What the model finds in each document without calibration, and which of it is right."""
    plain = uncalibrated(miner)
    return {name: [judge(gold, plain.mine(gold.document)) for gold in graphs] for name, graphs in documents.items()}


def chosen(judged: Mapping[str, Sequence[Judged]], on: str) -> list[Judged]:
    """The documents to calibrate on."""
    return [document for name, group in judged.items() if on in (name, ALL) for document in group]


def reliability_of(documents: Iterable[Judged]) -> dict[str, object]:
    """Figures of components and of relations."""
    both = list(documents)
    return {
        kind: Reliability(tuple(item for document in both for item in document[n])).figures()
        for n, kind in enumerate(KINDS)
    }


def in_folds(judged: Mapping[str, Sequence[Judged]], on: str) -> dict[str, list[Judged]]:
    """Each document as calibrated by the other folds of what is calibrated on; every fifth document is of one fold."""
    fitted = [
        fit_both(chosen({n: [d for k, d in enumerate(g) if k % FOLDS != fold] for n, g in judged.items()}, on))
        for fold in range(FOLDS)
    ]
    return {
        name: [recalibrated(document, fitted[number % FOLDS]) for number, document in enumerate(group)]
        for name, group in judged.items()
    }


def promised(documents: Sequence[Judged]) -> dict[str, object]:
    """For each greatest error, over documents whose limit the others set: mean share shown, and wrong of it."""
    return {
        str(error): {kind: _left(documents, n, error) for n, kind in enumerate(KINDS)}
        for error in MAX_ERRORS
        if error >= 1 / len(documents)
    }


def figures_of(config: ModelConfig, judged: Mapping[str, Sequence[Judged]], on: str) -> dict[str, object]:
    """All figures, before and after."""
    before = config.component_calibration, config.relation_calibration
    after = fit_both(chosen(judged, on))
    folds = in_folds(judged, on)
    each = {
        name: {
            "documents": len(group),
            "uncalibrated": reliability_of(group),
            "before": reliability_of(recalibrated(document, before) for document in group),
            "after": reliability_of(recalibrated(document, after) for document in group),
            "folds": reliability_of(folds[name]),
            "max_error": promised([recalibrated(document, after) for document in group]),
        }
        for name, group in judged.items()
    }
    return {"before": _told(before), "after": _told(after), **each}


def write_calibration(folder: Path, scheme: str, judged: Sequence[Judged]) -> ModelConfig:
    """Puts calibrations and table of errors into a model's configuration, for its main scheme or another."""
    from argmine.training.package import write_config

    config = read_config(folder / CONFIG)
    found = with_calibration(config.reading(scheme), judged)
    parts = {name: getattr(found, name) for name in ("component_calibration", "relation_calibration", "errors")}
    if found.scheme == config.scheme:
        changed = config.model_copy(update=parts)
    else:
        others = tuple(o.model_copy(update=parts) if o.name == found.scheme else o for o in config.others)
        changed = config.model_copy(update={"others": others})
    write_config(folder, changed)
    return changed


def main(arguments: list[str] | None = None) -> None:
    """Measures, prints, writes the record, and with `--write` the model's configuration."""
    told = _options(arguments)
    miner = ArgumentMiner.load(told.model, scheme=told.scheme)
    documents = {name: graphs[: told.limit] for name, graphs in read_documents(told.corpora).items()}
    judged = judged_of(miner, documents)
    figures = figures_of(miner.config, judged, told.on)
    for line in _table(figures):
        print(line)
    if told.write:
        write_calibration(told.model, told.scheme, chosen(judged, told.on))
        print(f"written: {told.model / CONFIG}")
    if not told.limit:
        raw = told.corpora / "aae2" / "brat-project-final"
        pieces = [seeds.SEEDS / "gold" / f"{graph.id}.json" for graph in documents[PIECES]]
        own = [ROOT / OPINIONS / f"{graph.id}.txt" for graph in documents[OWN]]
        data = digest_files([*(raw / f"{graph.id}.ann" for graph in documents[ESSAYS]), *pieces, *own])
        extra = {"model": described(miner), "on": told.on, "scheme": told.scheme}
        name = told.name or record_name("calibration", told.scheme)
        path = write_record(name, figures, data_digest=data, extra=extra)
        print(f"written to {path.relative_to(ROOT)}")


def _left(documents: Sequence[Judged], kind: int, error: float) -> dict[str, float]:
    each = np.array([losses(document[kind]) for document in documents])
    shown, wrong = [], []
    for number, document in enumerate(documents):
        others = np.delete(each, number, axis=0)
        limit = least_probability(others.mean(axis=0).tolist(), len(others), error)
        kept = [right for p, right in document[kind] if p >= limit]
        shown.append(len(kept) / max(1, len(document[kind])))
        wrong.append(kept.count(False) / max(1, len(kept)))
    return {"shown": sum(shown) / len(shown), "wrong": sum(wrong) / len(wrong)}


def _told(calibrations: Calibrations) -> dict[str, object]:
    return {kind: calibration.model_dump() for kind, calibration in zip(KINDS, calibrations, strict=True)}


def _table(figures: Mapping[str, object]) -> Iterable[str]:
    for name in (ESSAYS, PIECES, OWN):
        group = figures[name]
        assert isinstance(group, Mapping)
        for kind in KINDS:
            for stage in ("uncalibrated", "before", "after", "folds"):
                f = group[stage][kind]
                yield (
                    f"{name:7} {kind:10} {stage:12} mean {f['mean_probability']:.3f} right {f['right']:.3f} "
                    f"ECE {f['ece']:.3f} Brier {f['brier']:.3f} n {f['items']}"
                )
        for error, kinds in group["max_error"].items():
            told = ", ".join(f"{kind} {k['shown']:.2f} shown {k['wrong']:.3f} wrong" for kind, k in kinds.items())
            yield f"{name:7} max_error {error}: {told}"


def _options(arguments: list[str] | None) -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("model", nargs="?", type=Path, default=DEFAULT, help="a model's folder; the default model")
    add_scheme(options)
    options.add_argument("--on", choices=(ESSAYS, PIECES, OWN, ALL), default=ESSAYS, help="what is calibrated on")
    options.add_argument("--write", action="store_true", help="put what was found into the model's configuration")
    options.add_argument("--name", help="of the record; calibration, with the scheme where it is not the main one")
    options.add_argument("--limit", type=int, help="only so many documents of each kind, and no record")
    found = told_with_corpora(options, arguments)
    if found.write and found.limit:
        options.error("all documents are calibrated on: --limit does not go with --write")
    return found


if __name__ == "__main__":
    main()
