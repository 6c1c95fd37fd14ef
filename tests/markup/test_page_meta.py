"""What a page says of its article beside the text, and how by-lines are read."""

import pytest

from syndicate.markup.page_meta import PageMeta, Picture, meta_of, without_site
from syndicate.markup.page_meta_byline import names_of
from syndicate.markup.page_meta_name import identity_of
from syndicate.markup.readability_page import page_of


def meta(html: str) -> PageMeta:
    return meta_of(page_of(f"<html><body>{html}x".encode()).root)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ada Holm", ("Ada Holm",)),
        ("BY: Ada Holm, Jonas Feld and Tove Lind", ("Ada Holm", "Jonas Feld", "Tove Lind")),
        ("Von Ada Holm und Jonas Feld", ("Ada Holm", "Jonas Feld")),
        ("Written by Ada Holm | Updated 9:30", ("Ada Holm",)),
        ("Author: Ada Holm · Published 2 March 2026", ("Ada Holm",)),
        ("Ada Holm", ("Ada Holm",)),
        ("Byron Gold & Ada Holm", ("Byron Gold", "Ada Holm")),
        ("By " + "x" * 90, ()),
        ("By", ("By",)),
        ("", ()),
    ],
)
def test_names_in_by_lines(text: str, names: tuple[str, ...]) -> None:
    assert names_of(text) == names


@pytest.mark.parametrize(
    ("title", "site", "known", "found"),
    [
        ("Ferry - Harbour Post", "Harbour Post", (), "Ferry"),
        ("Harbour Post » Ferry", "harbour post", (), "Ferry"),
        ("Ferry - two weeks - Harbour Post", "Harbour Post", (), "Ferry - two weeks"),
        ("Ferry stays in the harbour | HP", None, (), "Ferry stays in the harbour"),
        ("Ferry | HP", None, (), "Ferry | HP"),
        ("Ferry stays here – HP Online", None, ("Ferry stays here",), "Ferry stays here"),
        ("Ferry – HP", None, ("Ferry",), "Ferry – HP"),
        ("Ferry", "Ferry", (), "Ferry"),
    ],
)
def test_titles_without_the_site(title: str, site: str | None, known: tuple[str, ...], found: str) -> None:
    assert without_site(title, site, known) == found


def test_microdata() -> None:
    found = meta(
        '<h1 itemprop="headline">Ferry</h1><div itemprop="author"><meta itemprop="name" content="Ada Holm"></div>'
        '<span itemprop="author"><b>By</b> Jonas Feld</span><i itemprop="url">x</i>'
        '<time itemprop="datePublished" datetime="2026-03-02">2nd</time>'
        '<meta itemprop="dateModified" content="2026-03-03"><span itemprop="keywords">ferry, boat</span>'
    )
    assert (found.h1, found.headline) == ("Ferry", "Ferry")
    assert found.authors == ("Ada Holm", "Jonas Feld")
    assert (found.published, found.updated, found.keywords) == ("2026-03-02", "2026-03-03", ("ferry", "boat"))
    assert found.inferred == ()


def test_times_of_the_markup() -> None:
    found = meta(
        '<time datetime="1">a</time><time class="updated" datetime="2">b</time><time pubdate datetime="3">c</time>'
    )
    assert (found.published, found.updated, found.inferred) == ("3", "2", ())
    found = meta('<time>a</time><time datetime="1">a</time><time datetime="2">a</time>')
    assert (found.published, found.updated, found.inferred) == ("1", None, ("published",))


def test_addresses_are_no_authors_and_lists_stand_together() -> None:
    found = meta(
        '<meta property="article:author" content="https://social.example/ada"><meta name="author" content="Ada Holm">'
        '<meta name="author" content="Jonas Feld"><meta name="news_keywords" content="a, b,,a">'
        '<meta property="og:image" content="/1.jpg"><meta property="og:image" content="/2.jpg">'
        '<meta property="og:image:alt" content="Quay"><meta content="x"><meta name="date" content="">'
    )
    assert found.authors == ("Ada Holm", "Jonas Feld")
    assert found.keywords == ("a", "b")
    assert found.pictures == (Picture(url="/1.jpg", alt="Quay"), Picture(url="/2.jpg"))


def test_a_by_line_is_known_by_its_name_and_a_box_about_the_author_is_none() -> None:
    assert meta('<p class="author-bio">Born here.</p><a rel="author" href="/a">Ada Holm</a>').authors == ("Ada Holm",)
    assert meta('<p class="article__byline">By Ada Holm</p><p class="byline">By Jonas Feld</p>').authors == (
        "Ada Holm",
    )
    assert meta('<p class="byline"></p>').authors == ()


def test_links_and_base() -> None:
    found = meta(
        '<link rel="canonical" href=" https://harbour.example/1 "><link rel="canonical" href="/2">'
        '<base href="/a"><base href="/b">'
    )
    assert (found.canonical, found.base) == ("https://harbour.example/1", "/a")


@pytest.mark.parametrize(
    ("file", "identity"),
    [("a/b.html", "b"), ("a/index.html", "a"), ("index.html", "index"), ("-", ""), ("a/Default.htm", "a"), ("b", "b")],
)
def test_files_name_their_story(file: str, identity: str) -> None:
    assert identity_of(file) == identity
