from collections import Counter
from pathlib import Path

import pytest

from argmine.corpora.folds import fold, group_of, published_split, tenth_of
from benchmarks.folds import documents_in, groups_of, published_parts

SMALL = ("aae2", "abstrct", "cmv-modes")


def numbered(first: int, last: int) -> str:
    return " ".join(f"w{n}" for n in range(first, last))


def test_groups_join_documents_that_share_twelve_words() -> None:
    documents = [("x/b", numbered(0, 20)), ("x/a", numbered(8, 30)), ("y/c", numbered(50, 70))]
    assert groups_of(documents) == [["x/a", "x/b"]]


def test_groups_do_not_join_documents_that_share_eleven_words() -> None:
    assert groups_of([("x/a", numbered(0, 20)), ("x/b", numbered(9, 30))]) == []


def test_groups_run_on_from_one_document_to_the_next() -> None:
    documents = [("x/a", numbered(0, 20)), ("x/b", numbered(30, 50)), ("x/c", numbered(5, 45))]
    assert groups_of(documents) == [["x/a", "x/b", "x/c"]]


def test_groups_regard_words_alone() -> None:
    marked = "W0, w1 (w2) w3-w4\nw5 'w6' w7; w8. W9 w10 w11!"
    assert groups_of([("x/a", marked), ("x/b", numbered(0, 12))]) == [["x/a", "x/b"]]


def test_documents_of_one_group_share_their_fold() -> None:
    assert {group_of("aae2", f"essay{n}") for n in (171, 210, 400)} == {"aae2/essay171"}
    assert len({fold("aae2", f"essay{n}", 5) for n in (171, 210, 400)}) == 1


def test_both_readings_of_the_essays_share_their_folds() -> None:
    assert tenth_of("aae2-conll", "essay210") == tenth_of("aae2", "essay210")


def test_a_document_of_no_group_is_its_own() -> None:
    assert group_of("new", "piece") == "new/piece"


def test_tenth_follows_the_digest_of_the_least_id() -> None:
    digest = 0x1BF7580F0342DA52C03C12ADDF937EB722EC49AFCA7AD217A61B3326274AC029  # printf new/piece | sha256sum
    assert tenth_of("new", "piece") == digest % 10 == 1


def test_folds_are_of_about_equal_size() -> None:
    sizes = Counter(fold("new", str(n), 4) for n in range(400))
    assert set(sizes) == {0, 1, 2, 3}
    assert min(sizes.values()) > 70


def test_fold_refuses_no_folds() -> None:
    with pytest.raises(ValueError, match="there must be at least one fold, found 0"):
        fold("aae2", "essay001", 0)


def test_published_split_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no split 'train' of aae2 is in the file of folds; it has dev, test"):
        published_split("aae2", "train")


@pytest.mark.corpus
def test_published_parts_are_found_again(corpora: Path) -> None:
    found = {name: tuple(ids) for name, ids in published_parts(corpora).items()}
    assert found == {name: published_split("aae2", name) for name in ("dev", "test")}


@pytest.mark.corpus
def test_documents_of_small_corpora_that_share_text_share_their_group(corpora: Path) -> None:
    """In the file, which has more corpora, groups may be larger, never smaller."""
    for members in groups_of(documents_in(corpora, SMALL)):
        assert len({group_of(*name.split("/", 1)) for name in members}) == 1


def test_pieces_of_ours_that_share_text_share_their_group() -> None:
    shared = groups_of(documents_in(Path("unused"), ["opinions"]))
    assert shared
    for members in shared:
        assert len({group_of(*name.split("/", 1)) for name in members}) == 1


@pytest.mark.corpus
@pytest.mark.slow
def test_the_file_of_folds_is_what_the_corpora_give(corpora: Path) -> None:
    from argmine.corpora import corpus_names
    from benchmarks.folds import FILE, render

    groups = groups_of(documents_in(corpora, corpus_names()))
    assert render(groups, published_parts(corpora)) == FILE.read_text("utf-8")
