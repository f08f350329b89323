"""Argument Annotated Essays, version 2 (Stab & Gurevych 2017): 402 student essays, brat standoff.

In the data every claim has a stance and no relation of its own, every premise one relation, every essay a
major claim. A claim's stance becomes a relation to the essay's last major claim, labelled `For` or `Against`.

Splits: `train` (322) and `test` (80) as published with the corpus; `dev` (36) are the essays of the
development part that Eger et al. (2017) published as CoNLL files, `train-less-dev` (286) the rest of `train`.
"""

import csv
from pathlib import Path

from argmine.corpora.brat_graph import brat_components, brat_relations
from argmine.corpora.corpus import Corpus, Repair
from argmine.corpora.damage import naming_its_file
from argmine.corpora.folds import published_split
from argmine.corpora.stance import stance_relations, untied_stances
from argmine.document import Document
from argmine.errors import CorpusError
from argmine.formats.brat import BratDocument, read_brat
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph, Relation

NAME = "aae2"
LICENCE = "research only, no redistribution"


def read(folder: Path) -> Corpus:
    """The corpus from its folder.

    Raises:
        FormatError: a file is missing or damaged.
        CorpusError: a label is unknown, or an essay breaks a rule that the corpus keeps.
    """
    official = _official_split(folder / "train-test-split.csv")
    repairs: list[Repair] = []
    graphs = tuple(_essay(folder / "brat-project-final" / f"{name}.ann", repairs) for name in official)
    train = tuple(name for name, part in official.items() if part == "TRAIN")
    test = tuple(name for name, part in official.items() if part == "TEST")
    dev = tuple(name for name in train if name in published_split(NAME, "dev"))
    rest = tuple(name for name in train if name not in dev)
    splits = {"train": train, "test": test, "dev": dev, "train-less-dev": rest}
    return Corpus(NAME, graphs, LICENCE, splits, tuple(repairs))


def _official_split(path: Path) -> dict[str, str]:
    """`TRAIN` or `TEST` by essay; the file separates by `;` and ends lines by a bare CR."""
    rows = list(csv.reader(read_text(path).splitlines(), delimiter=";"))
    parts: dict[str, str] = {}
    for number, row in enumerate(rows[1:], 2):
        if len(row) != 2 or row[1] not in ("TRAIN", "TEST"):
            raise CorpusError(f"an id and TRAIN or TEST were expected, found {row}", path=path, line=number)
        parts[row[0]] = row[1]
    return parts


@naming_its_file
def _essay(path: Path, repairs: list[Repair]) -> ArgumentGraph:
    """One essay; what had to be repaired is added to `repairs`."""
    brat = read_brat(path)
    document = Document(id=path.stem, text=brat.text)
    components = brat_components(NAME, document, brat)
    explicit = brat_relations(NAME, document, brat)
    repairs.extend(explicit.repairs)
    stances = _stances(brat)
    relations = [*explicit.relations, *stance_relations(NAME, components, stances)]
    _refuse_second_target(relations, path)
    meta = {**untied_stances(relations, stances), **explicit.meta}
    return ArgumentGraph.build(document, components, relations, meta=meta)


def _stances(brat: BratDocument) -> dict[str, str]:
    stances: dict[str, str] = {}
    claims = {s.id for s in brat.spans if s.label == "Claim"}
    for attribute in brat.attributes:
        if attribute.label != "Stance" or attribute.value is None or attribute.target not in claims:
            message = f"{attribute.id}: only a claim may have an attribute, its Stance"
            raise CorpusError(message, path=brat.path, line=attribute.line)
        if attribute.target in stances:
            message = f"{attribute.id}: {attribute.target} has a stance already"
            raise CorpusError(message, path=brat.path, line=attribute.line)
        stances[attribute.target] = attribute.value
    return stances


def _refuse_second_target(relations: list[Relation], path: Path) -> None:
    sources: set[str] = set()
    for relation in relations:
        if relation.source in sources:
            raise CorpusError(f"{relation.source} has two targets, or a stance and a target", path=path)
        sources.add(relation.source)
