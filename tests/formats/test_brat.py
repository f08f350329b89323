from pathlib import Path

import pytest

from argmine.document import Document
from argmine.errors import FormatError
from argmine.formats.brat import Discontinuous, parse_brat, read_brat, write_brat
from argmine.graph import ArgumentGraph

TEXT = "Keep the trams.\r\nThey are quiet,\nand they are cheap."
ANN = (
    "T1\tMajorClaim 0 14\tKeep the trams\t\n"
    "T2\tClaim 17 31\tThey are quiet\n"
    "A1\tStance T2 For\n"
    "R1\tsupports Arg1:T2 Arg2:T1\t\n"
    "#1\tAnnotatorNotes T2\ta remark\twith a tab\n"
)


def place(folder: Path, ann: str, text: str = TEXT) -> Path:
    path = folder / "piece.ann"
    path.write_bytes(ann.encode())
    path.with_suffix(".txt").write_bytes(text.encode())
    return path


def test_read_brat_gives_every_kind_of_line(tmp_path: Path) -> None:
    brat = read_brat(place(tmp_path, ANN))
    assert [(s.id, s.label, brat.text[s.start : s.end], s.line) for s in brat.spans] == [
        ("T1", "MajorClaim", "Keep the trams", 1),
        ("T2", "Claim", "They are quiet", 2),
    ]
    assert [(r.id, r.label, r.source, r.target) for r in brat.relations] == [("R1", "supports", "T2", "T1")]
    assert [(a.label, a.target, a.value) for a in brat.attributes] == [("Stance", "T2", "For")]
    assert [(n.target, n.text) for n in brat.notes] == [("T2", "a remark\twith a tab")]


def test_read_brat_leaves_the_text_as_it_is(tmp_path: Path) -> None:
    text = "\ufeffOne\r\ntwo\rthree\n\n 𝒳 "
    assert read_brat(place(tmp_path, "", text)).text == text


def test_read_brat_counts_code_points(tmp_path: Path) -> None:
    brat = read_brat(place(tmp_path, "T1\tClaim 2 7\tTrams\n", "🚋 Trams"))
    assert (brat.spans[0].start, brat.spans[0].end) == (2, 7)


def test_read_brat_accepts_windows_line_ends_in_annotations(tmp_path: Path) -> None:
    assert len(read_brat(place(tmp_path, ANN.replace("\n", "\r\n"))).relations) == 1


def test_read_brat_wants_line_breaks_quoted_as_spaces(tmp_path: Path) -> None:
    brat = read_brat(place(tmp_path, "T1\tClaim 26 36\tquiet, and\n"))
    assert brat.text[26:36] == "quiet,\nand"


@pytest.mark.parametrize(
    ("ann", "line", "message"),
    [
        ("T1\tClaim 0 4\tKeep\nT2\tClaim 5 900\tthe\n", 2, "T2 ends at 900, text has 52 characters"),
        ("T1\tClaim 0 4\tLeep\n", 1, "T1 quotes 'Leep', the text at its place is 'Keep'"),
        ("T1\tClaim 4 4\t\n", 1, "it must end after its start"),
        ("T1\tClaim 0 4\n", 1, "quoted text were expected"),
        ("T1\tClaim zero 4\tKeep\n", 1, "quoted text were expected"),
        ("T1\tClaim 0 4\tKeep\n\nT1\tClaim 5 8\tthe\n", 3, "T1 was defined in line 1"),
        ("T1\tClaim 0 4\tKeep\nR1\tsupports Arg1:T1 Arg2:T9\n", 2, "R1 names T9"),
        ("A1\tStance T9 For\n", 1, "A1 names T9"),
        ("T1\tClaim 0 4;9 14\tKeep trams\n", 1, "2 parts, only one is allowed"),
        ("E1\tEvent:T1\n", 1, "no span, relation, attribute or note"),
        ("R1\tsupports T1 T2\n", 1, "no span, relation, attribute or note"),
    ],
)
def test_read_brat_names_the_line_of_an_error(tmp_path: Path, ann: str, line: int, message: str) -> None:
    path = place(tmp_path, ann)
    with pytest.raises(FormatError, match=message) as caught:
        read_brat(path)
    assert (caught.value.path, caught.value.line) == (str(path), line)


def test_read_brat_covers_discontinuous_spans_when_asked(tmp_path: Path) -> None:
    path = place(tmp_path, "T1\tClaim 0 4;9 14\tKeep trams\n")
    span = read_brat(path, discontinuous=Discontinuous.COVER).spans[0]
    assert TEXT[span.start : span.end] == "Keep the trams"


def test_read_brat_leaves_quotes_unchecked_when_asked(tmp_path: Path) -> None:
    path = place(tmp_path, "T1\tClaim 2 6\tKeep\n")
    assert read_brat(path, check_quotes=False).spans[0].quote == "Keep"


def test_read_brat_says_when_the_text_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "alone.ann"
    path.write_text(ANN)
    with pytest.raises(FormatError, match=r"alone\.txt: cannot be read"):
        read_brat(path)


def test_read_brat_says_when_the_text_is_not_utf8(tmp_path: Path) -> None:
    path = place(tmp_path, "")
    path.with_suffix(".txt").write_bytes(b"caf\xe9")
    with pytest.raises(FormatError, match="not UTF-8: byte 0xe9 at 3"):
        read_brat(path)


def test_write_brat_reads_back_equal(tmp_path: Path) -> None:
    components = [("b", "premise", 17, 36), ("a", "major_claim", 0, 14)]
    graph = ArgumentGraph.build(Document(id="piece", text=TEXT), components, [("b", "a", "attack")])
    path = tmp_path / "written.ann"
    write_brat(graph, path)
    brat = read_brat(path)
    assert brat.text == TEXT
    assert [(s.id, s.label, s.start, s.end) for s in brat.spans] == [
        ("T1", "major_claim", 0, 14),
        ("T2", "premise", 17, 36),
    ]
    assert [(r.label, r.source, r.target) for r in brat.relations] == [("attack", "T2", "T1")]


def test_parse_brat_gives_the_path_for_messages_only() -> None:
    assert parse_brat(ANN, TEXT, path=Path("nowhere.ann")).path == Path("nowhere.ann")
