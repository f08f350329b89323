"""Recalibration of a model's folder, on made-up judgements."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from argmine.config import Calibration, ModelConfig
from argmine.evaluation.seen import seen_documents
from argmine.metrics.reliability import Reliability
from argmine.model_folder import CONFIG, read_config
from argmine.training.tuning import Judged, fit_both, recalibrated, with_calibration
from benchmarks import recalibrate
from benchmarks.mining import DEFAULT
from benchmarks.recalibrate import ESSAYS, OWN, PIECES
from benchmarks.spread import figure


def judgements(count: int, seed: int) -> list[Judged]:
    """Documents of a model that is far too sure: right are as many as half the log-odds say."""
    rng = np.random.default_rng(seed)

    def items(size: int) -> list[tuple[float, bool]]:
        logits = rng.normal(1.0, 2.0, size)
        right = rng.random(size) < 1 / (1 + np.exp(-0.5 * logits))
        return [(float(p), bool(r)) for p, r in zip(1 / (1 + np.exp(-logits)), right, strict=True)]

    return [(items(15), items(12)) for _ in range(count)]


def test_what_is_calibrated_on_is_chosen_by_name() -> None:
    judged = {ESSAYS: judgements(2, 0), PIECES: judgements(3, 1)}
    assert [len(recalibrate.chosen(judged, on)) for on in (ESSAYS, PIECES, "all")] == [2, 3, 5]


def test_no_document_in_folds_is_calibrated_by_itself() -> None:
    """The first document of the fold that holds the sixth, too, is calibrated by the other eight."""
    group = judgements(10, 2)
    found = recalibrate.in_folds({ESSAYS: group}, ESSAYS)[ESSAYS]
    others = [d for n, d in enumerate(group) if n not in (0, 5)]
    assert found[0] == recalibrated(group[0], fit_both(others))
    assert len(found) == 10


def test_calibration_lowers_the_error_of_one_that_is_too_sure() -> None:
    judged = {ESSAYS: judgements(30, 3), PIECES: judgements(8, 4)}
    figures = recalibrate.figures_of(ModelConfig(name="t", encoder="t"), judged, ESSAYS)
    for kind in ("components", "relations"):
        before, after, folds = (
            float(str(figure(figures, f"essays.{stage}.{kind}.ece"))) for stage in ("before", "after", "folds")
        )
        assert before > 0.1
        assert max(after, folds) < before - 0.04
        assert figure(figures, f"essays.uncalibrated.{kind}.ece") == pytest.approx(before, abs=1e-3)
    assert figure(figures, "pieces.documents") == 8


def test_what_is_promised_is_kept_by_documents_that_did_not_set_the_limit() -> None:
    found = recalibrate.promised(judgements(40, 5))
    for error in (0.1, 0.2, 0.3):
        kinds = found[str(error)]
        assert isinstance(kinds, dict)
        assert all(0 < k["shown"] < 1 and k["wrong"] < error + 0.05 for k in kinds.values())


def test_documents_that_are_too_few_promise_nothing_small() -> None:
    assert list(recalibrate.promised(judgements(5, 6))) == ["0.2", "0.3"]


def test_a_folder_is_recalibrated_and_nothing_else_of_it_changes(tiny_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    known = read_config(folder / CONFIG)
    judged = judgements(6, 7)
    recalibrate.write_calibration(folder, "", judged)
    found = read_config(folder / CONFIG)
    assert found == with_calibration(known, judged)
    assert found.relation_calibration != Calibration()
    assert found.decoding == known.decoding
    same = {p.name for p in folder.iterdir()} - {CONFIG}
    assert all((folder / name).read_bytes() == (tiny_model / name).read_bytes() for name in same)


def test_another_scheme_is_recalibrated_alone(tiny_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    (folder / CONFIG).write_text(json.dumps({**config, "others": [{"name": "opinion"}]}), encoding="utf-8")
    judged = judgements(6, 8)
    recalibrate.write_calibration(folder, "opinion", judged)
    found = read_config(folder / CONFIG)
    assert found.relation_calibration == Calibration()
    assert found.errors is None
    other = found.reading("opinion")
    assert (other.component_calibration, other.relation_calibration) == fit_both(judged)
    assert other.errors is not None


def test_reliability_is_of_the_items_of_all_documents() -> None:
    figures = recalibrate.reliability_of(judgements(3, 9))
    assert figure(figures, "components.items") == 45
    assert figure(figures, "relations.items") == 36
    assert list(Reliability(((0.5, True),)).figures()) == [*figures["components"]]  # type: ignore[misc]


def test_our_own_pieces_that_are_calibrated_on_were_not_learnt_from(corpora: Path) -> None:
    found = recalibrate.read_documents(corpora)
    assert {name: len(graphs) for name, graphs in found.items()} == {ESSAYS: 36, PIECES: 8, OWN: 128}
    seen = seen_documents(DEFAULT, found[OWN])
    assert seen is not None
    assert not seen.train
    assert len(seen.development) == 128
