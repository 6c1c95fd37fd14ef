"""Documents of every family against a profile, ours or not, good or broken; and items apart."""

from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.model.finding import Finding
from syndicate.model.profile import Field, Limits, Markup, Profile
from syndicate.profiles.check import check_document, check_frame, check_item, check_numbers
from syndicate.profiles.check_texts import moment_of
from syndicate.profiles.load import load_profile, shipped
from syndicate.profiles.sample import sample, sample_frame, sample_item
from tests.conftest import NOW

HARD = Profile(
    name="lake",
    title="Lake",
    purpose="Tests",
    format="rss",
    mark="0",
    required=(Field(name="slugline", places=("zz:slug",)),),
    limits=Limits(title_max=10, description_max=10, body_min=100_000, plain=("headline",), past=True),
    markup=Markup(banned=("h2", "hl2"), related="drop", schemes=("https",), other_hosts="unlink"),
    campaign=(("utm_source", "lake"),),
)
FORMATS = ("rss", "atom", "jsonfeed", "ninjs", "ninjs-1.6", "ninjs-2.2", "newsml-g2", "newsml-g2-superdesk", "nitf")
HEAD = b"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Lake</title><link>https://lake.example/</link>
"""
TAIL = b"</channel></rss>\n"


def item(*pieces: str, title: str = "A title", link: str = "https://lake.example/1") -> bytes:
    return f"<item><title>{title}</title><link>{link}</link>{''.join(pieces)}</item>\n".encode()


def body(html: str) -> str:
    escaped = html.replace("&", "&amp;").replace("<", "&lt;")
    return f"<content:encoded>{escaped}</content:encoded>"


def found(fragment: bytes, profile: Profile = HARD, now: datetime | None = None) -> list[Finding]:
    return list(check_item(fragment, profile, head=HEAD, tail=TAIL, now=now))


def ids(findings: list[Finding]) -> set[str]:
    return {one.rule.id.removeprefix("profile.") for one in findings}


def wanting(**fields: object) -> Profile:
    return Profile(name="lake", title="Lake", purpose="Tests", format="rss", mark="0", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FORMATS)
def test_items_of_every_family_are_found_and_looked_at(name: str) -> None:
    easy = replace(HARD, format=name, limits=Limits(), markup=Markup(embeds="keep"), required=(), campaign=())
    findings = check_document(sample(easy, NOW), replace(HARD, format=name), now=NOW)
    number = 1 if name == "nitf" else 3
    assert {"item.missing-field", "title.long", "body.short"} <= ids(list(findings))
    by_rule = [one for one in findings if one.rule.id == "profile.body.short"]
    assert len(by_rule) == number
    assert all(one.place.line is not None and one.message.startswith("Lake: ") for one in findings)
    assert check_document(sample(easy, NOW), easy, now=NOW) == ()


@pytest.mark.parametrize("name", ["rss", "atom", "jsonfeed"])
def test_links_and_elements_in_texts_are_seen_in_readers_formats(name: str) -> None:
    easy = replace(HARD, format=name, limits=Limits(), markup=Markup(), required=(), campaign=())
    findings = check_document(sample(easy, NOW), replace(HARD, format=name), now=NOW)
    seen = {"element.not-allowed", "related.not-allowed", "link.other-host", "link.untracked", "description.long"}
    assert seen <= ids(list(findings))


@pytest.mark.parametrize("other", FORMATS)
@pytest.mark.parametrize("name", ["rss-board", "google-news", "superdesk"])
def test_a_document_of_another_format_is_one_finding(name: str, other: str) -> None:
    profile = load_profile(name)
    data = sample(replace(HARD, format=other, markup=Markup(), limits=Limits(), required=()), NOW)
    findings = check_document(data, profile, now=NOW)
    if profile.format.partition("-superdesk")[0] == other.partition("-superdesk")[0]:
        assert "document.format" not in ids(list(findings))
    else:
        assert [one.rule.id for one in findings] == ["profile.document.format"]


def test_what_cannot_be_read_is_one_finding() -> None:
    (one,) = check_document(b"", load_profile("msn"), now=NOW)
    assert one.message == "MSN: documents of rss are taken; this is nothing that can be read"
    assert check_item(b"<item", load_profile("msn"), head=b"", tail=b"", now=NOW) == ()


def test_places_are_those_of_the_document_and_of_the_item() -> None:
    data = HEAD + item() + item(title="A title that is too long")
    (whole,) = [one for one in check_document(data + TAIL, HARD, now=NOW) if one.rule.id == "profile.title.long"]
    (alone,) = [one for one in found(item(title="A title that is too long")) if one.rule.id == "profile.title.long"]
    assert (whole.place.line, whole.place.element, whole.place.parent) == (5, "title", "item")
    assert (alone.place.line, alone.place.column) == (1, whole.place.column)
    assert whole.message == "Lake: the title has 24 characters, at most 10 are taken: 'A title that is too long'"


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ('<p><a href="page">x</a></p>', "address.relative"),
        ('<p><img src="/p.jpg"></p>', "address.relative"),
        ('<img srcset="https://lake.example/1.jpg 1x, /2.jpg 2x">', "address.relative"),
        ('<video poster="p.jpg"></video>', "address.relative"),
        ('<img data-src="p.jpg">', "address.relative"),
        ('<img data-srcset="p.jpg 2x">', "address.relative"),
        ('<img src="//media.example/p.jpg">', "address.relative"),
        ('<p><a href="">x</a></p>', "address.relative"),
        ('<p><a href="https:/page">x</a></p>', "address.relative"),
        ('<svg><use xlink:href="p.svg"/></svg>', "address.relative"),
        ('<form action="/find"></form>', "address.relative"),
        ('<p><a href="https://sea.example/?utm_source=lake">x</a></p>', "campaign.misplaced"),
        ('<p><a href="http://lake.example/">x</a></p>', "link.scheme"),
        ("<p><a href='javascript:alert(1)'>x</a></p>", "link.scheme"),
        ('<p onclick="x()">x</p>', "attribute.not-allowed"),
        ("<iframe src='https://player.example/'></iframe>", "element.not-allowed"),
        ('<p class="more related"><a href="https://lake.example/">x</a></p>', "related.not-allowed"),
        ('<p><a href="https://sea.example/">x</a></p>', "link.other-host"),
        ('<img src="https://lake.example/p.jpg?utm_source=lake">', "campaign.misplaced"),
        ("<h2>x</h2>", "element.not-allowed"),
        ("<H2>x</H2>", "element.not-allowed"),
    ],
)
def test_every_address_and_element_of_a_text_is_looked_at(html: str, rule: str) -> None:
    assert rule in ids(found(item(body(html))))


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="https://lake.example/?utm_source=lake">x</a> <a href="#note">y</a></p>',
        '<p><a href="https://www.lake.example/">x</a> <a href="https://m.lake.example/">y</a></p>',
        '<img src="data:image/gif;base64,R0lGOD" alt="a < b > c">',
        '<img data-width="3" src="https://lake.example/p.jpg" srcset="https://lake.example/a,b.jpg 1x">',
        "<!-- <h2> --><p title='<h2>'>5 < 6 &lt;h2&gt;</p>",
    ],
)
def test_good_texts_are_good(html: str) -> None:
    seen = ids(found(item(body(html)), replace(HARD, required=(), limits=Limits(), campaign=())))
    assert seen == set()


def test_the_same_fault_is_told_once_for_a_text() -> None:
    findings = [one for one in found(item(body("<h2>a</h2>" * 50))) if one.rule.id == "profile.element.not-allowed"]
    assert len(findings) == 1


def test_frames_are_taken_from_known_hosts_by_https() -> None:
    profile = wanting(markup=Markup(frame_hosts=("player.example",)))
    for source, is_good in (("https://www.player.example/1", True), ("http://player.example/1", False),
                            ("https://evilplayer.example/", False), ("", False)):  # fmt: skip
        seen = ids(found(item(body(f'<iframe src="{source}"></iframe>')), profile))
        assert ("frame.host" not in seen) is is_good


def test_guids_and_media_never_have_the_campaign() -> None:
    fragment = item(
        '<guid>https://lake.example/1?utm_source=lake</guid><media:content medium="image" '
        'url="https://lake.example/p.jpg?utm_source=lake"/>',
        link="https://lake.example/1?utm_source=lake",
    )
    misplaced = [one for one in found(fragment) if one.rule.id == "profile.campaign.misplaced"]
    assert [one.place.element for one in misplaced] == ["guid", "media:content"]
    assert "link.untracked" not in ids(found(fragment))


@pytest.mark.parametrize("level", ["limits", "advice"])
def test_pictures_in_texts_are_reached_by_https_like_others(level: str) -> None:
    profile = wanting(**{level: Limits(https=True)})
    seen = found(item(body('<p><img src="http://lake.example/p.jpg"></p>')), profile)
    suffix = "" if level == "limits" else "-advice"
    assert [one.rule.id for one in seen] == [f"profile.address.insecure{suffix}"]
    assert seen[0].place.attribute == "src"


def test_only_our_own_page_has_to_have_the_campaign() -> None:
    profile = replace(HARD, markup=replace(HARD.markup, hosts=("lake.example",)))
    assert "link.untracked" in ids(found(item(link="https://m.lake.example/1"), profile))
    assert "link.untracked" not in ids(found(item(link="https://sea.example/1"), profile))


def test_pictures_without_a_size_are_told_where_the_size_matters() -> None:
    fragment = item('<media:content url="https://lake.example/p.jpg"/>')
    profile = wanting(limits=Limits(image_side=400))
    assert ids(found(fragment, profile)) == {"image.unsized"}
    assert found(fragment, wanting(advice=Limits(image_side=400))) == []


def test_a_group_is_as_good_as_its_best_picture_and_an_enclosure_says_nothing_new() -> None:
    small, large = (
        f'<media:content url="https://lake.example/{n}.jpg" type="image/jpeg" width="{n}" height="{n}"/>'
        for n in (100, 900)
    )
    again = '<enclosure url="https://lake.example/900.jpg" type="image/jpeg" length="0"/>'
    profile = wanting(limits=Limits(image_side=400, images_min=1))
    assert found(item(f"<media:group>{small}{large}</media:group>", again), profile) == []
    assert ids(found(item(small, large), profile)) == {"image.small"}
    assert ids(found(item('<enclosure url="https://lake.example/a.mp3" type="audio/mpeg"/>'), profile)) == {
        "images.few"
    }


@pytest.mark.parametrize("number", ["", "x", "0", "-5", "1" * 30, "٣"])
def test_numbers_that_are_none_are_no_sizes(number: str) -> None:
    fragment = item(f'<media:content medium="image" url="https://lake.example/p" width="{number}" height="{number}"/>')
    assert ids(found(fragment, wanting(limits=Limits(image_width=400)))) == {"image.unsized"}


def test_an_item_is_old_or_of_the_future_only_where_somebody_asks_for_the_time() -> None:
    fragment = item("<pubDate>Wed, 04 Mar 2026 13:00:00 +0000</pubDate>")
    assert "item.future" in ids(found(fragment, now=NOW))
    assert "item.future" not in ids(found(fragment))
    assert "item.future" not in ids(found(item("<pubDate>soon</pubDate>"), now=NOW))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Wed, 04 Mar 2026 13:00:00 +0100", datetime(2026, 3, 4, 12, tzinfo=UTC)),
        ("2026-03-04T13:00:00+01:00", datetime(2026, 3, 4, 12, tzinfo=UTC)),
        ("20260304T120000Z", datetime(2026, 3, 4, 12, tzinfo=UTC)),
        ("2026-03-04T13:00:00", None),
        ("Wed, 99 Mar 2026 13:00:00 +0000", None),
        ("", None),
    ],
)
def test_moments_in_both_spellings(text: str, moment: datetime | None) -> None:
    assert moment_of(text) == moment


def test_a_namespace_that_looks_alike_is_another_one() -> None:
    head, tail = sample_frame(load_profile("msn"), NOW)
    wrong = head.replace(b"http://purl.org/dc/terms/", b"https://purl.org/dc/terms/")
    (one,) = check_frame(wrong, tail, load_profile("msn"))
    assert one.message == (
        'MSN: xmlns:dcterms="http://purl.org/dc/terms/" is to be declared on rss, not https://purl.org/dc/terms/'
    )


def test_a_channel_without_what_its_family_calls_one_lacks_everything() -> None:
    profile = wanting(channel_required=(Field(name="title", places=("title",)),))
    assert ids(list(check_document(b'<rss version="2.0"/>', profile, now=NOW))) == {"channel.missing-field"}


def test_numbers_alone_have_no_place() -> None:
    one, other = check_numbers(load_profile("flipboard"), items=3, size=1)
    assert (one.message, one.place.line) == ("Flipboard: there are 3 items, at least 20 are needed", None)
    assert other.rule.id == "profile.items.few-advice"


def test_a_withdrawn_story_is_what_superdesk_takes() -> None:
    profile = load_profile("superdesk")
    head, tail = sample_frame(profile, NOW)
    fragment = sample_item(profile, NOW)
    before, _, rest = fragment.partition(b"<contentSet>")
    killed = before + b"<contentSet/>" + rest.partition(b"</contentSet>")[2]
    assert check_item(killed, profile, head=head, tail=tail) == ()


@pytest.mark.parametrize(
    "html",
    ["<a " * 100_000, "<" * 200_000, "<p>" * 100_000, "</p>" * 100_000, "<div>" * 50_000 + "</p>" * 50_000,
     "<!--" * 100_000, "<a href='" * 50_000, "<img srcset='" + ", " * 100_000 + "'>", "&lt;" * 50_000,
     "<p " + "a " * 100_000 + ">", "<p " + 'a="' * 60_001 + ">"],
    ids=range(11),
)  # fmt: skip
def test_the_time_for_a_text_is_bounded_by_its_length(html: str) -> None:
    start = perf_counter()
    found(item(body(html)))
    assert perf_counter() - start < 5


@settings(max_examples=40)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode), name=st.sampled_from(shipped()))
def test_any_bytes_give_findings_and_no_exception(data: bytes, name: str) -> None:
    assert check_document(data, load_profile(name), now=NOW)


@settings(max_examples=40)
@given(html=st.text(st.sampled_from("<>/!-='\"& apimgsrcset;"), max_size=60))
def test_any_text_gives_findings_and_no_exception(html: str) -> None:
    told = found(item(body(html)), load_profile("msn"), NOW)
    assert all(one.rule.id.startswith("profile.") and one.message for one in told)
