from pathlib import Path

import pytest

from argmine.errors import FormatError
from argmine.formats.conll import ConllComponent, align_tokens, join_tokens, read_abs, read_dat

ESSAY = [
    ("Trams", "O"),
    ("hum", "B-Claim:Against"),
    (".", "O"),
    ("They", "B-Premise:{0}:Support"),
    ("glide", "I-Premise:{0}:Support"),
    ("Nobody", "B-Premise:{1}:Attack"),
    ("Keep", "B-MajorClaim"),
    ("them", "I-MajorClaim"),
]
COMPONENTS = (
    ConllComponent(1, 2, "Claim", "Against", None),
    ConllComponent(3, 5, "Premise", "Support", 1),
    ConllComponent(5, 6, "Premise", "Attack", 3),
    ConllComponent(6, 8, "MajorClaim", None, None),
)


def render(rows: list[tuple[str, str]], middle: str = "", links: tuple[int, ...] = ()) -> str:
    lines = [f"{n}\t{token}\t{middle}{tag.format(*links)}\n" for n, (token, tag) in enumerate(rows, 1)]
    return "".join(lines) + "\n"


def test_read_dat_follows_links_over_components(tmp_path: Path) -> None:
    path = tmp_path / "essays.dat"
    path.write_text(render(ESSAY, "_\t_\t", (-1, -1)))
    (document,) = read_dat(path)
    assert document.tokens == ("Trams", "hum", ".", "They", "glide", "Nobody", "Keep", "them")
    assert document.components == COMPONENTS


def test_read_abs_follows_links_to_tokens(tmp_path: Path) -> None:
    path = tmp_path / "essays.abs"
    path.write_text(render(ESSAY, "", (2, 4)))
    assert read_abs(path)[0].components == COMPONENTS


def test_read_dat_numbers_blocks_by_double_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "paragraphs.dat"
    one = "1\tTrams\t_\t_\tO\n\n"
    path.write_text(one + one + "\n" + one + "\n")
    assert [(d.block, d.line) for d in read_dat(path)] == [(0, 1), (0, 3), (1, 6)]


def test_read_dat_parts_neighbours_of_one_tag(tmp_path: Path) -> None:
    path = tmp_path / "essays.dat"
    path.write_text(render([("A", "B-MajorClaim"), ("B", "I-MajorClaim"), ("C", "B-MajorClaim")], "_\t_\t"))
    assert [(c.start, c.end) for c in read_dat(path)[0].components] == [(0, 2), (2, 3)]


def test_read_dat_keeps_stance_and_link_of_a_damaged_claim(tmp_path: Path) -> None:
    path = tmp_path / "essays.dat"
    path.write_text(render([("A", "B-Claim:1:Support:For"), ("B", "B-MajorClaim")], "_\t_\t"))
    assert read_dat(path)[0].components[0] == ConllComponent(0, 1, "Claim", "For", 1)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("1\tTrams\tO\n", 1, "5 columns were expected, found 3"),
        ("1\tTrams\t_\t_\tO\n3\thum\t_\t_\tO\n", 2, "token number 2 was expected, found '3'"),
        ("1\tTrams\t_\t_\tI-MajorClaim\n", 1, "'I-MajorClaim' continues no component"),
        ("1\tTrams\t_\t_\tB-MajorClaim\n2\thum\t_\t_\tI-Claim:For\n", 2, "'I-Claim:For' continues no component"),
        ("1\tTrams\t_\t_\tB-Premise:1:Support\n", 1, "links to nothing"),
        ("1\tTrams\t_\t_\tB-Premise:x:Support\n", 1, "TYPE:LINK:RELATION was expected"),
    ],
)
def test_read_dat_names_the_line_of_an_error(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = tmp_path / "essays.dat"
    path.write_text(text)
    with pytest.raises(FormatError, match=message) as caught:
        read_dat(path)
    assert (caught.value.path, caught.value.line) == (str(path), line)


def test_read_abs_refuses_a_link_beyond_the_document(tmp_path: Path) -> None:
    path = tmp_path / "essays.abs"
    path.write_text("1\tTrams\tB-Premise:2:Support\n")
    with pytest.raises(FormatError, match="links to nothing"):
        read_abs(path)


def test_join_tokens_gives_the_offsets_of_each() -> None:
    text, offsets = join_tokens(["It", "'", "s", "late", "."])
    assert text == "It ' s late ."
    assert [text[start:end] for start, end in offsets] == ["It", "'", "s", "late", "."]


def test_align_tokens_finds_split_words_across_lines() -> None:
    text = " It's\r\n\u00a0late. "
    offsets = align_tokens(text, ["It", "'", "s", "late", "."])
    assert [text[start:end] for start, end in offsets] == ["It", "'", "s", "late", "."]


def test_align_tokens_names_the_first_mismatch() -> None:
    with pytest.raises(FormatError, match="token 1 is 'was', the text at 3 is 'is '"):
        align_tokens("It is late", ["It", "was", "late"])


def test_align_tokens_refuses_text_left_over() -> None:
    with pytest.raises(FormatError, match="the text goes on after the last of 1 tokens: 'is late'"):
        align_tokens("It is late", ["It"])


def test_align_tokens_refuses_tokens_left_over() -> None:
    with pytest.raises(FormatError, match="token 1 is 'is'"):
        align_tokens("It", ["It", "is"])


@pytest.mark.corpus
@pytest.mark.parametrize("level", ["Essay_Level", "Paragraph_Level"])
def test_both_notations_of_the_test_part_say_the_same(corpora: Path, level: str) -> None:
    folder = corpora / "aae2-conll" / level
    one, other = read_dat(folder / "test.dat"), read_abs(folder / "test.dat.abs")
    assert [(d.tokens, d.components) for d in one] == [(d.tokens, d.components) for d in other]
    assert sum(len(d.tokens) for d in one) == 29_537
    assert sum(len(d.components) for d in one) == 1_266
