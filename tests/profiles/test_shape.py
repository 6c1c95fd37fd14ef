"""Articles as a partner takes them: what is changed, what is said of it, and what never changes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.markup.body_html import body_html
from syndicate.model.article import Article, Dateline, Link, Status
from syndicate.model.body import (
    Block,
    Embed,
    Heading,
    ListBlock,
    MediaBlock,
    Paragraph,
    Quote,
    Related,
    Table,
    Tagline,
)
from syndicate.model.finding import Severity
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.model.profile import Limits, Markup, Profile
from syndicate.profiles.html import look_at
from syndicate.profiles.load import load_profile, shipped
from syndicate.profiles.shape import Shaped, noted, shape
from tests.conftest import NOW
from tests.formats.story import STORY
from tests.strategies import articles

PLAIN = Profile(name="lake", title="Lake", purpose="Tests", format="rss", mark="0")
CAMPAIGN = (("utm_source", "lake"), ("utm_medium", "feed"))
UTM = "utm_source=lake&amp;utm_medium=feed"
PAGE = "https://harbour.example/2026/a"


def article(*body: Block, **fields: object) -> Article:
    """An article with that text."""
    made = Article(guid="tag:harbour.example,2019:1", headline="A headline", published=NOW, updated=NOW, url=PAGE)
    return replace(made, body=body, **fields)  # type: ignore[arg-type]


def text_of(shaped: Shaped) -> tuple[Block, ...]:
    return shaped.article.body


def with_markup(**fields: object) -> Profile:
    return replace(PLAIN, markup=Markup(**fields))  # type: ignore[arg-type]


def with_limits(**fields: object) -> Profile:
    return replace(PLAIN, limits=Limits(**fields))  # type: ignore[arg-type]


def one(profile: Profile, html: str) -> tuple[str, tuple[str, ...]]:
    """The paragraph as the partner takes it, and what was said."""
    shaped = shape(article(Paragraph(html=html)), profile)
    (block,) = shaped.article.body
    assert isinstance(block, Paragraph)
    return block.html, shaped.notes


def test_who_wants_nothing_gets_the_article_as_it_is() -> None:
    keeping = replace(PLAIN, markup=Markup(embeds="keep"))
    assert shape(STORY, keeping) == Shaped(article=STORY)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('See <a href="https://harbour.example/b">b</a>.', f'See <a href="https://harbour.example/b?{UTM}">b</a>.'),
        ('<a href="/b">b</a>', f'<a href="https://harbour.example/b?{UTM}">b</a>'),
        ('<a href="https://harbour.example/b?x=1#c">b</a>',
         f'<a href="https://harbour.example/b?x=1&amp;{UTM}#c">b</a>'),
        ('<a href="https://harbour.example/?utm_source=old">b</a>',
         '<a href="https://harbour.example/?utm_source=old&amp;utm_medium=feed">b</a>'),
        ('<a href="mailto:desk@harbour.example">b</a>', '<a href="mailto:desk@harbour.example">b</a>'),
        ('<a href="https://m.harbour.example/b">b</a>', f'<a href="https://m.harbour.example/b?{UTM}">b</a>'),
        ('<a href="https://elsewhere.example/b">b</a>', '<a href="https://elsewhere.example/b">b</a>'),
        ('<a href="https://harbour.example">b</a>', f'<a href="https://harbour.example/?{UTM}">b</a>'),
    ],
)  # fmt: skip
def test_visible_links_get_the_campaign(html: str, expected: str) -> None:
    assert one(replace(PLAIN, campaign=CAMPAIGN), html) == (expected, ())


def test_the_campaign_is_for_pages_of_ours_alone() -> None:
    profile = replace(PLAIN, campaign=CAMPAIGN, markup=Markup(hosts=("sea.example",)))
    html = '<a href="https://sea.example/b">b</a> <a href="https://harbour.example/c">c</a>'
    assert one(profile, html)[0] == html.replace("/b", f"/b?{UTM}")
    assert shape(STORY, profile).article.url == STORY.url


def test_the_campaign_touches_links_and_nothing_else() -> None:
    made = shape(STORY, replace(PLAIN, campaign=CAMPAIGN)).article
    assert made.url == "https://harbour.example/2026/03/02/mayor?ref=feed&x=1&utm_source=lake&utm_medium=feed"
    assert (made.guid, made.version, made.media, made.links) == (STORY.guid, 3, STORY.media, STORY.links)
    assert f'href="https://harbour.example/a?b=1&amp;c=2&amp;{UTM}"' in body_html(made)
    assert body_html(made).count("utm_source") == 2


@pytest.mark.parametrize(
    ("profile", "html", "expected", "note"),
    [
        (with_markup(elements=("p", "strong")), "a <em>b</em> <strong>c</strong>", "a b <strong>c</strong>",
         "<em> left out, its text kept"),
        (with_markup(elements=("p",)), 'a<br/>b <a href="https://x.example/">c</a>', "a b c",
         "<a> left out, its text kept"),
        (with_markup(banned=("span",)), '<span lang="de">Haus</span>', "Haus", "<span> left out, its text kept"),
        (with_markup(attributes=(("a", ("href",)),)), f'<a href="{PAGE}" title="t" hreflang="de">b</a>',
         f'<a href="{PAGE}">b</a>', "the attribute title of <a> left out"),
        (with_markup(attributes=(("*", ("dir",)),)), '<span lang="de">Haus</span>', "Haus",
         "the attribute lang of <span> left out"),
        (with_markup(schemes=("https", "mailto")), '<a href="tel:+47">ring</a>', "ring",
         "a tel: link made plain text"),
        (with_markup(other_hosts="unlink"), '<a href="https://elsewhere.example/">b</a>', "b",
         "a link to elsewhere.example made plain text"),
        (with_markup(other_hosts="unlink"), '<a href="https://www.harbour.example/">b</a>',
         '<a href="https://www.harbour.example/">b</a>', None),
        (with_markup(other_hosts="unlink", hosts=("other.example",)), '<a href="https://a.other.example/">b</a>',
         '<a href="https://a.other.example/">b</a>', None),
    ],
)  # fmt: skip
def test_inline_markup_that_is_not_taken_goes_and_its_text_stays(
    profile: Profile, html: str, expected: str, note: str | None
) -> None:
    made, notes = one(profile, html)
    assert made == expected
    assert note in notes if note else notes == ()


def test_a_relative_link_without_a_page_is_plain_text() -> None:
    shaped = shape(article(Paragraph(html='<a href="/b">b</a>'), url=None), PLAIN)
    assert text_of(shaped) == (Paragraph(html="b"),)
    assert shaped.notes == ("link with the relative address '/b' left out, its text kept",)


PARAGRAPHS = with_markup(elements=("p",))


@pytest.mark.parametrize(
    ("profile", "block", "expected", "note"),
    [
        (PARAGRAPHS, Heading(html="H"), [Paragraph(html="H")], "a sub-heading made a paragraph"),
        (with_markup(elements=("p", "strong")), Heading(html="H"), [Paragraph(html="<strong>H</strong>")],
         "a sub-heading made a paragraph"),
        (with_markup(elements=("p", "h2", "h3")), Heading(html="H", level=6), [Heading(html="H", level=3)],
         "a sub-heading of level 6 made one of level 3"),
        (PARAGRAPHS, ListBlock(items=("a", "b")), [Paragraph(html="• a"), Paragraph(html="• b")],
         "a list made paragraphs"),
        (PARAGRAPHS, ListBlock(items=("a", "b"), ordered=True), [Paragraph(html="1. a"), Paragraph(html="2. b")],
         "a list made paragraphs"),
        (with_markup(elements=("p", "ul", "li")), ListBlock(items=("<em>a</em>",)), [ListBlock(items=("a",))],
         "<em> left out, its text kept"),
        (PARAGRAPHS, Quote(html="q", cite="A & B"), [Paragraph(html="q — A &amp; B")],
         "a quotation made a paragraph"),
        (PARAGRAPHS, Quote(html="q"), [Paragraph(html="q")], "a quotation made a paragraph"),
        (with_markup(elements=("p", "blockquote")), Quote(html="q", cite="A"),
         [Quote(html="q"), Paragraph(html="— A")], None),
        (PARAGRAPHS,
         Table(html='<table><tr><th scope="col">Pier</th><th>Cranes</th></tr><tr><td>4</td><td></td></tr></table>'),
         [Paragraph(html="Pier · Cranes"), Paragraph(html="4")], "a table made paragraphs"),
        (with_markup(attributes=(("td", ("colspan",)),)),
         Table(html='<table><tr><td colspan="2" rowspan="3">4</td></tr></table>'),
         [Table(html='<table><tr><td colspan="2">4</td></tr></table>')], "the attribute rowspan of <td> left out"),
        (with_markup(related="drop"), Related(title="T", url=PAGE), [], "the line to another story left out: T"),
        (PLAIN, Related(title="T", url="/x"), [Related(title="T", url="https://harbour.example/x")], None),
        (PLAIN, Related(title="T"), [Related(title="T")], None),
        (with_markup(embeds="drop"), Embed(url="https://s.example/1", html="x"), [],
         "an embed left out: https://s.example/1"),
        (with_markup(embeds="keep"), Embed(url="https://s.example/1", html="x"),
         [Embed(url="https://s.example/1", html="x")], None),
        (with_markup(embeds="keep"), Embed(url="/1", html="x"),
         [Embed(url="https://harbour.example/1", html="x")], None),
        (with_markup(embeds="keep"), Embed(url="javascript:x", html="x"), [Paragraph(html="x")],
         "an embed left out: a javascript: address"),
        (replace(PLAIN, campaign=CAMPAIGN), Embed(url="https://s.example/1", html="a photo"),
         [Paragraph(html='a photo <a href="https://s.example/1">https://s.example/1</a>')],
         "an embed made a link: https://s.example/1"),
        (PLAIN, Embed(url="https://s.example/1", html='<a href="https://s.example/1">x</a>'),
         [Paragraph(html='<a href="https://s.example/1">x</a>')], "an embed made a link: https://s.example/1"),
        (with_markup(banned=("a",)), Embed(url="https://s.example/1", html="a photo"), [Paragraph(html="a photo")],
         "an embed left out, its text kept: https://s.example/1"),
        (with_markup(banned=("a",)), Embed(url="https://s.example/1"), [],
         "an embed left out, its text kept: https://s.example/1"),
        (with_markup(banned=("em",)), Tagline(html="<em>By A</em>"), [Tagline(html="By A")],
         "<em> left out, its text kept"),
    ],
)  # fmt: skip
def test_blocks_become_what_the_partner_takes(
    profile: Profile, block: Block, expected: list[Block], note: str | None
) -> None:
    shaped = shape(article(block), profile)
    assert list(text_of(shaped)) == expected
    assert note in shaped.notes if note else shaped.notes == ()


def picture(name: str, **fields: object) -> Media:
    values: dict[str, object] = {"href": f"https://media.example/{name}.jpg", "type": "image/jpeg", **fields}
    rendition = Rendition(**values)  # type: ignore[arg-type]
    return Media(id=name, type=MediaType.PICTURE, renditions=(rendition,))


@pytest.mark.parametrize(
    ("limits", "fields", "fault"),
    [
        ({"image_width": 400}, {"width": 320, "height": 900}, "is 320 pixels wide, at least 400 are needed"),
        ({"image_height": 400}, {"width": 900, "height": 320}, "is 320 pixels high, at least 400 are needed"),
        ({"image_side": 400}, {"width": 900, "height": 320},
         "is 320 pixels at its shorter side, at least 400 are needed"),
        ({"image_max": 1000}, {"bytes": 1001}, "has 1001 bytes, at most 1000 are taken"),
        ({"image_types": ("image/png",)}, {}, "is image/jpeg, image/png are taken"),
        ({"https": True}, {"href": "http://media.example/p.jpg"}, "is not reached by https"),
    ],
)  # fmt: skip
def test_pictures_that_are_not_taken_go_with_their_place(
    limits: dict[str, object], fields: dict[str, object], fault: str
) -> None:
    story = article(MediaBlock(media="p"), MediaBlock(media="q"), media=(picture("p", **fields), picture("q")))
    if "image_types" in limits:
        story = replace(story, media=(story.media[0],), body=story.body[:1])
    shaped = shape(story, with_limits(**limits))
    assert f"a file of p left out: it {fault}" in shaped.notes
    assert "the picture p left out: no file of it is taken" in shaped.notes
    assert [one.id for one in shaped.article.media] == [one.id for one in story.media[1:]]
    assert shaped.article.body == story.body[1:]


def test_a_large_rendition_stays_where_a_small_one_goes() -> None:
    small, large = (Rendition(href=f"https://m.example/{n}.jpg", width=n, height=n) for n in (100, 900))
    media = Media(id="p", type=MediaType.PICTURE, renditions=(small, large))
    (made,) = shape(article(media=(media,)), with_limits(image_side=400)).article.media
    assert made.renditions == (large,)


def test_an_address_of_a_picture_is_made_a_full_one_or_the_file_goes() -> None:
    media = replace(picture("p"), renditions=(Rendition(href="/p.jpg", type="image/jpeg"),))
    (made,) = shape(article(media=(media,)), PLAIN).article.media
    assert made.renditions[0].href == "https://harbour.example/p.jpg"
    assert shape(article(media=(media,), url=None), PLAIN).article.media == ()


def test_media_whose_elements_are_not_taken_are_attached_only() -> None:
    media = replace(picture("p"), role=MediaRole.LEAD, credit="A")
    for elements in (("p", "img"), ("p", "img", "figure", "figcaption")):
        shaped = shape(article(MediaBlock(media="p"), media=(media,)), with_markup(elements=elements))
        assert body_html(shaped.article) == ""
        assert shaped.article.media == (replace(media, role=MediaRole.GALLERY),)
        assert shaped.notes == ("the picture p left out of the text, attached only",)
    taken = with_markup(elements=("p", "img", "figure", "figcaption", "span"))
    assert shape(article(MediaBlock(media="p"), media=(media,)), taken).notes == ()


def test_videos_need_their_own_elements() -> None:
    media = Media(id="v", type=MediaType.VIDEO, title="T", renditions=(Rendition(href="https://m.example/v.mp4"),))
    taken = ("p", "figure", "figcaption", "strong", "video", "source", "a")
    story = article(MediaBlock(media="v"), media=(media,))
    assert shape(story, with_markup(elements=taken)).notes == ()
    for missing in taken[1:]:
        profile = with_markup(elements=tuple(name for name in taken if name != missing))
        assert shape(story, profile).article.body == ()


def test_titles_and_summaries_are_cut_at_a_word_and_it_is_said() -> None:
    story = article(headline="Ferry returns after twelve days", abstract="People had got used to the detour by now")
    shaped = shape(story, with_limits(title_max=20, description_max=20))
    assert shaped.article.headline == "Ferry returns after…"
    assert shaped.article.abstract == "People had got used…"
    assert shaped.notes == (
        "the headline cut from 31 to at most 20 characters",
        "the summary cut from 40 to at most 20 characters",
    )
    first, _ = noted(shaped, PLAIN)
    assert (first.rule.id, first.severity) == ("profile.article.shaped", Severity.INFO)
    assert first.message == "Lake: the headline cut from 31 to at most 20 characters"


def test_a_summary_that_stands_for_the_abstract_is_cut_too() -> None:
    shaped = shape(article(Paragraph(html="word " * 40)), with_limits(description_max=50))
    assert shaped.article.abstract == ("word " * 10).strip() + "…"
    assert shape(article(), with_limits(description_max=50)).article.abstract is None
    assert shape(article(abstract="short"), with_limits(description_max=50)).article.abstract == "short"


def test_a_single_long_word_is_cut_in_the_middle() -> None:
    assert len(shape(article(headline="x" * 50), with_limits(title_max=20)).article.headline) == 20
    assert len(shape(article(headline="x" * 50), with_limits(title_max=1)).article.headline) == 1


def test_a_long_text_ends_after_a_block() -> None:
    story = article(*(Paragraph(html="x" * 30) for _ in range(10)))
    shaped = shape(story, with_limits(body_max=100))
    assert len(shaped.article.body) == 3
    assert len(look_at(body_html(shaped.article)).text) <= 100
    assert shaped.notes == ("the text cut after 3 of 10 blocks: at most 100 characters are taken",)
    assert shape(article(Paragraph(html="<em>x</em>" * 9)), with_limits(body_max=20)).notes == ()


def test_dateline_and_highlights_are_words_where_their_elements_are_not_taken() -> None:
    story = article(Heading(html="H"), Paragraph(html="Text"), dateline=Dateline(text="ELLIS & —"), highlights=("a<b",))
    shaped = shape(story, PARAGRAPHS)
    assert (shaped.article.dateline, shaped.article.highlights) == (None, ())
    assert text_of(shaped) == tuple(Paragraph(html=one) for one in ("• a&lt;b", "H", "ELLIS &amp; — Text"))
    alone = shape(article(dateline=Dateline(text="ELLIS —")), PARAGRAPHS)
    assert text_of(alone) == (Paragraph(html="ELLIS —"),)


def test_links_to_other_stories_go_where_they_are_not_taken() -> None:
    links = (Link(rel="seeAlso", url=PAGE), Link(rel="previous", guid="tag:harbour.example,2019:0"))
    shaped = shape(article(links=links), with_markup(related="drop"))
    assert shaped.article.links == links[1:]
    assert shaped.notes == (f"the tie to another story left out: {PAGE}",)


def test_ties_to_other_stories_have_full_addresses() -> None:
    links = (Link(rel="seeAlso", url="/b"), Link(rel="seeAlso", url="/c", guid="tag:harbour.example,2019:2"))
    made = shape(article(links=links), PLAIN).article.links
    assert [link.url for link in made] == ["https://harbour.example/b", "https://harbour.example/c"]
    assert shape(article(links=links, url=None), PLAIN).article.links == (replace(links[1], url=None),)


def test_campaign_parameters_are_taken_off_where_the_page_itself_is_wanted() -> None:
    shaped = shape(article(url=f"{PAGE}?utm_source=a&id=7&utm_medium=b#c"), with_limits(canonical=True))
    assert shaped.article.url == f"{PAGE}?id=7#c"
    assert shaped.notes == ("utm_source and utm_medium taken off the link",)
    assert shape(article(url=f"{PAGE}?utm_source=a"), with_limits(canonical=True)).article.url == PAGE
    assert shape(article(), with_limits(canonical=True)).notes == ()


@pytest.mark.parametrize("name", shipped())
def test_the_whole_story_keeps_what_it_is_and_tells_what_goes(name: str) -> None:
    profile = load_profile(name)
    shaped = shape(STORY, profile)
    same = (
        "guid",
        "version",
        "status",
        "published",
        "updated",
        "authors",
        "sections",
        "keywords",
        "rights",
        "language",
    )
    assert all(getattr(shaped.article, field) == getattr(STORY, field) for field in same)
    look = look_at(body_html(shaped.article))
    assert all(profile.markup.takes(tag.name) for tag in look.tags)
    assert "whom nobody" not in look.text
    assert bool(shaped.notes) is (shaped.article.body != STORY.body)


@settings(max_examples=30)
@given(name=st.sampled_from(shipped()), story=articles())
def test_what_was_shaped_is_not_shaped_again(name: str, story: Article) -> None:
    profile = load_profile(name)
    once = shape(story, profile).article
    assert shape(once, profile).article == once
    assert once.guid == story.guid


def test_a_withdrawn_story_stays_empty() -> None:
    story = article(status=Status.CANCELED, correction="Not true")
    assert shape(story, load_profile("msn")).article.body == ()
