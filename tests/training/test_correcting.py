"""Learning from graphs of files: which source, which pieces are held back, what of the model before stays."""

import json
from pathlib import Path

import pytest

from argmine import cli
from argmine.corpora.parts import part_of
from argmine.document import Document
from argmine.errors import FormatError, ModelError, RecipeError
from argmine.exchange import format_named, write_graphs
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, TRAINING, read_config
from argmine.training.command import correct
from argmine.training.correcting import ENOUGH, correcting_recipe
from argmine.training.data import read_graph_source, read_sources
from argmine.training.package import write_package
from argmine.training.recipe import Keep, Recipe, Source
from argmine.training.run import Run
from tests import tiny

TEXT = "Keep the {}. The {} are quiet."


def piece(name: str) -> ArgumentGraph:
    """A thesis and its reason."""
    document = Document(id=name, text=TEXT.format(name, name))
    size = len(name)
    parts = [("c1", "major_claim", 0, 9 + size), ("c2", "premise", 11 + size, 11 + size + 14 + size)]
    return ArgumentGraph.build(document, parts, [("c2", "c1", "support")])


def pieces(count: int) -> list[ArgumentGraph]:
    return [piece(f"t{n}") for n in range(count)]


@pytest.fixture
def few(tmp_path: Path) -> Path:
    write_graphs(pieces(4), tmp_path / "few.jsonl")
    return tmp_path / "few.jsonl"


def of_graphs(path: Path, **more: object) -> Recipe:
    source = Source(graphs=str(path))
    return Recipe.model_validate({"train": [source], "development": source, "keep": "last", "tune": False, **more})


def test_the_made_up_piece_says_what_it_should() -> None:
    assert [c.text for c in piece("trams").components] == ["Keep the trams", "The trams are quiet"]


def test_graphs_of_a_file_are_a_source(few: Path) -> None:
    material = read_sources(of_graphs(few), None)
    assert list(material.learnt) == pieces(4)
    assert (material.licences, material.left_out) == ({}, [])


@pytest.mark.parametrize(("form", "folder"), [("brat", True), ("label-studio", False), ("argilla", False)])
def test_corrections_of_each_tool_are_a_source(tmp_path: Path, form: str, folder: bool) -> None:
    path = tmp_path / "corrected"
    if folder:
        path.mkdir()
    write_graphs(pieces(3), path, format_named(form))
    found = read_graph_source(Source(graphs=str(path), format=form)).graphs
    told = [([(c.type, c.text) for c in g.components], [(r.type, len(r.source)) for r in g.relations]) for g in found]
    wanted = pieces(3)
    assert [g.text for g in found] == [g.text for g in wanted]
    assert told == [([(c.type, c.text) for c in g.components], [(r.type, 2) for r in g.relations]) for g in wanted]


def test_tenths_of_graphs_depend_on_ids_alone(tmp_path: Path) -> None:
    parts = []
    for name in ("a.jsonl", "b.jsonl"):
        write_graphs(pieces(60), tmp_path / name)
        corpus = read_graph_source(Source(graphs=str(tmp_path / name)))
        parts.append([g.id for g in part_of(corpus, "tenth-0")])
    assert parts[0] == parts[1]
    assert 0 < len(parts[0]) < 20


@pytest.mark.parametrize(("keep", "tune"), [("best", True), ("best", False), ("last", True)])
def test_what_is_selected_or_tuned_on_is_not_learnt_from(tmp_path: Path, keep: str, tune: bool) -> None:
    """Pieces are known by their ids, in whatever file they stand."""
    for name, part in (("all.jsonl", pieces(6)), ("two.jsonl", pieces(2))):
        write_graphs(part, tmp_path / name)
    train, development = (Source(graphs=str(tmp_path / name)) for name in ("all.jsonl", "two.jsonl"))
    recipe = Recipe(train=(train,), development=development, keep=Keep(keep), tune=tune)
    material = read_sources(recipe, None)
    assert [item.id for item in material.learnt] == ["t2", "t3", "t4", "t5"]
    assert material.left_out == [f"{tmp_path / 'all.jsonl'}/t{n}" for n in (0, 1)]


@pytest.mark.parametrize(
    "source",
    [{}, {"corpus": "aae2"}, {"split": "train"}, {"corpus": "aae2", "split": "train", "graphs": "g.jsonl"}],
)
def test_a_source_is_one_thing(source: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="a source is a corpus and a split of it, or graphs"):
        Source.model_validate(source)


def test_a_corpus_without_the_corpora_is_refused() -> None:
    with pytest.raises(RecipeError, match="the corpus aae2 is asked for: say in which folder the corpora lie"):
        read_sources(Recipe(), None)


def test_a_graph_that_is_no_forest_is_named(tmp_path: Path) -> None:
    good = piece("trams")
    parts = [("c1", "claim", 0, 14), ("c2", "premise", 16, 35)]
    circle = ArgumentGraph.build(good.document, parts, [("c2", "c1", "support"), ("c1", "c2", "support")])
    write_graphs([circle], tmp_path / "bad.json")
    with pytest.raises(FormatError, match=r"bad\.json: trams: .*c1"):
        read_graph_source(Source(graphs=str(tmp_path / "bad.json")))


def test_two_pieces_of_one_id_are_refused(tmp_path: Path) -> None:
    write_graphs([piece("trams"), piece("trams")], tmp_path / "twice.jsonl")
    with pytest.raises(FormatError, match="2 documents have the id trams"):
        read_graph_source(Source(graphs=str(tmp_path / "twice.jsonl")))


def test_few_pieces_are_all_learnt_and_the_last_epoch_is_kept(few: Path, tiny_model: Path) -> None:
    recipe = correcting_recipe(str(tiny_model), few, name="mine")
    config = read_config(tiny_model / "config.json")
    assert (recipe.keep, recipe.tune) == (Keep.LAST, False)
    assert (recipe.sizes, recipe.windows, recipe.encoder) == (config.sizes, config.windows, config.encoder)
    assert len(read_sources(recipe, None).learnt) == 4


def test_of_many_pieces_a_tenth_is_selected_on(tmp_path: Path, tiny_model: Path) -> None:
    write_graphs(pieces(80), tmp_path / "many.jsonl")
    recipe = correcting_recipe(str(tiny_model), tmp_path / "many.jsonl", name="mine")
    material = read_sources(recipe, None)
    assert recipe.keep is Keep.BEST
    assert len(material.development) >= ENOUGH
    assert len(material.learnt) + len(material.development) == 80
    assert not {g.id for g in material.development} & {item.id for item in material.learnt}


def test_nothing_to_learn_from_is_refused(tmp_path: Path, tiny_model: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    with pytest.raises((RecipeError, FormatError)):
        correcting_recipe(str(tiny_model), tmp_path / "none.jsonl", name="mine")


def test_a_model_that_is_not_there_is_named(few: Path) -> None:
    with pytest.raises(ModelError, match="there is no model of the name or folder 'no-such-model'"):
        correcting_recipe("no-such-model", few, name="mine")


def test_corrections_make_a_model_like_the_one_before(few: Path, tiny_model: Path, tmp_path: Path) -> None:
    """It needs neither corpora nor the base encoder: the tiny one's name, `tiny`, is that of no folder."""
    model = correct(str(tiny_model), few, tmp_path / "mine", epochs=2, threads=1)
    before, after = read_config(tiny_model / "config.json"), read_config(model / "config.json")
    assert after == before.model_copy(update={"name": "mine"})
    record = json.loads((model / TRAINING).read_text())
    assert record["init"] == ArgumentMiner.load(tiny_model, threads=1).revision
    assert (record["selected_epoch"], record["train_documents"]["documents"]) == (2, 4)
    found = ArgumentMiner.load(model, threads=1)
    assert found.revision != record["init"]
    assert found.mine(TEXT).model == found.info


def test_corrections_go_on_with_the_scheme_that_is_read_by_default(few: Path, tiny_base: Path, tmp_path: Path) -> None:
    scheme = tiny.scheme("threads")
    config = tiny.config().model_copy(update={"others": (scheme,), "default": "threads"})
    before = tmp_path / "before"
    write_package(before, tiny.network(tiny_base, schemes=("threads",)), config, tiny.encoder())
    recipe = correcting_recipe(str(before), few, name="mine")
    assert (recipe.init_scheme, recipe.claims_point, recipe.places) == ("threads", True, False)
    run = Run(recipe.model_copy(update={"epochs": 1, "encoder_rate": 1e-9, "head_rate": 1e-9}), None, tmp_path / "run")
    list(run.epochs())
    folder, _ = run.finish()
    after = read_config(folder / CONFIG)
    assert (after.decoding, after.places, after.others, after.default) == (scheme.decoding, False, (), "")
    text = tiny.prose(9)
    was, now = (ArgumentMiner.load(f, threads=1).mine(text) for f in (before, folder))
    assert now.components
    assert [(c.start, c.end) for c in now.components] == [(c.start, c.end) for c in was.components]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"init_scheme": "threads"}, "has no scheme 'threads'; it has essays"),
        ({"init_scheme": "essays", "places": False}, "reads with .*'places': True.*'places': False"),
    ],
)
def test_a_scheme_that_init_lacks_or_reads_otherwise_is_refused(
    few: Path, tiny_model: Path, tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    recipe = correcting_recipe(str(tiny_model), few, name="mine").model_copy(update=changes)
    with pytest.raises(RecipeError, match=message):
        Run(recipe, None, tmp_path / "run")


def test_the_last_epoch_is_kept_though_it_is_worse(
    few: Path, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from argmine.training.scores import Scores

    falling = iter([0.9, 0.1])

    def worse(*_: object) -> Scores:
        value = next(falling)
        return Scores(value, value, value, value, value, value)

    monkeypatch.setattr("argmine.training.trainer.score", worse)
    run = Run(correcting_recipe(str(tiny_model), few, name="mine", epochs=2), None, tmp_path / "run")
    assert [epoch.best for epoch in run.epochs()] == [True, True]
    assert run.trainer.progress.best == 2


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "either a recipe says what is learnt, or --init and --on do"),
        (["recipe.json", "--on", "graphs.jsonl"], 2, "either a recipe says what is learnt"),
        (["--on", "graphs.jsonl"], 2, "--on needs --init"),
        (["recipe.json", "--epochs", "3"], 2, "--from and --epochs go with --on"),
        (["--init", "default", "--on", "graphs", "--from", "doc"], 2, "unknown format 'doc'"),
        (["--init", "default", "--on", "none.jsonl"], 1, "none.jsonl: cannot be read: No such file"),
    ],
)
def test_argmine_train_says_in_one_line_what_is_wrong(
    arguments: list[str],
    code: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["train", *arguments, "--output", "run"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("argmine: ")
    assert message in err
    assert err.count("\n") == 1


def test_argmine_train_corrects(
    few: Path, tiny_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("argmine.training.run.write_package", lambda folder, *_: folder.mkdir())  # it takes long
    output = tmp_path / "mine"
    command = ["train", "--init", str(tiny_model), "--on", str(few), "--epochs", "1", "--output", str(output)]
    assert cli.main([*command, "--threads", "1"]) == 0
    out, err = capsys.readouterr()
    assert out == f"{output / 'model'}\n"
    assert "fewer than 5 pieces in a tenth: all are learnt from, and the last epoch is kept\n" in err
    assert "4 documents to learn from, 4 to look at, 0 left out\n" in err
