"""Tokens and paragraphs: by rule, and as published."""

from pathlib import Path

import pytest

from argmine.corpora import read_corpus
from argmine.corpora.aae2_conll import EssayTokens
from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.evaluation.context import TOKENISED, essay_context, plain_context, published_contexts
from argmine.graph import ArgumentGraph

TEXT = "Keep trams.\n\n  They don't hum.\n"


def graph(text: str = TEXT) -> ArgumentGraph:
    return ArgumentGraph.build(Document(id="trams", text=text), [])


def test_plain_tokens_are_words_and_marks() -> None:
    context = plain_context(graph())
    assert " ".join(TEXT[start:end] for start, end in context.tokens) == "Keep trams . They don ' t hum ."
    assert context.paragraphs == ((0, 3), (3, 9))


def test_plain_paragraphs_cover_the_tokens() -> None:
    assert plain_context(graph("")).paragraphs == ()
    assert plain_context(graph("One line")).paragraphs == ((0, 2),)
    assert plain_context(graph("One\n_\n")).paragraphs == ((0, 1), (1, 2))


def test_paragraphs_begin_where_their_first_token_stands() -> None:
    """A word that the essay's file splits is one token of the paragraph's."""
    tokens = ("Keep", "tra", "ms", ".", "They", "don", "'", "t", "hum", ".")
    paragraphs = (("Keep", "trams", "."), ("They", "don't", "hum", "."))
    context = essay_context(graph(), EssayTokens(tokens, paragraphs))
    assert context.paragraphs == ((0, 4), (4, 10))
    assert [TEXT[start:end] for start, end in context.tokens] == list(tokens)


def test_other_text_than_the_published_is_refused() -> None:
    published = EssayTokens(("Keep", "trains"), (("Keep", "trains"),))
    with pytest.raises(EvaluationError, match="trams: its text is not the published one: token 1 is 'trains'"):
        essay_context(graph(), published)


def test_paragraphs_of_another_length_are_refused() -> None:
    tokens = ("Keep", "trams", ".", "They", "don't", "hum", ".")
    with pytest.raises(EvaluationError, match="trams: its paragraphs have 9 letters, its tokens 23"):
        essay_context(graph(), EssayTokens(tokens, (("Keep", "trams"),)))


def test_published_tokens_need_their_folder() -> None:
    with pytest.raises(EvaluationError, match="the tokens of the essays are in aae2-conll: tell the folder"):
        published_contexts([graph()], None)


@pytest.mark.parametrize("corpus", TOKENISED)
def test_contexts_of_the_test_essays(corpora: Path, corpus: str) -> None:
    gold = read_corpus(corpus, corpora / corpus).split("test")
    contexts = published_contexts(gold, corpora)
    assert (sum(len(c.tokens) for c in contexts), sum(len(c.paragraphs) for c in contexts)) == (29_537, 449)


@pytest.mark.parametrize("corpus", TOKENISED)
def test_every_essay_has_its_context(corpora: Path, corpus: str) -> None:
    gold = read_corpus(corpus, corpora / corpus).graphs
    assert len(published_contexts(gold, corpora)) == 402
