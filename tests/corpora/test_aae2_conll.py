from pathlib import Path

import pytest

from argmine.corpora import aae2, aae2_conll
from argmine.corpora.corpus import Corpus, RepairRule
from argmine.errors import CorpusError
from argmine.formats.conll import align_tokens, join_tokens
from argmine.graph import ArgumentGraph, RelationType

ROWS = [
    ("Keep", "B-MajorClaim"),
    ("trams", "I-MajorClaim"),
    (".", "O"),
    ("They", "B-Claim:For"),
    ("hum", "I-Claim:For"),
    ("Nobody", "B-Premise:-1:Support"),
    ("wakes", "I-Premise:-1:Support"),
]


def folder_of(tmp_path: Path, rows: list[tuple[str, str]] = ROWS) -> Path:
    essay = "".join(f"{n}\t{token}\t_\t_\t{tag}\n" for n, (token, tag) in enumerate(rows, 1)) + "\n"
    claim = "1\tBuses\t_\t_\tB-Claim:Against\n2\tstink\t_\t_\tI-Claim:Against\n\n"
    (tmp_path / "Essay_Level").mkdir()
    (tmp_path / "Paragraph_Level").mkdir()
    for part, number in (("train", 286), ("dev", 36), ("test", 80)):
        (tmp_path / "Essay_Level" / f"{part}.dat").write_text(essay * number)
        (tmp_path / "Paragraph_Level" / f"{part}.dat").write_text((essay + claim + "\n") * number)
    return tmp_path


def test_read_joins_tokens_by_spaces(tmp_path: Path) -> None:
    graph = aae2_conll.read(folder_of(tmp_path)).graphs[0]
    assert graph.text == "Keep trams . They hum Nobody wakes"
    assert [(c.id, c.label, c.text) for c in graph.components] == [
        ("c1", "MajorClaim", "Keep trams"),
        ("c2", "Claim", "They hum"),
        ("c3", "Premise", "Nobody wakes"),
    ]
    assert [(r.source, r.target, r.type, r.label) for r in graph.relations] == [
        ("c3", "c2", RelationType.SUPPORT, "Support"),
        ("c2", "c1", RelationType.SUPPORT, "For"),
    ]


def test_read_names_documents_as_aae2_does(tmp_path: Path) -> None:
    splits = aae2_conll.read(folder_of(tmp_path)).splits
    assert {name: (len(ids), ids[0]) for name, ids in splits.items()} == {
        "train": (286, "essay001"),
        "dev": (36, "essay012"),
        "test": (80, "essay004"),
    }


def test_read_paragraphs_numbers_them_in_each_essay(tmp_path: Path) -> None:
    corpus = aae2_conll.read_paragraphs(folder_of(tmp_path))
    assert corpus.splits["dev"][:3] == ("essay012-p1", "essay012-p2", "essay024-p1")
    assert corpus.graph("essay012-p2").text == "Buses stink"


def test_read_paragraphs_keeps_the_stance_of_a_claim_without_a_thesis(tmp_path: Path) -> None:
    graph = aae2_conll.read_paragraphs(folder_of(tmp_path)).graph("essay012-p2")
    assert graph.roots == ("c1",)
    assert graph.meta == {"stances": {"c1": "Against"}}


def test_read_repairs_a_claim_with_a_target(tmp_path: Path) -> None:
    rows = [("Keep", "B-MajorClaim"), ("They", "B-Claim:-1:Support:For")]
    corpus = aae2_conll.read(folder_of(tmp_path, rows))
    assert corpus.repair_counts() == {RepairRule.CLAIM_WITH_TARGET: 402}
    assert [(r.source, r.target, r.label) for r in corpus.graphs[0].relations] == [("c2", "c1", "For")]


def test_read_refuses_a_part_of_another_size(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "Essay_Level" / "dev.dat").write_text("1\tTrams\t_\t_\tO\n\n")
    with pytest.raises(CorpusError, match=r"dev\.dat: 1 essays, 36 were published"):
        aae2_conll.read(folder)


def test_read_refuses_an_unknown_label(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="unknown component label 'Lead' in aae2-conll"):
        aae2_conll.read(folder_of(tmp_path, [("Keep", "B-Lead")]))


@pytest.fixture(scope="module")
def essays(corpora: Path) -> Corpus:
    return aae2_conll.read(corpora / "aae2-conll")


@pytest.mark.corpus
def test_counts_are_the_published_ones(essays: Corpus) -> None:
    assert {name: len(ids) for name, ids in essays.splits.items()} == {"train": 286, "dev": 36, "test": 80}
    assert essays.counts().component_labels == {"MajorClaim": 751, "Claim": 1_506, "Premise": 3_832}
    test = essays.split("test")
    assert sum(len(g.text.split(" ")) for g in test) == 29_537
    assert sum(len(g.components) for g in test) == 1_266
    assert [(r.rule, r.document) for r in essays.repairs] == [(RepairRule.CLAIM_WITH_TARGET, "essay264")]


@pytest.mark.corpus
def test_paragraphs_hold_the_same_components(corpora: Path) -> None:
    paragraphs = aae2_conll.read_paragraphs(corpora / "aae2-conll")
    assert {name: len(ids) for name, ids in paragraphs.splits.items()} == {"train": 1_587, "dev": 199, "test": 449}
    assert paragraphs.counts().component_labels == {"MajorClaim": 751, "Claim": 1_506, "Premise": 3_832}
    assert not paragraphs.repairs


@pytest.mark.corpus
def test_every_essay_aligns_with_its_text_and_components(corpora: Path, essays: Corpus) -> None:
    """Two ends, in the midst of a word in `aae2`, and one target are all that differ."""
    texts = aae2.read(corpora / "aae2")
    different: dict[str, int] = {}
    for graph in essays.graphs:
        raw = texts.graph(graph.id)
        gold = {(c.start, c.end, c.type) for c in raw.components}
        if missed := gold ^ _mapped(graph, raw.text):
            different[graph.id] = len(missed)
    assert different == {"essay098": 2, "essay182": 2}


def _mapped(graph: ArgumentGraph, text: str) -> set[tuple[int, int, str]]:
    tokens = graph.text.split(" ")
    raw, joined = align_tokens(text, tokens), join_tokens(tokens)[1]
    start = {place[0]: found[0] for place, found in zip(joined, raw, strict=True)}
    end = {place[1]: found[1] for place, found in zip(joined, raw, strict=True)}
    return {(start[c.start], end[c.end], c.type) for c in graph.components}
