"""The story of a web page is found by what the page marks, then by where its running text stands."""

import pytest
from lxml import etree

from syndicate.markup.html_parse import HtmlError
from syndicate.markup.readability import Story, said_in, story_of
from syndicate.markup.readability_chrome import kind_of
from syndicate.markup.readability_page import decoded, linked_text, page_of

TEXT = "The ferry to Long Island stays in the harbour for two weeks, since a crack was found in its rudder on Sunday."
MORE = "Buses leave pier four every half hour instead, and the council pays for them until the end of the month."


def p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def story(html: str) -> Story:
    found = story_of(page_of(html.encode()).root)
    assert found is not None
    return found


def said(html: str) -> str:
    return said_in(story(html).element)


def test_a_marked_body_counts_first_be_it_in_parts() -> None:
    one = f'<div><p itemprop="articleBody">{TEXT}</p></div>'
    two = f'<section itemprop="articleBody">{p(MORE)}</section>'
    assert said(f"<main>{p(MORE * 4)}</main>{one}") == TEXT
    assert said(f"{p(MORE * 4)}<div id=x>{one}<hr>{two}</div>") == f"{TEXT} {MORE}"
    assert (
        said(f"{p(MORE * 4)}<div itemprop=articleBody>{p(TEXT)}<div itemprop=articleBody>{p(MORE)}</div></div>")
        == f"{TEXT} {MORE}"
    )


def test_parts_of_a_body_that_nothing_holds_together_but_the_page() -> None:
    root = etree.fromstring(f'<html itemprop="articleBody"><body itemprop="articleBody"><p>{TEXT}</p></body></html>')
    found = story_of(root)
    assert found is not None
    assert found.element is root


def test_an_article_or_main_with_a_good_part_of_the_text_is_looked_into() -> None:
    assert said(f"<article>{p(TEXT, MORE)}</article><div>{p(MORE)}</div>") == f"{TEXT} {MORE}"
    assert said(f"<div role=main>{p(TEXT, MORE)}</div><div>{p(MORE)}</div>") == f"{TEXT} {MORE}"
    teasers = "".join(f"<article>{p(MORE[:60] + '.')}</article>" for _ in range(3))
    assert TEXT in said(f"{teasers}<div id=story>{p(*[TEXT] * 9)}</div>")


def test_parts_that_look_alike_are_not_left_behind() -> None:
    assert said(f'<div><div class="part">{p(*[TEXT] * 6)}</div><div class="part">{p(MORE)}</div></div>').endswith(MORE)
    assert said(f"<div><div>{p(*[TEXT] * 9)}</div>{p(MORE)}</div>").endswith(MORE)


def test_a_list_of_paragraphs_is_not_taken_apart() -> None:
    found = story(f"<div><ul><li>{TEXT * 5}</li><li>Short.</li></ul></div>")
    assert said_in(found.element).endswith("Short.")


@pytest.mark.parametrize(
    "html", ["<p>Short</p>", "<ul><li><a href=1>" + TEXT + "</a></li></ul>", "<h1>" + TEXT + "</h1>"]
)
def test_pages_without_running_text(html: str) -> None:
    assert story_of(page_of(html.encode()).root) is None


def test_lists_of_links_behind_the_text_go_with_their_headings() -> None:
    links = "<ul><li><a href=1>One of our stories</a></li><li>2. <a href=2>Another of our stories</a></li></ul>"
    found = story(f"<article>{p(TEXT, MORE)}<h3>Read on</h3>{links}<br><div><h4>Also</h4>{links}</div></article>")
    assert said_in(found.element) == f"{TEXT} {MORE}"
    assert found.left_out == ("related stories",)
    kept = f"<article>{p(TEXT)}<ul><li>One of <a href=1>ours</a> is this, and more is to come</li></ul></article>"
    assert "One of" in said(kept)
    assert "One of" in said(f"<article>{p(TEXT)}{links}{p(MORE)}</article>")
    assert "One of" in said(f"<article>{p(TEXT)}{links} and so on.</article>")


def test_no_end_of_lists_of_links() -> None:
    links = "<ul><li><a href=1>One of our stories</a></li></ul>" * 12
    found = story(f"<article>{p(TEXT)}{links}</article>")
    assert said_in(found.element).count("One of") == 4


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("<nav>", "navigation"),
        ("<div role=banner>", "navigation"),
        ("<div role=complementary>", "sidebar"),
        ("<footer>", "page footer"),
        ("<div class=pageFooter>", "page footer"),
        ("<div id=js-shareBar>", "sharing buttons"),
        ("<div class='ad-slot big'>", "advertising"),
        ("<div class=article-comments>", "comments"),
        ("<div class=newsletter_box>", "newsletter"),
        ("<div id=cookieConsent>", "consent dialog"),
        ("<div class=author-bio>", "author's box"),
        ("<div class='sr-only'>", "hidden text"),
        ("<div hidden>", "hidden text"),
        ("<p style='color: red; display : none'>", "hidden text"),
        ("<span aria-hidden=true>", "hidden text"),
        ("<em aria-hidden=true>", None),
        ("<div class=has-sidebar>", None),
        ("<div class='overflow-hidden md:block'>", None),
        ("<div class=paywall-content>", None),
        ("<div class=admin-shared-roads>", None),
        ("<p class=teaser>", None),
        ("<div class=related>", None),
        ("<figure class=promo>", None),
        ("<blockquote class=social>", None),
        ("<div class='-- 12'>", None),
    ],
)
def test_what_is_chrome_by_its_names(tag: str, kind: str | None) -> None:
    root = page_of(f"<body><i>x</i>{tag}{TEXT}".encode()).root
    element = root.find("body")
    assert element is not None
    assert kind_of(element[-1]) == kind
    assert kind_of(element) is kind_of(root) is None


def test_related_stories_have_links_and_a_footer_of_an_article_is_its_own() -> None:
    root = page_of(b"<div class=related><a href=1>One</a></div><article><footer>x</footer></article><!-- x -->").root
    related, article = root.find(".//div"), root.find(".//footer")
    assert related is not None
    assert article is not None
    assert (kind_of(related), kind_of(article)) == ("related stories", None)
    assert kind_of(etree.Comment("nav")) is None


def test_what_holds_the_story_is_no_chrome_whatever_it_is_called() -> None:
    assert TEXT in said(f"<div class=sidebar><h1>Ferry</h1>{p(TEXT)}</div>")
    assert TEXT in said(f"<div class=comments>{p(TEXT, MORE)}</div><p>Short.</p>")
    assert MORE in said(f"<div class=share><div itemprop=articleBody>{p(MORE)}</div></div>{p(TEXT)}")


def test_text_behind_chrome_stays() -> None:
    assert said(f"<article>{p(TEXT)}and<nav>Menu</nav> so on<div><nav>Menu</nav>forth</div></article>").endswith(
        "and so on forth"
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<svg>a</svg>b", "b"),
        ("<svg>a<b>c</b>", "ac"),
        ("<select><option>1</select>x<svg>y<svg>z", "xyz"),
        ("<textarea>a</textarea>b<style>c", "b"),
        ("<x:y>a</x:y><1>b</1>", "a<1>b"),
        ("</p class=a>a</b>b<!doctype x>c<?php d ?>e</>f", "abcef"),
        ("<!-- a -->b<!-- c", "b"),
        ("<p a='>'>b<p a=\">\" b=c/>d<p e='f", "b d"),
        ("a<source src=x>b<wbr>c", "abc"),
    ],
)
def test_odd_markup(html: str, text: str) -> None:
    assert said_in(page_of(f"<body>{html}".encode()).root.find("body")).replace(" ", "") == text.replace(" ", "")  # type: ignore[arg-type]


def test_the_first_of_two_equal_attributes_counts_and_values_stay_whole() -> None:
    link = page_of(b'<a HREF=\'x?a=1&b="2"\' href=y onclick=z title="a &lt; b">c</a>').root.find(".//a")
    assert link is not None
    assert dict(link.attrib) == {"href": 'x?a=1&b="2"', "title": "a < b"}


def test_json_ld_is_kept_apart() -> None:
    page = page_of(b'<script type="application/LD+JSON; charset=utf-8">{"a": "</p>"}</script><script>x</script>b')
    assert page.linked == ('{"a": "</p>"}',)
    for wrapped in ('<!-- {"a": 1} -->', ' <![CDATA[{"a": 1}]]> ', "{&quot;a&quot;: 1}"):
        assert linked_text(wrapped) == '{"a": 1}'


@pytest.mark.parametrize("data", [b"", b" \n", b"<script></script>", b"<!-- -->"])
def test_nothing_at_all(data: bytes) -> None:
    with pytest.raises(HtmlError, match="neither text nor markup"):
        page_of(data)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é".encode(), "é"),
        ("é".encode("cp1252"), "é"),
        (b"\x81\xe9", "\ufffdé"),
        (b'<meta charset="utf-8">' + "“".encode("cp1252"), '<meta charset="utf-8">“'),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>\x93', '<?xml version="1.0" encoding="ISO-8859-1"?>“'),
        (b"<meta charset=hex>ab", "<meta charset=hex>ab"),
        (
            b'<meta http-equiv=x content="text/html; charset=koi8-r">\xc1',
            '<meta http-equiv=x content="text/html; charset=koi8-r">а',
        ),
    ],
)
def test_characters(data: bytes, text: str) -> None:
    assert decoded(data) == text
