import pytest

from argmine.measures.markers import MARKERS, count_markers


@pytest.mark.parametrize("marker", MARKERS)
def test_each_marker_counts_once(marker: str) -> None:
    assert count_markers(f"Trams, {marker} buses.") == 1


def test_markers_are_lower_case_and_stand_once() -> None:
    assert all(marker == " ".join(marker.lower().split()) for marker in MARKERS)
    assert len(set(MARKERS)) == len(MARKERS)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("BECAUSE of it", 1),
        ("even though it rains", 1),
        ("on the other\n hand", 1),
        ("“But why?” ‘Thus.’", 2),
        ("but, but; but", 3),
        ("buts, thusly, since-then, whilebut", 0),
        ("but's", 0),
        ("rain-because-of-it", 0),
    ],
)
def test_markers_are_counted_at_the_edges_of_words(text: str, count: int) -> None:
    assert count_markers(text) == count
