from collections import Counter
from pathlib import Path

import pytest

from argmine.corpora.ukp_convarg1 import Preference, RatedArgument, RatedArguments, read
from argmine.errors import CorpusError

QUIET = "Trams are quiet. <br/> <br/> They last, too."
CHEAP = "Trams; cheap!!"
SLOW = "Trams are slow: each stop costs a minute."
RANKS = f"#id\trank\targument\narg1\t0.01000\t{QUIET}\narg2\t0.20000\t{CHEAP}\n"
AGAINST = f"#id\trank\targument\narg3\t0.03000\t{SLOW}\n"
HEADER = "#id\tlabel\ta1\ta2\n"
PAIR = f"arg2_arg1\ta2\t{CHEAP}\t{QUIET}\n"


def corpus_of(folder: Path, pairs: str = HEADER + PAIR, ranks: str = RANKS, name: str = "trams-or-not-_keep") -> Path:
    for part, file, text in (
        ("UKPConvArg1-Ranking-CSV", name, ranks),
        ("UKPConvArg1-Ranking-CSV", "trams-or-not-_drop", AGAINST),
        ("UKPConvArg1Strict-CSV", "tramms-or-not-_keep", pairs),
    ):
        path = folder / "data" / part / f"{file}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_arguments_have_topic_side_text_and_rank(tmp_path: Path) -> None:
    assert read(corpus_of(tmp_path)).arguments == (
        RatedArgument("arg3", "trams-or-not-", "drop", SLOW, 0.03),
        RatedArgument("arg1", "trams-or-not-", "keep", "Trams are quiet.\n\nThey last, too.", 0.01),
        RatedArgument("arg2", "trams-or-not-", "keep", CHEAP, 0.2),
    )


@pytest.mark.parametrize(
    ("label", "expected"), [("a1", Preference("arg2", "arg1")), ("a2", Preference("arg1", "arg2"))]
)
def test_label_names_the_argument_that_convinces_more(tmp_path: Path, label: str, expected: Preference) -> None:
    pairs = f"{HEADER}arg2_arg1\t{label}\t{CHEAP}\t{QUIET}\n"
    assert read(corpus_of(tmp_path, pairs)).pairs == (expected,)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"arg2\ta1\t{CHEAP}\t{QUIET}", "a pair's id must be of two arguments, found 'arg2'"),
        (f"arg2_arg2\ta1\t{CHEAP}\t{CHEAP}", "a pair's id must be of two arguments, found 'arg2_arg2'"),
        (f"arg2_arg1_arg3\ta1\t{CHEAP}\t{QUIET}", "a pair's id must be of two arguments"),
        (f"arg2_arg1\tequal\t{CHEAP}\t{QUIET}", "unknown label 'equal'; known are a1, a2"),
        (f"arg2_arg9\ta1\t{CHEAP}\t{QUIET}", "the argument arg9 has no rank"),
        (f"arg2_arg1\ta1\t{QUIET}\t{CHEAP}", "the argument arg2 says something else among the ranks"),
        (f"arg3_arg1\ta1\t{SLOW}\t{QUIET}", "arg3 and arg1 are of different sides"),
        (f"arg2_arg1\ta1\t{CHEAP}", "4 cells were expected, found 3"),
        ("", "4 cells were expected, found 1"),
    ],
)
def test_damaged_pair_is_an_error(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(CorpusError, match=rf"tramms-or-not-_keep\.csv:2: {message}"):
        read(corpus_of(tmp_path, f"{HEADER}{line}\n{PAIR}"))


@pytest.mark.parametrize(
    ("ranks", "message"),
    [
        ("", "_keep.csv:1: the columns must be #id, rank, argument, found ''"),
        (RANKS.replace("0.01000", "high"), "_keep.csv:2: a rank must be a decimal number, found 'high'"),
        (RANKS.replace("arg1", "arg3"), "_keep.csv: the argument arg3 stands in the corpus twice"),
    ],
)
def test_damaged_rank_is_an_error(tmp_path: Path, ranks: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        read(corpus_of(tmp_path, ranks=ranks))


def test_file_without_side_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"trams\.csv: the file's name must be topic_side\.csv"):
        read(corpus_of(tmp_path, name="trams"))


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"UKPConvArg1-Ranking-CSV: there are no \.csv files"):
        read(tmp_path)


@pytest.fixture(scope="module")
def corpus(corpora: Path) -> RatedArguments:
    return read(corpora / "ukp-convarg1")


@pytest.mark.corpus
def test_corpus_holds_what_was_published(corpus: RatedArguments) -> None:
    assert (len(corpus.arguments), len(corpus.pairs)) == (1_052, 11_650)
    assert len({(a.topic, a.side) for a in corpus.arguments}) == 32
    assert set(Counter(topic for topic, _ in {(a.topic, a.side) for a in corpus.arguments}).values()) == {2}


@pytest.mark.corpus
def test_lower_rank_convinces_more_in_most_pairs(corpus: RatedArguments) -> None:
    rank = {a.id: a.rank for a in corpus.arguments}
    assert sum(rank[pair.better] < rank[pair.worse] for pair in corpus.pairs) > 0.9 * len(corpus.pairs)
