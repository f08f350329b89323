from argmine.evaluation.report.contents import Mark, Verdict
from argmine.evaluation.report.marked import pieces
from argmine.graph import ComponentType

TEXT = "Keep the trams. They are quiet."


def mark(number: int, start: int, end: int) -> Mark:
    return Mark(number=number, type=ComponentType.CLAIM, verdict=Verdict.RIGHT, start=start, end=end, links=())


def numbers(marks: tuple[Mark, ...]) -> list[int]:
    return [m.number for m in marks]


def test_pieces_are_the_whole_text() -> None:
    found = pieces(TEXT, [mark(1, 0, 14), mark(2, 16, 30)])
    assert [(p.text, p.mark.number if p.mark else None) for p in found] == [
        ("Keep the trams", 1),
        (". ", None),
        ("They are quiet", 2),
        (".", None),
    ]


def test_component_starts_and_ends_once() -> None:
    found = pieces(TEXT, [mark(1, 0, 14), mark(2, 5, 8)])
    assert [numbers(p.starts) for p in found] == [[1], [2], [], []]
    assert [numbers(p.ends) for p in found] == [[], [2], [1], []]


def test_shortest_of_overlapping_components_marks_a_piece() -> None:
    found = pieces(TEXT, [mark(1, 0, 20), mark(2, 16, 30)])
    assert [(p.text, p.mark.number if p.mark else None) for p in found] == [
        ("Keep the trams. ", 1),
        ("They", 2),
        (" are quiet", 2),
        (".", None),
    ]


def test_text_without_components_is_one_piece() -> None:
    assert [(p.text, p.mark) for p in pieces(TEXT, [])] == [(TEXT, None)]
    assert pieces("", []) == []


def test_codes_that_steer_or_turn_are_shown_as_such() -> None:
    assert "".join(p.text for p in pieces("a\x1b\x00\u202eb\r\n\tc", [mark(1, 1, 2)])) == "a\ufffd\ufffd\ufffdb\r\n\tc"
