"""What of an article does not fit into a format."""

from dataclasses import replace
from typing import Any

import pytest

from syndicate.feeds.losses import losses
from syndicate.formats import base as formats
from syndicate.model.article import Article
from syndicate.model.body import Paragraph
from syndicate.model.content import Content
from syndicate.model.feed import Cut
from syndicate.profiles.load import load_profile
from tests.formats.story import PUBLISHER, STORY

WHOLE = Cut()


def lost(name: str, article: Article = STORY, cut: Cut = WHOLE) -> dict[str, str]:
    return {one.field: one.how for one in losses(article, name, PUBLISHER, cut)}


def test_what_has_no_place_is_named_by_its_path() -> None:
    found = lost("rss")
    assert found["slugline"] == found["rights.usage"] == "left out"
    assert found["media"] == "not as it was"
    assert "headline" not in found
    assert "body[paragraph]" not in found


def test_a_whole_field_stands_for_its_parts() -> None:
    found = lost("news-sitemap")
    assert found["media"] == "left out"
    assert not any(path.startswith("media[") for path in found)


def test_an_article_may_have_no_place_at_all() -> None:
    assert lost("news-sitemap", replace(STORY, url=None)) == {"": "not in it: has no address"}


def test_partners_formats_carry_the_whole_story() -> None:
    for name in ("newsml-g2", "ninjs", "nitf"):
        # A picture that has no place in the text stands at its end anyway.
        assert set(lost(name)) <= {"body[mediablock]"}, name


def test_what_a_profile_changes_is_told() -> None:
    profile = load_profile("msn")
    cut = Cut(Content.FULL, profile)
    long = replace(STORY, headline="A headline " * 30)
    assert any("headline" in one.how for one in losses(long, "rss", PUBLISHER, cut))


@pytest.mark.parametrize("name", formats.written())
def test_every_format_can_be_asked(name: str) -> None:
    found = lost(name)
    assert all(how for how in found.values())


def test_a_long_text_is_not_rendered_once_for_each_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    renderer, asked = formats.renderer("nitf"), list[str]()
    render = renderer.fragment

    def counting(article: Article, *more: Any) -> bytes:
        asked.append(article.guid)
        return render(article, *more)

    monkeypatch.setattr(renderer, "fragment", counting)
    long = replace(STORY, body=tuple(Paragraph(html=f"The {number}th word.") for number in range(300)))
    assert "body[paragraph]" not in lost("nitf", long)
    assert len(asked) < 150


def test_what_is_cut_off_at_the_end_of_a_long_text_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    renderer = formats.renderer("rss")
    render = renderer.fragment
    monkeypatch.setattr(
        renderer, "fragment", lambda article, *more: render(replace(article, body=article.body[:100]), *more)
    )
    long = replace(STORY, body=tuple(Paragraph(html=f"The {number}th word.") for number in range(300)))
    assert lost("rss", long)["body[paragraph]"] == "left out"
