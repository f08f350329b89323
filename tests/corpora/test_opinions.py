"""Marked texts, and what is wrong with them."""

from pathlib import Path

import pytest

from argmine.corpora import read_corpus
from argmine.corpora.opinions import read_marked
from argmine.errors import CorpusError

PIECE = """Pools

[[c1 C +|It keeps pensioners healthy]]. I know: [[p1 P +c1|falls dropped by a tenth]], says the clinic.
Some say [[c2 C -|it loses money]], but [[p2 P -c2|so does the park]].
[[m1 M|We must keep the pool]].
"""


def test_marks_are_no_part_of_the_text() -> None:
    graph = read_marked("pool", PIECE)
    assert "[[" not in graph.text
    assert graph.text.startswith("Pools\n\nIt keeps pensioners healthy. I know: falls dropped")
    assert [(c.id, c.type.value, c.text) for c in graph.components] == [
        ("c1", "claim", "It keeps pensioners healthy"),
        ("p1", "premise", "falls dropped by a tenth"),
        ("c2", "claim", "it loses money"),
        ("p2", "premise", "so does the park"),
        ("m1", "major_claim", "We must keep the pool"),
    ]


def test_signs_are_relations_and_claims_bear_on_the_last_thesis() -> None:
    graph = read_marked("pool", PIECE + "[[m2 M|It must stay]].")
    assert [(r.source, r.target, r.type.value) for r in graph.relations] == [
        ("c1", "m2", "support"),
        ("p1", "c1", "support"),
        ("c2", "m2", "attack"),
        ("p2", "c2", "attack"),
    ]


def test_without_a_thesis_claims_are_roots() -> None:
    graph = read_marked("none", "[[c1 C|Trams are quiet]]. [[p1 P +c1|Nobody wakes up]].")
    assert [(r.source, r.target) for r in graph.relations] == [("p1", "c1")]


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("[[c1 C +|Trams]].", "c1: a claim has a sign and no target where there is a thesis, else neither"),
        ("[[m M|Trams]] [[c1 C|Buses]].", "c1: a claim has a sign and no target"),
        ("[[m M|Trams]] [[c1 C +m|Buses]].", "c1: a claim has a sign and no target"),
        ("[[m M +c|Trams]].", "m: a major claim bears on nothing"),
        ("[[p P|Trams]].", "p: it bears on '', which is not there"),
        ("[[p P +q|Trams]].", "p: it bears on 'q', which is not there"),
        ("[[p X +q|Trams]].", "p: 'X [+]q' is no role: M, C, C [+], C -, P [+]id or P -id"),
        ("[[p P +q|Tr]ams]].", r"\[\[ outside of a mark, at '\[\[p P"),
        ("Trams]] run.", r"\]\] outside of a mark, at 'Trams"),
    ],
)
def test_a_wrong_mark_is_told(marked: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        read_marked("bad", marked)


def test_a_wrong_piece_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(PIECE)
    (tmp_path / "worse.txt").write_text("[[p P +q|Trams]].")
    with pytest.raises(CorpusError, match=r"worse\.txt: p: it bears on 'q'"):
        read_corpus("opinions", tmp_path)


def test_a_folder_without_pieces_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no \.txt files"):
        read_corpus("opinions", tmp_path)


def test_the_pieces_of_the_repository_are_marked_rightly(tmp_path: Path) -> None:
    graphs = read_corpus("opinions", tmp_path / "not-there").graphs
    assert graphs
    assert all(graph.trees for graph in graphs)
