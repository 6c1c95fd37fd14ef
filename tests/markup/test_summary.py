"""The short text under a headline."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.markup.summary import cut, summary
from syndicate.model.body import Heading, Paragraph
from tests.formats.story import STORY


def test_the_abstract_comes_before_highlights_before_the_first_paragraph() -> None:
    article = replace(STORY, abstract="An\n abstract.", highlights=("One", "Two"))
    assert summary(article) == "An abstract."
    assert summary(replace(article, abstract=" ")) == "One · Two"
    assert summary(replace(article, abstract=None, headline="One")) == "Two"
    without = replace(
        article, abstract=None, highlights=(), body=(Heading(html="h"), Paragraph(html="a<br/>b &amp; c"))
    )
    assert summary(without) == "a b & c"
    assert summary(replace(without, body=())) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one two", "one two"),
        ("one two three", "one two…"),
        ("one two, three", "one two…"),
        ("one – two three", "one – two…"),
        ("onetwothreefour", "onetwothre…"),
        ("one twothre four", "one…"),
    ],
)
def test_cut(text: str, shown: str) -> None:
    assert cut(text, 10) == shown


@given(st.text(), st.integers(1, 40))
def test_a_cut_text_is_never_longer_than_allowed(text: str, longest: int) -> None:
    found = cut(text, longest)
    assert len(found) <= longest + 1
    assert found == text or (found.endswith("…") and text.startswith(found[:-1]))
