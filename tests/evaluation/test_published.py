from decimal import Decimal

import pytest

from argmine.corpora import corpus_names
from argmine.evaluation.protocols import find_protocol
from argmine.evaluation.published import PublishedTable, published_table, published_tables

NAMES = [f"{table.protocol} {table.split}" for table in published_tables()]


@pytest.mark.parametrize("table", published_tables(), ids=NAMES)
def test_figures_are_of_scores_that_their_protocol_has(table: PublishedTable) -> None:
    known = {tally.name for tally in find_protocol(table.protocol).tallies}
    for system in table.systems:
        assert system.points
        assert system.points.keys() <= known
        assert all(0 < points < 100 for points in system.points.values())


@pytest.mark.parametrize("table", published_tables(), ids=NAMES)
def test_figures_are_of_corpora_that_can_be_read(table: PublishedTable) -> None:
    assert table.corpora
    assert set(table.corpora) <= set(corpus_names())


def test_every_figure_names_its_source() -> None:
    systems = [system for table in published_tables() for system in table.systems]
    assert all(system.source and system.system for system in systems)
    assert all(system.url is None or system.url.startswith("https://") for system in systems)


def test_protocol_has_one_table_a_split() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_table_is_found_by_protocol_corpus_and_split() -> None:
    table = published_table("acl2017-essay", "aae2", "test")
    assert table is not None
    best = max(table.systems, key=lambda system: system.points["c_f1_100"])
    assert (best.name, best.points["c_f1_50"]) == ("LSTM-ER (Eger et al. 2017)", Decimal("73.02"))


@pytest.mark.parametrize(
    ("protocol", "corpus", "split"),
    [("acl2017-essay", "aae2", "dev"), ("acl2017-essay", "cdcp", "test"), ("overlap", "aae2", "test")],
)
def test_figures_of_other_documents_or_protocols_are_not_compared(protocol: str, corpus: str, split: str) -> None:
    assert published_table(protocol, corpus, split) is None


def test_places_are_kept_as_published() -> None:
    table = published_table("gold-segments", "aae2", "test")
    assert table is not None
    assert str(table.systems[0].points["stance"]) == "68.0"
