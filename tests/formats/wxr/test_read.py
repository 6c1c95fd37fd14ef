"""Exports of WordPress to drafts."""

from datetime import UTC, datetime
from io import BytesIO

import pytest

from syndicate.errors import InputError
from syndicate.formats import base as formats
from syndicate.model.article import Person, Status
from syndicate.model.body import Embed, ListBlock, MediaBlock, Paragraph
from syndicate.model.draft import Draft, Rejected
from syndicate.model.media import MediaRole, MediaType
from syndicate.model.subject import Subject
from tests.formats.back import READING
from tests.formats.rss_1_0.feed_reading import draft, results

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.4" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Town</title><link>https://harbour.example</link>
<language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login>ada</wp:author_login><wp:author_email>ada@harbour.example</wp:author_email>
<wp:author_display_name><![CDATA[Ada Holm]]></wp:author_display_name></wp:author><wp:author/>
"""
PICTURES = "".join(
    f"<item><title>{name}</title><excerpt:encoded>{caption}</excerpt:encoded><wp:post_id>{number}</wp:post_id>"
    f"<wp:post_parent>{parent}</wp:post_parent><wp:post_type>attachment</wp:post_type>"
    f"<wp:attachment_url>https://harbour.example/up/{name}.jpg</wp:attachment_url>"
    "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>To see</wp:meta_value>"
    "</wp:postmeta></item>"
    for number, name, caption, parent in ((5, "crane", "The crane", 12), (6, "ferry", "", 0), (7, "pier", "", 0))
)


def post(inside: str = "", content: str = "Text", status: str = "publish", number: int = 12) -> str:
    """A post."""
    return (
        f"<item><title>Ferry &amp;amp; crane</title><link>https://harbour.example/ferry</link>"
        f'<guid isPermaLink="false">https://harbour.example/?p={number}</guid><dc:creator>ada</dc:creator>'
        f"<content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>{inside}</item>"
    )


def export(*items: str) -> str:
    """An export with these items."""
    return f"{HEAD}{''.join(items)}</channel></rss>"


def one(content: str, inside: str = "") -> Draft:
    """The draft of a post with that text, beside three pictures."""
    found = [one for one in results("wxr", export(post(inside, content), PICTURES)) if isinstance(one, Draft)]
    return found[0]


def whats(found: Draft) -> list[str]:
    """What was repaired."""
    return [one.what for one in found.repairs]


def test_a_whole_post() -> None:
    found = draft(
        "wxr",
        export(
            post(
                "<excerpt:encoded>In &lt;b>short&lt;/b></excerpt:encoded>"
                "<wp:post_date>2026-03-02 09:30:00</wp:post_date>"
                "<wp:post_date_gmt>2026-03-02 08:30:00</wp:post_date_gmt>"
                "<wp:post_modified_gmt>2026-03-03 08:30:00</wp:post_modified_gmt>"
                '<category domain="category" nicename="town">Town</category><category>Port</category>'
                '<category domain="post_tag" nicename="ferry">Ferry</category>'
                '<category domain="place" nicename="port-ellis">Port Ellis</category>'
                '<category domain="place">Nowhere</category><category domain="post_format" nicename="x">x</category>'
                "<wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>"
                "<wp:postmeta><wp:meta_key>seo</wp:meta_key><wp:meta_value>x</wp:meta_value></wp:postmeta>"
                "<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment><description>x</description><pubDate/>"
            )
        ),
    )
    article = found.article
    assert (article.guid, article.url) == ("https://harbour.example/?p=12", "https://harbour.example/ferry")
    assert (article.headline, article.abstract, article.language) == ("Ferry & crane", "In short", "en-GB")
    assert article.published == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert article.updated == datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
    assert article.authors == (Person(name="Ada Holm", email="ada@harbour.example"),)
    assert (article.sections, article.keywords) == (("Town", "Port"), ("Ferry",))
    assert article.subjects == (Subject(scheme="place", code="port-ellis", name="Port Ellis"),)
    assert article.body == (Paragraph(html="Text"),)
    assert article.derived == ()
    assert found.lost == ("category[post_format]", "wp:postmeta[seo]", "wp:comment", "description")


@pytest.mark.parametrize(
    ("status", "expected"),
    [("publish", Status.USABLE), ("draft", Status.WITHHELD), ("pending", Status.WITHHELD), ("private", Status.WITHHELD),
     ("odd", Status.WITHHELD), ("", Status.USABLE)],
)  # fmt: skip
def test_statuses(status: str, expected: Status) -> None:
    assert draft("wxr", export(post(status=status))).article.status is expected


def test_a_password_withholds() -> None:
    found = draft("wxr", export(post("<wp:post_password>x</wp:post_password>")))
    assert found.article.status is Status.WITHHELD
    assert whats(found) == ["withheld: the post has a password"]


def test_a_post_of_the_future_waits() -> None:
    found = draft("wxr", export(post("<wp:post_date_gmt>2026-05-02 08:30:00</wp:post_date_gmt>", status="future")))
    assert found.article.status is Status.USABLE
    assert found.article.embargo == found.article.published == datetime(2026, 5, 2, 8, 30, tzinfo=UTC)
    (refused,) = results("wxr", export(post(status="future")))
    assert isinstance(refused, Rejected)


@pytest.mark.parametrize(
    "times",
    [
        "<wp:post_date>2026-05-02 08:30:00</wp:post_date>",
        "<wp:post_date_gmt>2026-05-02</wp:post_date_gmt>",
        "<wp:post_date_gmt>2026-99-02 08:30:00</wp:post_date_gmt><pubDate>Sat, 02 May 2026 08:30:00 +0000</pubDate>",
        "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><pubDate>Sat, 02 May 2026 08:30:00</pubDate>",
    ],
)
def test_nobody_guesses_when_a_post_of_the_future_goes_out(times: str) -> None:
    (refused,) = results("wxr", export(post(times, status="future")))
    assert isinstance(refused, Rejected)
    assert "is planned for the future" in refused.reason


def test_a_draft_has_no_date() -> None:
    never = (
        "<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>"
    )
    found = draft("wxr", export(post(f"{never}<wp:post_date>2026-03-04 09:00:00</wp:post_date>", status="draft")))
    assert found.article.published == datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    assert whats(found) == ["'2026-03-04 09:00:00' names no known zone: UTC taken"]
    undated = draft("wxr", export(post(f"{never}<wp:post_date>0000-00-00 00:00:00</wp:post_date>")))
    assert undated.article.derived == ("published", "updated")
    dated = draft("wxr", export(post("<pubDate>Mon, 02 Mar 2026 08:30:00 +0000</pubDate>")))
    assert dated.article.published == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def test_what_is_no_post_is_refused() -> None:
    page = "<item><title>x</title><wp:post_type>page</wp:post_type></item>"
    found = results("wxr", export(post(status="trash"), page, post(number=13), PICTURES))
    reasons = [one.reason for one in found if isinstance(one, Rejected)]
    assert "has the status 'trash'" in reasons[0]
    assert reasons[1] == "is of the kind 'page': only posts are read"
    assert reasons[2:] == ["is attached, but no post that was read shows it"] * 3
    assert sum(isinstance(one, Draft) for one in found) == 1


def test_paragraphs() -> None:
    found = one(
        "One\ntwo <a\nhref='/x'>three</a>\n\n\nFour\n<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>\nFive <!--more--> six"
    )
    assert found.article.body == (
        Paragraph(html='One<br/>two <a href="https://harbour.example/x">three</a>'),
        Paragraph(html="Four"),
        ListBlock(items=("a", "b")),
        Paragraph(html="Five six"),
    )


def test_blocks_of_the_editor() -> None:
    found = one(
        "<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph -->\n\n"
        '<!-- wp:embed {"url":"https://x.example/1"} --><figure class="wp-block-embed is-type-rich">'
        '<div class="wp-block-embed__wrapper">\nhttps://x.example/1?a&amp;b\n</div></figure>'
        "<!-- /wp:embed --> <!-- open"
    )
    assert found.article.body[:2] == (Paragraph(html="One"), Embed(url="https://x.example/1?a&b"))


def test_an_address_on_a_line_of_its_own() -> None:
    assert one("One\n\nhttps://x.example/v?1&x=2\n\nTwo").article.body == (
        Paragraph(html="One"), Embed(url="https://x.example/v?1&x=2"), Paragraph(html="Two"),
    )  # fmt: skip


def test_captions() -> None:
    found = one(
        'One [caption id="a" width="30"]<a href="/x"><img src="/up/crane-300x200.jpg" alt="Crane" /></a>'
        " The <em>big</em> crane[/caption] two\n\n"
        '[caption caption="Old"]<img src="/up/old.jpg"/>[/caption]\n\n[caption]None[/caption]'
    ).article
    assert [(one.title, one.caption) for one in found.media] == [("Crane", "The big crane"), (None, "Old")]
    assert [isinstance(block, MediaBlock) for block in found.body] == [False, True, False, True, False]


def test_galleries() -> None:
    found = one('One\n\n[gallery ids="5, 6,99"]')
    assert [(one.caption, one.renditions[0].href) for one in found.article.media] == [
        ("The crane", "https://harbour.example/up/crane.jpg"), ("To see", "https://harbour.example/up/ferry.jpg"),
    ]  # fmt: skip
    assert whats(found) == ["pictures 99 of a gallery left out: the export does not hold them"]
    assert len(one("One\n\n[gallery]").article.media) == 1
    assert whats(draft("wxr", export(post(content="One [gallery]")))) == ["an empty [gallery] left out"]


def test_players_and_embeds() -> None:
    found = one(
        'One\n\n[audio mp3="/a.mp3"][/audio]\n\n[video src="/v.mp4"]\n\n[embed width="3"]https://x.example/1[/embed]\n\n'
        "[embed]no[/embed][video][/video][audio]"
    )
    assert {one.type for one in found.article.media} == {MediaType.AUDIO, MediaType.VIDEO}
    assert Embed(url="https://x.example/1") in found.article.body
    assert whats(found) == [
        f"the shortcode [{name}] without an address left out" for name in ("embed", "video", "audio")
    ]


def test_shortcodes_that_nobody_knows() -> None:
    found = one('A [sic] b [Update 3] c [x_y a="1"]in[/x_y] [x_y a="2"/] d [[gallery]] e [1] [/zz] f [caption] [gg /]')
    assert found.article.body == (
        Paragraph(html="A [sic] b [Update 3] c in d [gallery] e [1] f [caption]"),
    )  # fmt: skip
    assert whats(found) == ["the shortcode [x_y] left out (2 times)", "the shortcode [gg] left out"]


def test_the_picture_on_top() -> None:
    thumbnail = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>{}</wp:meta_value></wp:postmeta>"
    (media,) = one("Text", thumbnail.format(5)).article.media
    assert (media.role, media.name, media.title, media.caption) == (MediaRole.LEAD, "crane", "To see", "The crane")
    assert "attachment '99'" in whats(one("Text", thumbnail.format(99)))[0]
    odd = PICTURES.replace("https://harbour.example/up/crane.jpg", "javascript:x")
    found = results("wxr", export(post(thumbnail.format(5)), odd))
    assert isinstance(found[0], Draft)
    assert found[0].article.media == ()


def test_a_picture_in_any_size_is_shown() -> None:
    found = results("wxr", export(post(content='<img src="https://harbour.example/up/pier-300x200.jpg">'), PICTURES))
    assert sum(isinstance(one, Rejected) for one in found) == 2


def test_bounds() -> None:
    found = results("wxr", export(post(content="x" * 300_000), post(content="<div>" * 200)))
    assert all(isinstance(one, Rejected) for one in found)


def test_many_openings_take_no_longer() -> None:
    text = "[/caption]" + "[caption]" * 20_000 + "<!--" * 5_000
    assert isinstance(results("wxr", export(post(content=text)))[0], Draft)
    for text in (f"[gallery {'a' * 200_000}]", f"<figure {'wp-block-embed ' * 15_000}"):
        assert isinstance(results("wxr", export(post(content=text)))[0], Draft)


def test_a_few_letters_stand_for_no_more_than_a_text() -> None:
    (refused, *_) = results("wxr", export(post(content="[gallery]" * 20_000), PICTURES))
    assert isinstance(refused, Rejected)
    assert "what its shortcodes stand for" in refused.reason


def test_another_root() -> None:
    with pytest.raises(InputError, match="an export of WordPress is wanted"):
        list(formats.reader("wxr").read(BytesIO(b"<rss/>"), "x", READING))
