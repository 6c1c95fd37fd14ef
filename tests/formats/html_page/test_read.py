"""Article pages: the story without the site around it, and what the page says of it in its many ways."""

import io
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.formats.base import detect_reader, having, reader
from syndicate.formats.html_page.content import texts
from syndicate.formats.html_page.read import detect, read
from syndicate.markup.article_json import dumps, loads
from syndicate.markup.readability_page import MAX_PAGE
from syndicate.model.article import Article, Dateline, Person, Status
from syndicate.model.body import Embed, Heading, MediaBlock, Paragraph
from syndicate.model.draft import Draft, Reading, Rejected
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject
from tests.formats.html_page import pages
from tests.formats.html_page.pages import HEADLINE, LEAD, SHAPES, Shape, paragraphs, whole

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
READING = Reading(now=NOW, language="en")
URL = "https://harbour.example/2026/ferry"


def answer(html: str | bytes, file: str = "page.html") -> Draft | Rejected:
    data = html.encode() if isinstance(html, str) else html
    [found] = read(io.BytesIO(data), file, READING)
    return found


def drafted(html: str | bytes, file: str = "page.html") -> Draft:
    found = answer(html, file)
    assert isinstance(found, Draft), found
    return found


def rejected(html: str | bytes) -> str:
    found = answer(html)
    assert isinstance(found, Rejected)
    return found.reason


def linked(**values: object) -> str:
    told = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": HEADLINE, **values}
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


def page(head: str = "", body: str = "", attributes: str = ' lang="en-GB"') -> Draft:
    return drafted(whole(f"<article>{body}{paragraphs(LEAD)}</article>", head, attributes))


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def said(article: Article) -> str:
    return " ".join(texts(article.body))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_the_story_is_found_in_pages_of_many_shapes(shape: Shape) -> None:
    """Every word of the story, and none of the site around it."""
    article = drafted(shape.html).article
    assert article.headline == HEADLINE
    assert words(said(article)) == words(" ".join(shape.story))


def test_sub_headings_and_the_order_of_the_text_stay() -> None:
    article = drafted(pages.by_name("semantic").html).article
    assert list(texts(article.body)) == list(pages.STORY)
    assert [block.html for block in article.body if isinstance(block, Heading)] == [pages.HEADING]


def test_what_was_left_out_is_named() -> None:
    assert drafted(pages.by_name("weblog").html).lost == ("comments", "sidebar")
    assert drafted(pages.by_name("teasers").html).lost == ("text outside the story",)
    assert drafted(pages.by_name("bare").html).lost == ()


def test_what_every_page_of_a_site_has_is_no_loss() -> None:
    assert drafted(pages.by_name("semantic").html).lost == ("comments",)
    menu = '<nav><a href="/">Start page</a></nav><div class="share-bar">Tweet</div>'
    assert page("", menu).lost == ()
    assert page("", f'<div class="promo-box">{paragraphs(LEAD[:2] * 4)}</div>').lost == ("advertising",)


def test_open_graph_alone() -> None:
    draft = drafted(pages.by_name("semantic").html)
    article = draft.article
    assert (article.headline, article.abstract) == (HEADLINE, "A cracked rudder keeps the Margit at the pier.")
    assert article.published == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert article.updated == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    assert article.authors == (Person(name="Ada Holm"),)
    assert (article.sections, article.keywords) == (("Town",), ("ferry", "harbour"))
    assert (article.language, article.url, article.derived) == ("en-GB", URL, ())
    assert draft.identity == URL
    lead, inline = article.media
    assert (lead.role, lead.renditions[0].href) == (MediaRole.LEAD, "https://harbour.example/pics/lead.jpg")
    assert (inline.caption, inline.credit, inline.title) == (pages.CAPTION, pages.CREDIT, "A ferry")
    assert (inline.role, inline.renditions[0].href) == (MediaRole.INLINE, "https://harbour.example/pics/margit.jpg")
    assert article.body[0] == MediaBlock(media=inline.id)


def test_json_ld_alone() -> None:
    script = linked(
        url=URL,
        identifier="tag:harbour.example,2019:story:17",
        version="3",
        datePublished="2026-03-02T09:30:00+01:00",
        dateModified="2026-03-03",
        expires="2026-12-31T00:00:00Z",
        inLanguage="de-AT",
        description="A &amp; B",
        author=[{"@type": "Person", "name": "Ada Holm", "email": "ada@harbour.example", "jobTitle": "reporter"},
                {"@type": "Organization", "name": "Harbour Post"}, {"@type": "Person", "name": "https://a.example/"}],
        contributor="Tove Lind",
        articleSection=["Town", "Sea"],
        keywords="ferry, harbour",
        genre="feature",
        dateline="Port Ellis (HP) —",
        locationCreated="Port Ellis",
        copyrightHolder="Harbour Post",
        copyrightNotice="© HP",
        usageInfo="No archive",
        correction="It is two weeks.",
        image=["/1x1.jpg", "https://harbour.example/16x9.jpg"],
        video={"@type": "VideoObject", "name": "Divers", "contentUrl": "https://harbour.example/d.mp4",
               "duration": "PT1M5S",
               "creditText": "HP", "encodingFormat": "video/mp4", "width": 640, "height": 360},
        backstory="Long ago.",
        about=["ships", {"@type": "DefinedTerm", "termCode": "20000337", "name": "public transport",
                         "inDefinedTermSet": "http://cv.iptc.org/newscodes/mediatopic/"}],
        isAccessibleForFree=False,
        alternativeHeadline="No boats",
    )  # fmt: skip
    draft = page(script)
    article = draft.article
    assert (article.guid, draft.stated_version, article.version) == ("tag:harbour.example,2019:story:17", 3, 3)
    assert (article.url, article.language, article.abstract) == (URL, "de-AT", "A & B")
    assert article.published == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert (article.updated, article.derived) == (datetime(2026, 3, 3, tzinfo=UTC), ("updated",))
    assert article.expires == datetime(2026, 12, 31, tzinfo=UTC)
    assert article.authors == (Person(name="Ada Holm", email="ada@harbour.example", role="reporter"),)
    assert article.contributors == (Person(name="Tove Lind"),)
    assert (article.sections, article.keywords, article.genre) == (
        ("Town", "Sea"),
        ("ferry", "harbour", "ships"),
        "feature",
    )
    assert article.subjects == (Subject(scheme="medtop", code="20000337", name="public transport"),)
    assert article.dateline == Dateline(text="Port Ellis (HP) —", place="Port Ellis")
    assert article.rights == Rights(holder="Harbour Post", notice="© HP", usage="No archive")
    assert article.correction == "It is two weeks."
    picture, video = article.media
    assert picture == Media(id="m1", type=MediaType.PICTURE, role=MediaRole.LEAD,
                            renditions=(Rendition(href="https://harbour.example/16x9.jpg"),))  # fmt: skip
    assert (video.type, video.title, video.duration, video.credit) == (MediaType.VIDEO, "Divers", 65, "HP")
    assert video.renditions == (
        Rendition(href="https://harbour.example/d.mp4", type="video/mp4", width=640, height=360),
    )
    assert draft.lost == ("json-ld backstory", "json-ld isAccessibleForFree", "json-ld alternativeHeadline")
    assert [repair.what for repair in draft.repairs] == ["'2026-03-03' names no time of day or no offset: UTC taken"]


def test_nothing_but_markup() -> None:
    html = (
        f'<html><head><title>{HEADLINE} | Harbour Post</title></head><body><article><p class="byline">By Ada Holm and '
        f"Jonas Feld</p><time datetime='2026-03-02T08:30:00Z'>Monday</time>{paragraphs(LEAD)}</article></body></html>"
    )
    draft = drafted(html, "in/ferry.html")
    article = draft.article
    assert (article.headline, article.published) == (HEADLINE, datetime(2026, 3, 2, 8, 30, tzinfo=UTC))
    assert article.derived == ("headline", "published", "updated")
    assert article.authors == (Person(name="Ada Holm"), Person(name="Jonas Feld"))
    assert (article.language, article.url, article.media, draft.identity) == ("en", None, (), "ferry")
    assert list(texts(article.body)) == list(LEAD)


def test_a_page_that_says_nothing_of_itself() -> None:
    article = drafted(f"<html><body>{paragraphs(LEAD)}</body></html>", "-").article
    assert (
        article.headline
        == "The ferry between Port Ellis and Long Island stays in the harbour for two weeks, the harbour master…"
    )
    assert (article.published, article.derived) == (NOW, ("published", "updated", "headline"))
    assert drafted(f"<html><body>{paragraphs(LEAD)}</body></html>", "-").identity == ""


def test_what_counts_more_wins() -> None:
    head = (
        '<meta property="og:title" content="Open"><meta name="description" content="Plain">'
        '<meta property="article:published_time" content="2026-01-02T00:00:00Z"><meta name="author" content="Meta">'
    )
    article = page(head + linked(headline="Linked", datePublished="2026-01-01T00:00:00Z")).article
    assert (article.headline, article.abstract, article.published.day) == ("Linked", "Plain", 1)
    article = page(head, "<h1>Open</h1>").article
    assert (article.headline, article.published.day, article.authors) == ("Open", 2, (Person(name="Meta"),))


@pytest.mark.parametrize(
    ("head", "headline"),
    [
        ('<meta property="og:title" content="Ferry stays | HP News"><meta property="og:site_name" content="HP News">',
         "Ferry stays"),
        ('<meta property="og:title" content="HP: Ferry stays"><meta property="og:site_name" content="HP">',
         "Ferry stays"),
        ('<meta name="twitter:title" content="Ferry | what it means"><meta property="og:site_name" content="HP">',
         "Ferry | what it means"),
        ("<title>A ferry stays in our harbour | Harbour Post</title>", "A ferry stays in our harbour"),
        ("<title>Ferry &amp; crane</title>", "Ferry & crane"),
        (linked(headline="Ferry &amp; <em>crane</em> | HP", publisher={"name": "HP"}), "Ferry & crane"),
    ],
)  # fmt: skip
def test_the_site_is_no_part_of_the_headline(head: str, headline: str) -> None:
    assert drafted(f"<html><head>{head}</head><body>{paragraphs(LEAD)}</body></html>").article.headline == headline


def test_a_heading_that_says_something_else_is_told() -> None:
    draft = page('<meta property="og:title" content="Why the boat stays">', "<h1>Ferry stays in the harbour</h1>")
    assert (draft.article.headline, draft.lost) == ("Why the boat stays", ("h1",))


def test_the_page_s_own_article_is_taken_of_several() -> None:
    other = linked(headline="Another story", url="https://harbour.example/other", author="Jonas Feld")
    own = linked(url=f"{URL}?x#y", author="Ada Holm")
    canonical = f'<link rel="canonical" href="{URL}">'
    assert page(canonical + other + own).article.authors == (Person(name="Ada Holm"),)
    assert page(other + own, f"<h1>{HEADLINE}</h1>").article.authors == (Person(name="Ada Holm"),)
    assert page(other + linked(headline="A third"), "<h1>This</h1>").article.authors == ()


def test_broken_json_ld_is_told_and_the_rest_is_read() -> None:
    draft = page('<script type="application/ld+json">{"@type": "NewsArticle",}</script>')
    assert draft.article.headline == HEADLINE
    assert draft.repairs[0].field == "json-ld"
    assert "is not JSON" in draft.repairs[0].what
    wrapped = (
        '<script type="application/ld+json">//<![CDATA[\n{"@type": "NewsArticle", "headline": "Told"}\n//]]></script>'
    )
    assert page(wrapped).article.headline == "Told"


def test_the_text_of_json_ld_is_taken_where_the_page_cuts_it_short() -> None:
    text = "\n".join((*pages.STORY, "A &amp; B"))
    article = page(linked(articleBody=text)).article
    assert list(texts(article.body)) == [*pages.STORY, "A & B"]
    article = page(linked(articleBody=f"<p>{'</p><p>'.join(pages.STORY)}</p>")).article
    assert list(texts(article.body)) == list(pages.STORY)
    assert list(texts(page(linked(articleBody=LEAD[0])).article.body)) == list(LEAD)
    draft = drafted(f"<html><head>{linked(articleBody=text)}</head><body><div id='app'></div></body></html>")
    assert draft.article.body


def test_relative_addresses_start_at_the_page() -> None:
    body = '<p>Look at <a href="../map">the map of the harbour</a>, which shows each and every pier there is.</p>'
    canonical = f'<link rel="canonical" href="{URL}">'
    assert 'href="https://harbour.example/map"' in said_html(page(canonical, body))
    assert 'href="https://cdn.example/map"' in said_html(page(canonical + '<base href="https://cdn.example/a/">', body))
    assert 'href="https://harbour.example/map"' in said_html(page(canonical + '<base href="/x/">', body))
    assert "the map of the harbour" in said_html(page('<base href="/x/">', body))


def said_html(draft: Draft) -> str:
    return "".join(block.html for block in draft.article.body if isinstance(block, Paragraph))


def test_pictures_videos_and_embeds() -> None:
    body = """<figure><img src="a.jpg" alt="Quay"><figcaption>The quay. <span class="photo-credit">Photo: Ada Holm
</span></figcaption></figure><p>First, a paragraph that is long enough to be one, of the kind that newspapers have.</p>
<picture><source srcset="b-2x.webp 2x"><img data-src="b.jpg" src="data:image/gif;base64,x" alt="Crane"></picture>
<video src="c.mp4" poster="c.jpg"></video><iframe src="https://player.example/1"></iframe><iframe></iframe>
<blockquote class="twitter-tweet"><p>It rains.</p><a href="https://social.example/1">1 March</a></blockquote>"""
    draft = page(f'<link rel="canonical" href="{URL}">', body)
    media = draft.article.media
    assert [(one.role, one.renditions[0].href) for one in media] == [
        (MediaRole.LEAD, "https://harbour.example/2026/a.jpg"),
        (MediaRole.INLINE, "https://harbour.example/2026/b.jpg"),
        (MediaRole.INLINE, "https://harbour.example/2026/c.mp4"),
    ]
    assert (media[0].caption, media[0].credit) == ("The quay.", "Ada Holm")
    embeds = [block for block in draft.article.body if isinstance(block, Embed)]
    assert embeds == [
        Embed(url="https://player.example/1"),
        Embed(url="https://social.example/1", html="It rains.1 March"),
    ]


def test_the_picture_that_stands_for_the_page_is_told_once() -> None:
    head = (
        f'<link rel="canonical" href="{URL}"><meta property="og:image" content="https://cdn.example/w1200/a.jpg?x=1">'
    )
    article = page(head, '<figure><img src="/w300/a.jpg"></figure>').article
    assert [(one.role, one.renditions[0].href) for one in article.media] == [
        (MediaRole.LEAD, "https://harbour.example/w300/a.jpg")
    ]
    sized = '<meta property="og:image:width" content="1200"><meta property="og:image:height" content="wide">'
    article = page(f'{head}{sized}<meta property="og:image:alt" content="A quay">').article
    assert (article.media[0].caption, article.media[0].renditions[0].width) == ("A quay", 1200)
    assert page('<meta property="og:image" content="a.jpg">').article.media == ()


def test_the_caption_of_a_picture_that_cannot_be_shown_stays_in_the_text() -> None:
    draft = page("", '<figure><img src="a.jpg"><figcaption>The quay.</figcaption></figure>')
    assert (draft.article.media, draft.article.body[0]) == ((), Paragraph(html="The quay."))
    assert draft.repairs[0].what == "img with the relative address 'a.jpg' left out"


def test_credits_that_stand_elsewhere_stay() -> None:
    body = (
        '<figure><figcaption class="credit">Words alone</figcaption></figure>'
        '<figure><img src="a.jpg"><span class="credit">Relative</span></figure>'
        '<figure><a class="source" href="/big"><img src="https://a.example/b.jpg"></a></figure>'
        '<figure><img src="https://a.example/c.jpg"><span class="credit"> () </span></figure>'
    )
    article = page("", body).article
    assert [one.credit for one in article.media] == [None, None]
    assert "Relative" in said(article)


def test_lines_about_the_story_are_no_text_of_it() -> None:
    about = (
        '<p class="kicker">Town</p><h1>Ferry stays</h1><div class="standfirst"><p>A cracked rudder.</p></div>'
        '<div class="entry-meta">3 min</div><span itemprop="author">Ada Holm</span>'
        '<p><time datetime="2026">Now</time> and then, in a paragraph that is long enough, the ferry sails.</p>'
    )
    draft = page(
        '<meta name="description" content="A cracked rudder."><meta name="title" content="Ferry stays">', about
    )
    assert said(draft.article).startswith("Now and then, in a paragraph")
    assert (draft.article.abstract, draft.lost) == ("A cracked rudder.", ())
    later = page('<meta name="description" content="A cracked rudder.">', f"{paragraphs(LEAD)}<p>A cracked rudder.</p>")
    assert "A cracked rudder." in said(later.article)
    empty = "<p></p>" * 8_000
    many = f"{empty}{paragraphs(LEAD)}{'<p>A cracked rudder.</p>' * 8_000}"
    assert said(page('<meta name="description" content="A cracked rudder.">', many).article).count("rudder") >= 8_000


def test_times_that_cannot_be_read_are_told() -> None:
    draft = page(linked(datePublished="soon", dateModified="Mon, 02 Mar 2026 08:30:00 GMT"))
    assert (draft.article.published, draft.article.derived) == (datetime(2026, 3, 2, 8, 30, tzinfo=UTC), ("published",))
    assert draft.repairs[0].what == "'soon' is no time that can be read; left out"
    draft = page(linked(datePublished="2026-03-02T00:00:00Z", dateModified="2026-03-01T00:00:00Z"))
    assert (draft.article.updated, draft.repairs[0].field) == (draft.article.published, "updated")
    assert page(linked(datePublished="Mon, 02 Mar 2026 08:30:00 -0000")).article.derived == ("published", "updated")


def test_languages() -> None:
    locale = '<meta property="og:locale" content="fr_CA">'
    assert page(locale).article.language == "en-GB"
    draft = page(locale, "", "")
    assert (draft.article.language, "language" in draft.article.derived) == ("fr-CA", True)
    draft = page("", "", ' lang="x_?"')
    assert (draft.article.language, draft.repairs[0].field) == ("en", "language")


@pytest.mark.parametrize(
    ("stated", "status"),
    [("canceled", Status.CANCELED), ("https://schema.org/Withdrawn", Status.CANCELED), ("Draft", Status.WITHHELD),
     ("Published", Status.USABLE), ("Unpublishd", Status.WITHHELD)],
)  # fmt: skip
def test_withdrawn_stories(stated: str, status: Status) -> None:
    assert page(linked(creativeWorkStatus=stated)).article.status is status


def test_a_withdrawn_story_needs_no_text() -> None:
    head = linked(creativeWorkStatus="canceled")
    assert drafted(f"<html><head>{head}</head><body></body></html>").article.status is Status.CANCELED


def test_statements_that_have_no_place_are_named() -> None:
    head = (
        '<meta property="og:video" content="https://a.example/v"><meta name="viewport" content="width=1">'
        '<meta name="DC.Coverage" content="Port Ellis"><meta property="og:type" content="article">'
        '<meta name="dcterms.issued" content="2026-03-02T00:00:00Z"><meta name="dc:title" content="Ferry">'
    )
    draft = page(head)
    assert draft.lost == ("og:video", "dc.coverage")
    assert (draft.article.headline, draft.article.published.day) == ("Ferry", 2)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<html><body><h1>News</h1><ul><li><a href='/1'>One</a></li></ul></body></html>", "holds no story"),
        ("<html><head><title>Only a title</title></head></html>", "holds no story"),
        (whole(paragraphs(LEAD), linked(expires="soon")), "expires is 'soon'"),
        (f"<html><body>{paragraphs(LEAD)}{'<img src=a.jpg>' * 501}", "more than 500 pictures"),
        ("<!-- nothing -->", "holds neither text nor markup"),
        ("<div>" * 200, "nested more than 128 deep"),
        (b"<html>" + b"x" * MAX_PAGE, "larger than 8 MiB"),
        (f"<html><body>{'<p>' + 'word and more, ' * 4000 + '</p>'}" * 6, "larger than 256 KiB"),
        ("<html><body>" + "word " * 500_000, "more than 2 MiB"),
        ("<html><body>" + "<br>" * 150_001, "more than 150000 tags"),
        ("<html><body " + "a b " * 2_000 + ">", "more than 2000 attributes"),
    ],
)
def test_rejections(html: str | bytes, reason: str) -> None:
    assert reason in rejected(html)


@pytest.mark.parametrize(
    ("head", "name", "is_ours"),
    [
        (b"<!DOCTYPE html><html>", "a.html", True),
        (b"\xef\xbb\xbf\n<!-- x --><HTML lang=en>", "a.bin", True),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">', "-", True),
        (b"<h1>Ferry</h1>", "a.htm", True),
        (b"<h1>Ferry</h1>", "a.txt", False),
        (b"<article><h2>Ferry</h2>", "a.html", False),
        (b"<rss>", "a.html", False),
        (b"<nitf>", "a.xml", False),
        (b"Ferry <b>stays</b>", "a.html", False),
        (b'<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="en" dir="ltr" class="syndicate-preview">',
         "index.html", False),
        (b"<!---->" * 9000 + b"x", "a.html", False),
        (b"", "a.html", False),
    ],
)  # fmt: skip
def test_detection(head: bytes, name: str, is_ours: bool) -> None:
    assert detect(head, name) is is_ours
    assert (detect_reader(head, name) == "html-page") is is_ours
    if is_ours:
        assert [one for one in having("read") if reader(one).detect(head, name)] == ["html-page"]


@pytest.mark.parametrize(
    "encode",
    [
        lambda html: html.replace('charset="utf-8"', 'charset="iso-8859-1"').encode("cp1252"),
        lambda html: b"\xef\xbb\xbf" + html.replace('charset="utf-8"', 'charset="koi8-r"').encode(),
        lambda html: b"\xff\xfe" + html.encode("utf-16-le"),
        lambda html: html.replace('<meta charset="utf-8">', "").encode("cp1252"),
        lambda html: html.replace('charset="utf-8"', 'charset="no-such"').encode(),
        lambda html: html.replace('charset="utf-8"', 'charset="base64"').encode(),
    ],
)  # fmt: skip
def test_encodings(encode: "object") -> None:
    assert callable(encode)
    draft = drafted(encode(pages.by_name("semantic").html))
    assert "“We could have sailed on" in said(draft.article)


def test_pages_of_the_corpus(shared: Path) -> None:
    """Whatever real pages there are give a story, or say why not."""
    for path in sorted((shared / "samples").rglob("*.htm*")):
        found = answer(path.read_bytes(), path.name)
        assert isinstance(found, Draft) or found.reason


_PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class='share'>", "</div>", "<article>", "<h1>", "<figure>", "<img src=a.jpg>",
     "<table><tr><td>", "<li>",
     "<a href='javascript:x'>", "</a>", "<iframe src='https://a.example'>", "<br>", "&amp;", "&#0;", "\x00",
     "\u202e", "<script>", "<!--",
     "<blockquote>", "<title>", "<meta property=og:title content='x'>", "<time datetime=1>", "'", '"', "<", ">",
     LEAD[0], LEAD[1],
     '<script type="application/ld+json">{"@type":"NewsArticle","image":1,"author":[{}]}</script>', "<svg>",
     "<base href='//'>"]
)  # fmt: skip


@settings(max_examples=100)
@given(st.lists(_PIECES, max_size=25))
def test_whatever_comes_is_an_article_or_a_rejection(parts: list[str]) -> None:
    html = "<html>" + "".join(parts)
    found = answer(html)
    assert found == answer(html)
    if isinstance(found, Draft):
        article = replace(found.article, guid="tag:harbour.example,2019:1")
        assert loads(dumps(article)) == article


@settings(max_examples=40)
@given(st.lists(st.sampled_from(pages.STORY), min_size=4, max_size=12), st.sampled_from(SHAPES))
def test_no_paragraph_of_a_marked_body_is_lost(story: list[str], shape: Shape) -> None:
    """Whatever stands around it: the body that the page marks comes whole and in order."""
    marked = f'<div itemprop="articleBody">{paragraphs(story)}</div>'
    around = shape.html.replace('itemprop="articleBody"', "").replace("</body>", f"{marked}</body>")
    html = around if marked in around else f"<html><body>{around}{marked}</body></html>"
    assert list(texts(drafted(html).article.body)) == story
