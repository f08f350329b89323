from argmine.measures import Entry, Measures, data_dictionary


def test_dictionary_has_an_entry_a_measure_in_order() -> None:
    assert [entry.name for entry in data_dictionary()] == list(Measures.model_fields)


def test_every_entry_is_told_in_full() -> None:
    for entry in data_dictionary():
        assert entry.unit
        assert entry.source
        assert entry.description.endswith(".")


def test_entry_says_whether_a_measure_may_be_null() -> None:
    found = {entry.name: entry for entry in data_dictionary()}
    said = "Words that lie in any component; one in several components counts once."
    assert found["words_in_components"] == Entry("words_in_components", "integer", False, "words", said, "this project")
    assert (found["depth"].kind, found["depth"].nullable) == ("integer", True)
    assert (found["has_major_claim"].kind, found["has_major_claim"].nullable) == ("boolean", False)
    assert (found["share_in_components"].kind, found["share_in_components"].nullable) == ("number", True)


def test_nullable_measures_say_when_they_are_null() -> None:
    assert all("null" in entry.description.lower() for entry in data_dictionary() if entry.nullable)
