"""Sitemaps: every case file breaks what it says; every rule has a case; what is too much for a file is tried here."""

from pathlib import Path

import pytest

from syndicate.markup import sitemap_rules, sitemap_values
from syndicate.markup.sitemap import NEWS, SITEMAP
from syndicate.model.finding import Severity
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.formats.case import Case, cases, is_as_expected

CASES = [case for name in ("sitemap", "news_sitemap", "video_sitemap") for case in cases(name)]
# Those that take a document of many pages.
_LARGE = {"sitemap.url.too-many", "news-sitemap.url.too-many", "sitemap.document.too-large"}
_PUBLICATION = "<n:publication><n:name>Post</n:name><n:language>en</n:language></n:publication>"


def urlset(*pages: str) -> bytes:
    """A sitemap with these pages, one a line from the second line on."""
    inside = "\n".join(pages)
    return f'<urlset xmlns="{SITEMAP}" xmlns:n="{NEWS}">\n{inside}</urlset>'.encode()


def news(number: int) -> str:
    """A page with news."""
    said = f"{_PUBLICATION}<n:publication_date>2026-03-03</n:publication_date><n:title>T</n:title>"
    return f"<url><loc>https://harbour.example/{number}</loc><n:news>{said}</n:news></url>"


def found(data: bytes) -> list[tuple[str, int | None]]:
    """The errors and warnings, with their lines."""
    report = check(data, now=NOW)
    return [(one.rule.id, one.place.line) for one in report.findings if one.severity is not Severity.INFO]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path.parent.parent.name}-{case.path.stem}")
def test_case(case: Case) -> None:
    assert is_as_expected(case)


def test_every_rule_of_sitemaps_has_a_case() -> None:
    covered = {rule for case in CASES for rule, _ in case.expected} | _LARGE
    stated = {rule.id for one in (sitemap_rules.rules, sitemap_values.rules) for rule in one.rules}
    assert stated - covered == set()


@pytest.mark.parametrize(
    ("pages", "dialect"),
    [
        ([], "news-sitemap"),
        ([news(1)], "news-sitemap"),
        (["<url><loc>https://harbour.example/1</loc></url>"], "sitemap"),
    ],
)
def test_what_is_told_of_the_pages_decides(pages: list[str], dialect: str) -> None:
    assert check(urlset(*pages), now=NOW).format == dialect


def test_no_schema_is_held_against_days_without_news(shared: Path) -> None:
    def said(data: bytes) -> list[str]:
        report = check(data, now=NOW, schemas=shared / "schemas")
        return [one.rule.id for one in report.findings if one.severity is not Severity.INFO]

    bare = f'<urlset xmlns="{SITEMAP}"/>'.encode()
    assert said(urlset()) == []
    assert said(bare) == ["sitemap.schema.invalid", "sitemap.url.none"]
    assert said(urlset(news(1).replace("<n:title>T</n:title>", ""))) != []


def test_an_index_and_other_documents() -> None:
    index = f'<sitemapindex xmlns="{SITEMAP}"><sitemap><loc>https://a.example/</loc></sitemap></sitemapindex>'
    assert check(index.encode(), now=NOW).format == "sitemap-index"
    assert check(b"<rss version='2.0'/>", now=NOW, as_format="sitemap").format is None
    assert check(b'{"urlset": []}', now=NOW, as_format="news-sitemap").format is None
    assert check(b"", now=NOW, as_format="video-sitemap").format is None


def test_no_more_than_a_thousand_articles_of_news() -> None:
    assert found(urlset(*map(news, range(1000)))) == []
    assert found(urlset(*map(news, range(1001)))) == [("news-sitemap.url.too-many", 1002)]


def test_no_more_pages_and_bytes_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap_rules, "MOST_URLS", 2)
    pages = [f"<url><loc>https://harbour.example/{number}</loc></url>" for number in range(3)]
    assert found(urlset(*pages[:2])) == []
    assert found(urlset(*pages)) == [("sitemap.url.too-many", 4)]
    monkeypatch.setattr(sitemap_rules, "MOST_BYTES", 100)
    assert found(urlset(*pages[:2])) == [("sitemap.document.too-large", 1)]


def test_old_news_are_told_of_near_their_time_only() -> None:
    data = urlset(news(1))
    for now, is_old in ((NOW, False), (NOW.replace(day=6), True), (NOW.replace(year=9000), False)):
        assert ("news-sitemap.url.old" in {one.rule.id for one in check(data, now=now).findings}) is is_old


def test_entries_that_no_crawler_reads_are_let_go_without_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap_rules, "MOST_URLS", 2)
    bad = "<url><loc>/page</loc><odd/></url>"
    seen = found(urlset(news(1), bad, news(3), bad, bad, *(news(number) for number in range(4, 9))))
    assert seen == [("value.url.not-web", 3), ("sitemap.element.unknown", 3), ("sitemap.url.too-many", 4)]
    assert check(urlset(news(1), news(2), news(3), bad), now=NOW).format == "news-sitemap"


def test_an_entry_that_does_not_end_is_looked_at_too() -> None:
    cut = urlset(news(1), "<url><loc>/page</loc><odd/>").replace(b"</urlset>", b"")
    assert ("value.url.not-web", 3) in found(cut)


def test_a_document_that_is_read_anew_tells_everything_once() -> None:
    data = urlset("<url><loc>/page</loc></url>", "<url><loc>https://harbour.example/&nbsp;</loc></url>")
    assert [rule for rule, _ in found(data)].count("value.url.not-web") == 1
