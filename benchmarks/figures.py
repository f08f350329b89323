"""Renders what people read of benchmarks from their records: the README's figures and the default model's card.

The README's part lies between `<!-- figures -->` and `<!-- /figures -->`, the card is `models/default/README.md`. A
record that is not there yet gives "not measured"; one of another model than the committed is an error, but for speed,
which other weights of the same network do not change: there the text names the model that was measured. `--check`
writes nothing and exits with 1 where a text is not what would be rendered; `--table` prints one table.

    python -m benchmarks.figures --check
    python -m benchmarks.figures --table card.protocol_a
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from math import prod
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from safetensors import safe_open

from argmine.corpora import corpus_names
from argmine.evaluation.published import published_tables
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, TRAINING, read_config
from argmine.runtime import WEIGHTS
from argmine.training.recipe import Part
from benchmarks.mining import DEFAULT
from benchmarks.record import RESULTS, ROOT
from benchmarks.rendered import parser, write_or_check
from benchmarks.spread import figure

TEMPLATES = Path(__file__).parent / "templates"
README, CARD = ROOT / "README.md", "README.md"
README_TEMPLATE, CARD_TEMPLATE = "readme.md.j2", "card.md.j2"
MARKS = "<!-- figures -->", "<!-- /figures -->"
NOT_MEASURED = "not measured"
OVER_SEEDS = "aae2-test"
"""The one record of scores that is of other models than the committed."""
SPEED = ("startup", *(f"throughput-{part}" for part in ("limit", "pipeline", "growth", "latency")))
"""Records that may be of earlier weights."""

COMPONENT_WORDS = {
    "type": "type",
    "start": "start of the span",
    "end": "end of the span",
    "both_ends": "both ends of the span",
    "absent": "no span near it",
}
RELATION_WORDS = {
    "source_span": "span of the source",
    "type": "type of the source",
    "label": "support or attack",
    "target_span": "span of the target",
    "target": "another target",
}
"""What the card calls the faults of `benchmarks.misses`."""

PUBLISHED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "A": {
        "essay C 100 / 50": ("acl2017-essay", "c_f1_100", "c_f1_50"),
        "essay R 100 / 50": ("acl2017-essay", "r_f1_100", "r_f1_50"),
        "paragraph C 100 / 50": ("acl2017-paragraph", "c_f1_100", "c_f1_50"),
        "paragraph R 100 / 50": ("acl2017-paragraph", "r_f1_100", "r_f1_50"),
    },
    "C": {name: ("gold-segments", name) for name in ("types", "links", "stance")},
    "D": {"BIO macro-F1": ("bio", "bio")},
    "E": {level: ("microtexts", level) for level in ("cc", "ro", "fu", "at")},
    "F": {"labels, macro-F1": ("cdcp", "components"), "links, F1": ("cdcp", "links")},
}
"""Columns of the card's tables of published figures: protocol and scores of each."""
IN_POINTS = "A"


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a folder, as the templates ask for them.

    A figure over models has a mean, and a standard deviation where there are several; startup's and the agreement's are
    plain numbers.
    """

    folder: Path
    read: dict[str, Mapping[str, Any] | None] = field(default_factory=dict)

    def record(self, name: str) -> Mapping[str, Any] | None:
        """A record by its name, None where there is none."""
        if name not in self.read:
            path = self.folder / f"{name}.json"
            self.read[name] = json.loads(path.read_text("utf-8")) if path.is_file() else None
        return self.read[name]

    def points(self, name: str, figure_name: str) -> str:
        """In points, with two places: `68.41 ± 0.32`."""
        return self._over_models(name, figure_name, 100, 2)

    def cost(self, name: str, figure_name: str) -> str:
        """What is in points already, with one place."""
        return self._over_models(name, figure_name, 1, 1)

    def share(self, name: str, figure_name: str) -> str:
        """Between 0 and 1, with three places: `.905 ± .002`."""
        return self._over_models(name, figure_name, 1, 3)

    def count(self, name: str, figure_name: str) -> str:
        """A number of items, with a place where it is the mean of several models."""
        return self._over_models(name, figure_name, 1, 0)

    def plain(self, name: str, figure_name: str) -> str:
        """A figure of a record that is not over models, with three places."""
        return self._plain(name, figure_name, 3).removeprefix("0")

    def whole(self, name: str, figure_name: str) -> str:
        """A figure of a record that is not over models, without places."""
        return self._plain(name, figure_name, 0)

    def gap(self, name: str, figure_name: str) -> str:
        """A difference over runs, in points with its sign: `+1.0 ± 0.6`."""
        found = self.record(name)
        if found is None:
            return NOT_MEASURED
        mean, deviation = (figure(found["figures"], f"{figure_name}.{part}") for part in ("mean", "sd"))
        return f"{100 * float(str(mean)):+.1f} ± {100 * float(str(deviation)):.1f}"

    def told(self, name: str, key: str) -> str:
        """What a record says of its making."""
        found = self.record(name)
        return NOT_MEASURED if found is None else str(found[key])

    def seconds(self, name: str, figure_name: str) -> str:
        """A time, with two places, or three below a tenth."""
        found = self.record(name)
        value = 1.0 if found is None else float(str(figure(found["figures"], figure_name)))
        return self._plain(name, figure_name, 3 if value < 0.1 else 2)

    def runs(self, name: str) -> str:
        """How many models a record is of and their seeds, in words to stand after others."""
        found = self.record(name)
        if found is None:
            return ""
        seeds = [str(seed) for seed in found.get("seeds", []) if seed is not None]
        return f" ({found['figures']['models']} models" + (f", seeds {', '.join(seeds)})" if seeds else ")")

    def measured_on(self, *names: str) -> str:
        """The models of records and the machine of the first, in words to stand after others."""
        found = [record for name in names if (record := self.record(name)) is not None]
        if not found:
            return ""
        revisions = sorted({str(model["revision"]) for record in found for model in _models(record)})
        models = f", weights {' and '.join(revisions)}" if revisions else ""
        return f"{models}, {found[0]['machine']['cpu']}, {found[0]['machine']['cores']} cores"

    def _over_models(self, name: str, figure_name: str, scale: int, places: int) -> str:
        found = self.record(name)
        if found is None:
            return NOT_MEASURED
        entry = figure(found["figures"], f"summary.{figure_name}")
        if not isinstance(entry, Mapping) or "mean" not in entry:
            raise ValueError(f"{name}: {figure_name} is no figure")
        mean, deviation = entry["mean"], entry["sd"]
        text = _number(scale * mean, places, bare=scale == 1)
        return text if deviation is None else f"{text} ± {_number(scale * deviation, places, bare=scale == 1)}"

    def _plain(self, name: str, figure_name: str, places: int) -> str:
        found = self.record(name)
        return NOT_MEASURED if found is None else f"{figure(found['figures'], figure_name):.{places}f}"


def render(template: str, records: Records, **known: object) -> str:
    """A template filled with records and whatever else it is to know.

    Raises:
        KeyError: a record lacks a figure that the template asks for.
    """
    return _template(template).render(**asked(records), **known)


def render_table(template: str, table: str, records: Records, **known: object) -> str:
    """One table of a template, by the name of its block."""
    found = _template(template)
    return "".join(found.blocks[table](found.new_context({**asked(records), **known})))


def table_names() -> dict[str, tuple[str, str]]:
    """Template and block of each table by its name, `readme.essays`."""
    return {
        f"{name.partition('.')[0]}.{block}": (name, block)
        for name in (README_TEMPLATE, CARD_TEMPLATE)
        for block in _template(name).blocks
    }


def asked(records: Records) -> dict[str, object]:
    """What templates ask records, and published figures, by name."""
    names = "points", "cost", "share", "count", "plain", "whole", "gap", "told", "seconds", "runs", "measured_on"
    return {**{name: getattr(records, name) for name in names}, "best": best}


def best(protocol: str, *scores: str) -> str:
    """The published figures of the system that is best by the first of `scores`, and its name with its source."""
    systems = [
        s for t in published_tables() if t.protocol == protocol for s in t.systems if s.points.keys() >= {*scores}
    ]
    top = max(systems, key=lambda system: system.points[scores[0]])
    return f"{' / '.join(str(top.points[score]) for score in scores)}, {top.name}"


@cache
def _template(name: str) -> Template:
    environment = Environment(  # noqa: S701 (Markdown, from our own files)
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template(name)


def with_figures(readme: str, figures: str) -> str:
    r"""The README with `figures` between its marks.

    Raises:
        ValueError: the marks are not there once each, in order.

    >>> with_figures("a\n<!-- figures -->\nold\n<!-- /figures -->\nb\n", "new\n")
    'a\n<!-- figures -->\nnew\n<!-- /figures -->\nb\n'
    """
    start, end = MARKS
    if readme.count(start) != 1 or readme.count(end) != 1 or readme.index(start) > readme.index(end):
        raise ValueError(f"the README must hold {start} and then {end}, once each")
    return f"{readme.partition(start)[0]}{start}\n{figures}{end}{readme.partition(end)[2]}"


def card_of(folder: Path, records: Records) -> str:
    """The card of a model's folder."""
    return render(CARD_TEMPLATE, records, **card_facts(folder))


def card_facts(folder: Path) -> dict[str, object]:
    """What the card says besides figures of records."""
    faults = list(zip(COMPONENT_WORDS.items(), RELATION_WORDS.items(), strict=True))
    return {"model": model_facts(folder), "published": published(), "faults": faults}


def published() -> dict[str, dict[str, Any]]:
    """Tables of published figures by the letter of the protocol: `columns`, and `systems` with `name` and `cells`."""
    return {
        letter: {
            "columns": list(columns),
            "systems": [
                {"name": name, "cells": [_published(name, letter, column) for column in columns]}
                for name in _published_systems({protocol for protocol, *_ in columns.values()})
            ],
        }
        for letter, columns in PUBLISHED.items()
    }


def _published_systems(protocols: set[str]) -> list[str]:
    return list(dict.fromkeys(s.name for t in published_tables() if t.protocol in protocols for s in t.systems))


def _published(name: str, letter: str, column: str) -> str:
    """A cell: in points, or between 0 and 1; empty where nothing was published."""
    protocol, *scores = PUBLISHED[letter][column]
    found = {s.name: s.points for t in published_tables() if t.protocol == protocol for s in t.systems}
    points = [found[name][score] for score in scores if score in found.get(name, {})]
    return " / ".join(str(p) if letter == IN_POINTS else str(p.scaleb(-2)).removeprefix("0") for p in points)


def model_facts(folder: Path) -> dict[str, object]:
    """What the card says of a model besides figures: from its configuration, training record and files."""
    config = read_config(folder / CONFIG)
    path = folder / TRAINING
    training: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    size = sum(file.stat().st_size for file in folder.iterdir() if file.is_file() and file.name != CARD)
    return {
        "name": config.name,
        "encoder": config.encoder,
        "licence": config.licence,
        "parameters": f"{count_parameters(folder / WEIGHTS) / 1e6:.1f} million",
        "megabytes": f"{size / 1e6:.0f}",
        "training": {"selected_epoch": training.get("selected_epoch"), "recipe": training.get("recipe", {})},
        "sources": sources_of(training.get("recipe", {})),
        "documents": documents_of(training),
        "schemes": [
            {**scheme_facts(folder, other.name), "default": other.name == config.default} for other in config.others
        ],
    }


def scheme_facts(folder: Path, scheme: str) -> dict[str, object]:
    """What the card says of a scheme beside the main one."""
    path = folder / f"{Path(TRAINING).stem}-{scheme}.json"
    training: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    recipe: dict[str, Any] = training.get("recipe", {})
    used = [*recipe.get("train", ()), *(s["development"] for s in recipe.get("schemes", ()) if s["name"] == scheme)]
    times = Counter((s["corpus"], s["split"], _learnt(s, scheme)) for s in used)
    return {
        "name": scheme,
        "rank": recipe.get("adapter"),
        "sources": [
            {"corpus": corpus, "split": split, "use": use + _often(count), "licence": licence_of(corpus)}
            for (corpus, split, use), count in times.items()
        ],
        "documents": documents_of(training, scheme),
    }


def _often(times: int) -> str:
    return {1: "", 2: ", twice an epoch"}.get(times, f", {times} times an epoch")


def _learnt(source: Mapping[str, Any], scheme: str) -> str:
    if source.get("scheme") != scheme:
        return "decoding, calibration"
    parts = source.get("learn", ())
    return "training" if len(parts) == len(Part) else f"training, {' and '.join(parts)} alone"


def count_parameters(weights: Path) -> int:
    """Numbers in a safetensors file."""
    with safe_open(weights, "np") as tensors:
        return sum(prod(tensors.get_slice(name).get_shape()) for name in tensors.keys())  # noqa: SIM118


def sources_of(recipe: Mapping[str, Any]) -> list[dict[str, str]]:
    """Corpora and splits that a recipe learns from and selects on, with their licences."""
    used = [(source, _use(source)) for source in recipe.get("train", ())]
    if "development" in recipe:
        used.append((recipe["development"], "selection, decoding, calibration"))
    return [
        {"corpus": s["corpus"], "split": s["split"], "use": use, "licence": licence_of(s["corpus"])} for s, use in used
    ]


def _use(source: Mapping[str, Any]) -> str:
    return (
        "training, on what teachers believe of its texts; its gold is not used" if source.get("lessons") else "training"
    )


def licence_of(corpus: str) -> str:
    """The licence that a corpus's reader states.

    Raises:
        ValueError: there is no such corpus.
    """
    if corpus not in corpus_names():
        raise ValueError(f"a model was trained on {corpus!r}, which is no corpus")
    module = corpus.partition("-part")[0].replace("-", "_")
    return str(import_module(f"argmine.corpora.{module}").LICENCE)


def documents_of(training: Mapping[str, Any], scheme: str = "") -> str:
    """A sentence on how much was learnt from, empty where that is not recorded.

    Args:
        training: a record of training.
        scheme: that of which decoding was tuned; empty for the main one.
    """
    if "train_documents" not in training:
        return ""
    learnt = training["train_documents"]
    selected = training["scheme_documents"][scheme] if scheme else training["development_documents"]
    purpose = "tune decoding on" if training.get("recipe", {}).get("keep") == "last" else "select on"
    when = "In the last stage" if training.get("init") else "In all"
    return (
        f"{when} {learnt['documents']:,} documents with {learnt['components']:,} components and "
        f"{learnt['relations']:,} relations to learn from, {selected['documents']} documents to {purpose}. "
        f"Left out for text shared with what is held out: {len(training.get('left_out', ()))}."
    )


def refuse_other_model(records: Records, revision: str) -> None:
    """Records that were read must be of the committed model, where they are of models at all and not of speed.

    Raises:
        ValueError: one is of another; it names both.
    """
    for name, found in records.read.items():
        for model in [] if found is None or name in (OVER_SEEDS, *SPEED) else _models(found):
            if model["revision"] != revision:
                raise ValueError(f"{name} is of the model {model['revision']}, committed is {revision}: run it again")


def texts(model: Path, records: Records) -> dict[Path, str]:
    """What the README and the model's card should hold."""
    wanted = {
        README: with_figures(README.read_text("utf-8"), render(README_TEMPLATE, records)),
        model / CARD: card_of(model, records),
    }
    refuse_other_model(records, ArgumentMiner.load(model).revision)
    return wanted


def table_of(name: str, model: Path) -> str:
    """One table of the README or of a model's card, from the committed records."""
    template, block = table_names()[name]
    known = card_facts(model) if template == CARD_TEMPLATE else {}
    return render_table(template, block, Records(RESULTS), **known).rstrip("\n")


def main(arguments: list[str] | None = None) -> int:
    """Renders, or with `--check` compares; returns the exit code."""
    options = parser(__doc__)
    options.add_argument("--model", type=Path, default=DEFAULT)
    options.add_argument("--table", choices=table_names(), help="print one table, and do nothing else")
    told = options.parse_args(arguments)
    if told.table is not None:
        print(table_of(told.table, told.model))
        return 0
    return write_or_check(texts(told.model, Records(RESULTS)), "python -m benchmarks.figures", check=told.check)


def _models(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    each = [run["model"] for run in record["figures"].get("each", ())]
    return [*each, record["model"]] if "model" in record else each


def _number(value: float, places: int, *, bare: bool) -> str:
    """Without the zero before the point where `bare`: `.905`."""
    text = f"{value:.{places}f}"
    return text.removeprefix("0") if bare and places else text


if __name__ == "__main__":
    sys.exit(main())
