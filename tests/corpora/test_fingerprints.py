"""Documents known again: whatever their spaces, in parts, changed a little; and not for a phrase that they share."""

import random
from pathlib import Path

import pytest

from argmine.corpora import read_corpus
from argmine.corpora.fingerprints import (
    EVERY,
    Fingerprints,
    TrainingDigests,
    letters_of,
    read_digests,
    runs_of,
    words_of,
)
from argmine.errors import ModelError

SEEDS = Path(__file__).parent.parent.parent / "seeds"


def prose(seed: int, words: int = 400) -> str:
    rng = random.Random(seed)
    return " ".join("".join(rng.choices("abcdefghij", k=5)) for _ in range(words))


def known(trained: list[str], text: str) -> bool:
    return Fingerprints.of(trained).known_among([text]) == [True]


def test_runs_are_of_twelve_words() -> None:
    assert len(runs_of(prose(1, 11))) == 0
    assert len(runs_of(prose(1, 14))) == 3
    assert list(runs_of(prose(1, 13))[:1]) == list(runs_of(prose(1, 12)))


def test_letters_regard_no_spaces_case_or_marks() -> None:
    assert letters_of("Keep the trams, 2 lines.") == letters_of("KEEP thetrams 2\nlines")
    assert letters_of("Keep the trams") != letters_of("Keep the tram")


def test_a_document_is_known_with_other_spaces() -> None:
    text = (SEEDS / "night-buses.txt").read_text()
    assert known([text], " ".join(text.replace("'", " ' ").replace(".", " . ").split()))


def test_a_short_document_is_known_by_its_letters() -> None:
    assert known(["Keep the trams."], "keep the trams")
    assert not known(["Keep the trams."], "Keep the buses.")


def test_parts_of_a_document_are_known() -> None:
    whole = prose(1)
    assert known([whole], " ".join(words_of(whole)[150:350]))


def test_a_document_with_one_word_in_twenty_changed_is_known() -> None:
    words = words_of(prose(1))
    words[::20] = ["x"] * len(words[::20])
    assert known([prose(1)], " ".join(words))


def test_a_document_that_quotes_one_in_ten_words_is_not_known() -> None:
    assert not known([prose(1)], prose(2, 360) + " " + prose(1, 40))


def test_other_documents_are_not_known() -> None:
    texts = [path.read_text() for path in sorted(SEEDS.glob("*.txt"))]
    assert len(texts) == 16
    assert Fingerprints.of(texts[:8]).known_among(texts) == [True] * 8 + [False] * 8


def test_nothing_is_known_of_no_documents() -> None:
    assert Fingerprints.of([]) == Fingerprints(documents=0)
    assert Fingerprints.of([]).known_among(["", "Keep the trams."]) == [False, False]


def test_many_runs_are_thinned_out_and_still_known(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [prose(seed) for seed in range(8)]
    full = Fingerprints.of(texts)
    monkeypatch.setattr("argmine.corpora.fingerprints.MOST", len(full.runs) - 1)
    thinned = Fingerprints.of(texts)
    assert (full.every, thinned.every) == (EVERY, 2 * EVERY)
    assert set(thinned.runs) < set(full.runs)
    assert thinned.known_among([text + " more" for text in texts]) == [True] * 8


def test_the_documents_of_two_sets_are_known_among_both(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = (Fingerprints.of(prose(seed) for seed in seeds) for seeds in ([1, 2], [3]))
    assert one | two == Fingerprints.of(prose(seed) for seed in (1, 2, 3)) == two | one
    assert one | one == one
    monkeypatch.setattr("argmine.corpora.fingerprints.MOST", len(one.runs) - 1)
    thinned = Fingerprints.of([prose(1), prose(2)])
    joined = two | thinned
    assert joined.every == thinned.every == 2 * two.every
    assert joined.known_among(prose(seed) + " more" for seed in range(5)) == [False, True, True, True, False]


def test_a_model_that_starts_from_another_has_seen_its_documents() -> None:
    start, own = TrainingDigests.of([prose(1)], [prose(2)]), TrainingDigests.of([prose(3)], [prose(2)])
    after = own.after(start)
    assert after.complete
    assert after.train.known_among([prose(1), prose(2), prose(3)]) == [True, False, True]
    assert after.development.known_among([prose(1), prose(2), prose(3)]) == [False, True, False]
    assert not own.after(None).complete
    assert not TrainingDigests.of([], []).after(own.after(None)).complete


def test_digests_are_read_back_as_written(tmp_path: Path) -> None:
    digests = TrainingDigests.of([prose(1)], [prose(2)])
    (tmp_path / "digests.json").write_text(digests.model_dump_json())
    assert read_digests(tmp_path / "digests.json") == digests
    assert read_digests(tmp_path / "none.json") is None


def test_digests_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "digests.json").write_text('{"train": 3}')
    with pytest.raises(ModelError, match=r"digests\.json: train: Input should be"):
        read_digests(tmp_path / "digests.json")
    with pytest.raises(ModelError, match="Is a directory"):
        read_digests(tmp_path)


def test_training_essays_are_known_by_their_tokens_and_test_essays_are_not(corpora: Path) -> None:
    essays = read_corpus("aae2", corpora / "aae2")
    digests = TrainingDigests.of(
        (g.text for g in essays.split("train-less-dev")), (g.text for g in essays.split("dev"))
    )
    tokens = read_corpus("aae2-conll", corpora / "aae2-conll")
    for corpus in (essays, tokens):
        test = [g.text for g in corpus.split("test")]
        assert not any(digests.development.known_among(test))
        assert all(digests.development.known_among(g.text for g in corpus.split("dev")))
    known = digests.train.known_among(g.text for g in tokens.split("train"))
    assert (sum(known), len(known)) == (286, 286)
