"""Predictions read from files: JSON lines, brat, CoNLL; how each is told, and where each says what is wrong."""

from pathlib import Path

import pytest

from argmine.document import Document
from argmine.errors import ArgmineError, EvaluationError, FormatError
from argmine.evaluation.matching import Prediction
from argmine.evaluation.predictions import Written, read_predictions, written_as
from argmine.formats.brat import write_brat
from argmine.graph import ArgumentGraph
from tests.evaluation.small import GOLD, TEXTS

TRAMS = GOLD[0]
ROWS = [
    ("Keep", "B-MajorClaim"),
    ("the", "I-MajorClaim"),
    ("trams", "I-MajorClaim"),
    (".", "O"),
    ("They", "B-Claim:Against"),
    ("are", "I-Claim:Against"),
    ("quiet", "I-Claim:Against"),
    (".", "O"),
    ("The", "B-Premise:5:Attack"),
    ("city", "I-Premise:5:Attack"),
    ("needs", "O"),
    ("its", "O"),
    ("sleep", "O"),
    (".", "O"),
]
Rows = list[tuple[str, str]]


def read(path: Path, gold: tuple[ArgumentGraph, ...] = GOLD, corpus: str = "aae2") -> list[Prediction]:
    return list(read_predictions(path, corpus, gold))


def refused(path: Path, gold: tuple[ArgumentGraph, ...] = GOLD) -> str:
    with pytest.raises(ArgmineError) as caught:
        read(path, gold)
    return str(caught.value).replace(str(path), path.name)


def shown(graph: ArgumentGraph) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    """Types and texts; sources, targets and types of relations."""
    text = {c.id: c.text for c in graph.components}
    links = sorted((text[r.source], text[r.target], r.type.value) for r in graph.relations)
    return [(c.type.value, c.text) for c in graph.components], links


def write_abs(path: Path, rows: Rows = ROWS) -> Path:
    path.write_text("".join(f"{n}\t{token}\t{tag}\n" for n, (token, tag) in enumerate(rows, 1)) + "\n")
    return path


def changed(place: int, token: str, tag: str) -> Rows:
    """Another token and tag at a place, and nothing that continues it."""
    end = next(n for n in range(place + 1, len(ROWS)) if not ROWS[n][1].startswith("I-"))
    return [*ROWS[:place], (token, tag), *((word, "O") for word, _ in ROWS[place + 1 : end]), *ROWS[end:]]


def test_json_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "predicted.jsonl"
    path.write_text("".join(f"{graph.model_dump_json()}\n" for graph in GOLD))
    assert read(path) == [Prediction(graph, path) for graph in GOLD]


def test_a_folder_of_json_files_is_read(tmp_path: Path) -> None:
    for graph in GOLD:
        (tmp_path / f"{graph.id}.json").write_text(graph.model_dump_json(indent=2))
    assert {p.graph.id for p in read(tmp_path)} == set(TEXTS)


def test_a_broken_line_of_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "predicted.jsonl"
    path.write_text(f"{TRAMS.model_dump_json()}\n{{}}\n")
    assert refused(path).startswith("predicted.jsonl:2: no argument graph: id: Field required")


def test_a_brat_folder_is_read_with_the_librarys_own_labels(tmp_path: Path) -> None:
    for graph in GOLD:
        write_brat(graph, tmp_path / f"{graph.id}.ann")
    found = {p.graph.id: p.graph for p in read(tmp_path)}
    assert {name: shown(graph) for name, graph in found.items()} == {graph.id: shown(graph) for graph in GOLD}


def test_brat_is_read_with_the_corpuss_labels_and_stances(tmp_path: Path) -> None:
    (tmp_path / "trams.txt").write_text(TEXTS["trams"])
    (tmp_path / "trams.ann").write_text(
        "T1\tMajorClaim 0 14\tKeep the trams\nT2\tClaim 16 30\tThey are quiet\nA1\tStance T2 Against\n"
        "T3\tPremise 32 56\tThe city needs its sleep\nR1\tattacks Arg1:T3 Arg2:T2\n"
    )
    (prediction,) = read(tmp_path)
    assert shown(prediction.graph)[1] == [
        ("The city needs its sleep", "They are quiet", "attack"),
        ("They are quiet", "Keep the trams", "attack"),
    ]
    assert [c.label for c in prediction.graph.components] == ["MajorClaim", "Claim", "Premise"]


@pytest.mark.parametrize(
    ("annotations", "told"),
    [
        ("T1\tThesis 0 4\tKeep\n", "trams.ann:1: unknown component label 'Thesis' in aae2; known are MajorClaim,"),
        ("T1\tClaim 0 4\tKeep\nT2\tClaim 5 8\tthe\nR1\tbacks Arg1:T1 Arg2:T2\n", "trams.ann:3: unknown relation label"),
        ("T1\tClaim 0 4\tKeep\nR1\tsupports Arg1:T1 Arg2:T1\n", "trams.ann:2: R1 joins T1 to itself"),
        ("T1\tClaim 0 4\tKeen\n", "trams.ann:1: T1 quotes 'Keen'"),
    ],
)
def test_a_bad_line_of_brat_is_named(tmp_path: Path, annotations: str, told: str) -> None:
    (tmp_path / "trams.txt").write_text(TEXTS["trams"])
    (tmp_path / "trams.ann").write_text(annotations)
    assert refused(tmp_path / "trams.ann").startswith(told)


def test_conll_is_laid_over_the_texts_of_gold(tmp_path: Path) -> None:
    (prediction,) = read(write_abs(tmp_path / "predicted.abs"), GOLD[:1])
    graph = prediction.graph
    assert (graph.id, graph.text, prediction.line) == ("trams", TEXTS["trams"], 1)
    assert shown(graph) == (
        [("major_claim", "Keep the trams"), ("claim", "They are quiet"), ("premise", "The city")],
        [("The city", "They are quiet", "attack"), ("They are quiet", "Keep the trams", "attack")],
    )


def test_conll_by_paragraph_is_joined(tmp_path: Path) -> None:
    first = [f"{n}\t{token}\t_\t_\t{tag}" for n, (token, tag) in enumerate(ROWS[:8], 1)]
    second = ["1\tThe\t_\t_\tB-Claim:For", "2\tcity\t_\t_\tI-Claim:For", "3\tneeds\t_\t_\tB-Premise:-1:Support"]
    rest = [f"{n}\t{token}\t_\t_\tO" for n, token in enumerate(("its", "sleep", "."), 4)]
    other = [f"{n}\t{token}\t_\t_\tO" for n, token in enumerate(TEXTS["bikes"].replace(",", " ,").split(), 1)]
    other[-1:] = ["10\tsafe\t_\t_\tO", "11\t.\t_\t_\tO"]
    path = tmp_path / "predicted.dat"
    path.write_text("\n".join([*first, "", *second, *rest, "", "", *other, "", ""]))
    graph, empty = (p.graph for p in read(path, (GOLD[0], GOLD[2])))
    assert shown(graph)[0][2:] == [("claim", "The city"), ("premise", "needs")]
    assert shown(graph)[1][1:] == [("They are quiet", "Keep the trams", "attack"), ("needs", "The city", "support")]
    assert empty.components == ()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            changed(8, "the", "O"),
            "p.abs:9: the text of trams differs at character 32: expected 'The city needs its sleep.', found 'the'",
        ),
        (ROWS[:-1], "p.abs:13: the text of trams goes on after the last token: expected '.'"),
        ([*ROWS, ("So", "O")], "p.abs:15: the text of trams differs at character 57: expected its end, found 'So'"),
        (changed(8, "The", "B-Premise:4:Attack"), "p.abs:9: the premise is linked to no component"),
        (changed(8, "The", "B-Premise:9:Attack"), "p.abs:9: the premise is linked to itself"),
        (changed(4, "They", "B-Thesis"), "p.abs:5: unknown component label 'Thesis'"),
        (changed(4, "They", "I-Claim"), "p.abs:5: 'I-Claim' continues no component of that tag"),
    ],
)
def test_a_bad_line_of_conll_is_named(tmp_path: Path, rows: Rows, told: str) -> None:
    assert refused(write_abs(tmp_path / "p.abs", rows), GOLD[:1]).startswith(told)


def test_conll_of_another_number_of_documents_is_refused(tmp_path: Path) -> None:
    path = write_abs(tmp_path / "p.abs")
    assert refused(path) == "p.abs: 3 documents are to be scored, the file has 1"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1\tKeep\tO\n", Written.ABS),
        ("\n1\tKeep\t_\t_\tO\n", Written.DAT),
        ('  {"id": "a"}', Written.JSON),
    ],
)
def test_a_file_is_told_by_its_first_line(tmp_path: Path, text: str, written: Written) -> None:
    (tmp_path / "predicted").write_text(text)
    assert written_as(tmp_path / "predicted") is written


@pytest.mark.parametrize("text", ["", "Keep the trams.", "a\tb\tc"])
def test_what_is_nothing_known_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "predicted.txt"
    path.write_text(text)
    assert refused(path) == (
        "predicted.txt: neither the ending (.jsonl, .json, .ann, .dat, .abs) nor the first line tells what it is"
    )


def test_a_folder_without_predictions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"the folder holds neither \.ann nor \.jsonl nor \.json files"):
        read(tmp_path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read: No such file"):
        read(tmp_path / "predicted")


def test_another_text_in_brat_is_found_when_matched(tmp_path: Path) -> None:
    from argmine.evaluation.matching import matched

    other = ArgumentGraph.build(Document(id="trams", text="Keep the trams!"), [])
    write_brat(other, tmp_path / "trams.ann")
    with pytest.raises(EvaluationError, match=r"trams\.ann: the text of trams differs at character 14"):
        matched(GOLD[:1], read(tmp_path), of="made-up test")
