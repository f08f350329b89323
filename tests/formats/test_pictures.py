"""What is only drawn: DOT, Mermaid and Argdown, spelt out for a small graph; `test_owners` has them read."""

from argmine.formats.argdown import to_argdown
from argmine.formats.dot import to_dot
from argmine.formats.mermaid import to_mermaid
from argmine.graph import ArgumentGraph, Component, ComponentType
from tests.graphs import tram_graph


def of_text(text: str, *, name: str = "c1") -> ArgumentGraph:
    whole = Component(id=name, type=ComponentType.CLAIM, start=0, end=len(text), text=text)
    return ArgumentGraph(id="odd", text=text, components=(whole,))


def test_argdown_has_a_statement_a_component_with_what_bears_on_it() -> None:
    assert (
        to_argdown(tram_graph())
        == """\
===
title: "trams"
===

[c1]: Keep the trams {"type": "major_claim"}
  + [c2]

[c2]: They are quiet {"type": "claim"}

[c3]: Buses are cheaper {"type": "claim"}
  - [c4]

[c4]: they are loud {"type": "premise"}

[c5]: keep them {"type": "major_claim"}
  - [c3]
"""
    )


def test_argdown_escapes_signs_of_its_own() -> None:
    assert r"\[a\] \#b c\\d 1\:2 e: f. \*\*g\*\* \{h\} \-- i-j" in to_argdown(
        of_text(r"[a] #b c\d 1:2 e: f. **g** {h} -- i-j")
    )


def test_argdown_replaces_ids_that_are_no_titles() -> None:
    assert "[c1]: So" in to_argdown(of_text("So", name="a]b"))


def test_dot_has_a_node_a_component_and_an_edge_a_relation() -> None:
    lines = to_dot(tram_graph()).splitlines()
    assert lines[0] == 'digraph "trams" {'
    assert lines[2].startswith('  "c1" [label="[major claim]\\nKeep the trams", shape=box')
    assert lines[7].startswith('  "c2" -> "c1" [label="supports"')
    assert lines[8].startswith('  "c3" -> "c5" [label="attacks"')
    assert (len(lines), lines[-1]) == (11, "}")


def test_dot_escapes_quotes_and_backslashes() -> None:
    assert r'[label="[claim]\nsay \"no\" to C:\\N", ' in to_dot(of_text('say "no" to C:\\N'))


def test_mermaid_has_a_node_a_component_and_an_arrow_a_relation() -> None:
    assert to_mermaid(tram_graph()).splitlines()[:9] == [
        "flowchart BT",
        '  n1{{"Keep the trams"}}:::major_claim',
        '  n2["They are quiet"]:::claim',
        '  n3["Buses are cheaper"]:::claim',
        '  n4("they are loud"):::premise',
        '  n5{{"keep them"}}:::major_claim',
        "  n2 -->|supports| n1",
        "  n3 -.->|attacks| n5",
        "  n4 -.->|attacks| n3",
    ]


def test_mermaid_escapes_what_would_end_the_text() -> None:
    assert 'n1["say #34;no#34; #35;1 #60;b#62;"]' in to_mermaid(of_text('say "no" #1 <b>'))
