import pytest

from argmine.graph import ComponentType
from argmine.metrics.bio import count_document, count_documents, tags
from argmine.metrics.counts import Counts
from argmine.metrics.token_documents import TokenComponent, TokenDocument


def document(*spans: tuple[int, int], kind: ComponentType = ComponentType.CLAIM) -> TokenDocument:
    return TokenDocument(8, tuple(TokenComponent(start, end, kind, "Claim:For") for start, end in spans))


def test_neighbouring_components_keep_their_beginnings() -> None:
    assert "".join(tags(document((1, 3), (3, 4), (5, 8)))) == "OBIBOBII"


def test_macro_f1_by_hand() -> None:
    # gold OBIIOOOO, predicted OBIBOOOO: B 2/3, I 2/3, O 1
    counts = count_document(document((1, 4)), document((1, 3), (3, 4)))
    assert counts.tags.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert counts.spans == Counts(found=0, spurious=2, missed=1)


def test_type_does_not_matter() -> None:
    counts = count_document(document((1, 4)), document((1, 4), kind=ComponentType.MAJOR_CLAIM))
    assert (counts.tags.macro_f1, counts.spans.f1) == (1, 1)


def test_counts_add_up_and_print_their_gold_items() -> None:
    both = count_documents([(document((1, 4)), document())] * 2)
    assert "(16 gold items: B 2, I 4, O 10)" in str(both)
    assert "(2 gold items)" in str(both)


def test_other_length_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        count_document(document(), TokenDocument(9, ()))
