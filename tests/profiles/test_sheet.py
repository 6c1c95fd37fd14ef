"""What people get: the sheet, the overview, the frame with what the profile writes, the feed within its bounds."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from syndicate.cli.call import Call
from syndicate.cli.profiles import command
from syndicate.cli.validate import command as validate
from syndicate.formats.base import Envelope
from syndicate.model.content import Content
from syndicate.model.feed import Order
from syndicate.model.profile import Limits, Markup, Profile
from syndicate.profiles import stories
from syndicate.profiles.channel import frame
from syndicate.profiles.check import check_frame
from syndicate.profiles.feed import for_partner
from syndicate.profiles.load import load_profile, shipped
from syndicate.profiles.reference import page
from syndicate.profiles.sample import sample
from syndicate.profiles.sheet import sheet
from syndicate.profiles.words import size
from tests.conftest import NOW
from tests.profiles.test_shipped import OURS

SNF = "{http://www.smartnews.be/snf}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"


def call(tmp_path: Path, **options: object) -> Call:
    return Call(config=str(tmp_path / "syndicate.toml"), now=NOW, **options)  # type: ignore[arg-type]


def envelope(**fields: object) -> Envelope:
    values: dict[str, object] = {
        "feed": stories.feed("x"), "publisher": stories.PUBLISHER, "self_url": "https://feeds.harbour.example/x",
        "updated": NOW, "digest": "00", **fields,
    }  # fmt: skip
    return Envelope(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", shipped())
def test_a_sheet_says_all_that_is_checked_and_how_to_submit(name: str) -> None:
    profile = load_profile(name)
    text = sheet(profile, NOW)
    assert text.startswith(f"# {profile.title}\n")
    assert all(
        part in text for part in (profile.sheet.submit, profile.sheet.takedown, profile.mark, "## A sample item")
    )
    for fields in (profile.required, profile.wanted, profile.channel_required, profile.channel_wanted):
        assert all(f"`{place}`" in text for one in fields for place in one.places)
    assert text.count("**must**") == len(profile.limits.stated()) + len(profile.namespaces)
    assert text.count("**should**") == len(profile.advice.stated())
    assert all(source.url in text for source in profile.sources)
    assert text.count(" (ours)") == len(OURS.get(name, ()))
    assert sheet(profile, NOW) == text


def test_a_sheet_of_a_profile_that_says_little_is_short() -> None:
    text = sheet(Profile(name="x", title="X", purpose="P", format="jsonfeed", mark="0"), NOW)
    assert "## Limits" not in text
    assert "```json\n{" in text
    taking = Markup(elements=("p",), attributes=(("*", ("class",)),), schemes=("https",), frame_hosts=("a.example",))
    assert "players of a.example" in sheet(
        Profile(name="x", title="X", purpose="P", format="rss", mark="0", markup=taking), NOW
    )


def test_a_fence_is_longer_than_what_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("syndicate.profiles.sheet.sample_item", lambda *_: b"<x>```</x>")
    assert "\n````xml\n<x>```</x>\n````\n" in sheet(load_profile("rss-board"), NOW)


def test_sizes_are_round() -> None:
    assert (size(10 * 1024 * 1024), size(1536), size(12)) == ("10 MB", "1.5 kB", "12 bytes")


def test_the_reference_names_every_profile_and_key() -> None:
    text = page()
    assert all(f"`{name}`" in text for name in (*shipped(), "base", "without", "title_max", "frame_hosts", "checked"))


def test_what_a_profile_writes_stands_in_the_channel_once_it_is_known() -> None:
    profile = load_profile("smartnews")
    head, tail = frame(profile, envelope())
    (channel,) = etree.fromstring(head + tail)
    assert (channel.findtext("pubDate"), channel.findtext("ttl")) == ("Wed, 04 Mar 2026 12:00:00 +0000", "5")
    assert channel.find(f"{SNF}logo") is None
    (lack,) = check_frame(head, tail, profile)
    said = (
        "an export writes it once [values] of config/profiles/smartnews.toml has logo; a new file begins with base = "
    )
    said += '"smartnews" and name = "smartnews"'
    assert lack.message.endswith(f"needs snf:logo/url (logo); {said}")
    head, tail = frame(replace(profile, values=(("logo", "https://x.example/a?b&c"),)), envelope())
    assert etree.fromstring(head + tail).findtext(f"channel/{SNF}logo/url") == "https://x.example/a?b&c"
    assert head.endswith(b"\n")


def test_what_a_profile_writes_may_be_an_attribute() -> None:
    profile = load_profile("podcast")
    lacks = check_frame(*frame(profile, envelope()), profile)
    of = "an export writes it once [values] of config/profiles/podcast.toml has"
    new = 'a new file begins with base = "podcast" and name = "podcast"'
    assert [one.message for one in lacks] == [
        f"Podcasts: channel needs itunes:explicit (explicit); {of} explicit; {new}",
        f"Podcasts: channel needs itunes:image@href (image); {of} image; {new}",
    ]
    said = (("explicit", "true"), ("image", 'https://x.example/a?b&"c'), ("email", ""))
    head, tail = frame(replace(profile, values=said), envelope())
    (channel,) = etree.fromstring(head + tail)
    assert channel.findtext(f"{ITUNES}explicit") == "true"
    assert [dict(one.attrib) for one in channel.iter(f"{ITUNES}image")] == [{"href": 'https://x.example/a?b&"c'}]
    assert channel.find(f"{ITUNES}owner") is None
    head, tail = frame(replace(profile, values=(*said[:2], ("email", "ada@x.example"))), envelope())
    assert etree.fromstring(head + tail).findtext(f"channel/{ITUNES}owner/{ITUNES}email") == "ada@x.example"


def test_what_is_written_into_atom_is_spelled_as_there() -> None:
    profile = Profile(name="x", title="X", purpose="P", format="atom", mark="0", write=(("dc:date", "{updated}"),))
    head, tail = frame(profile, envelope())
    assert etree.fromstring(head + tail).findtext("{http://purl.org/dc/elements/1.1/}date") == "2026-03-04T12:00:00Z"


def test_the_frame_of_a_profile_that_adds_nothing_is_that_of_the_format() -> None:
    for name in ("rss-board", "google-news", "superdesk"):
        head, tail = frame(load_profile(name), envelope())
        assert b"utm_" not in head
        etree.fromstring(head + tail)


def test_a_feed_is_cut_to_what_the_partner_reads() -> None:
    feed = replace(stories.feed("x"), limit=5000, max_age=timedelta(days=7))
    made = for_partner(feed, load_profile("google-news"))
    assert (made.limit, made.max_age, made.order, made.content) == (
        1000, timedelta(days=2), Order.PUBLISHED, Content.HEADLINE)  # fmt: skip
    assert for_partner(feed, load_profile("rss-board")) == feed
    few = Profile(name="x", title="X", purpose="P", format="rss", mark="0", limits=Limits(items_max=9))
    assert for_partner(feed, few).limit == 9


def test_a_sample_of_a_format_of_single_documents_is_one_of_them() -> None:
    profile = Profile(name="x", title="X", purpose="P", format="nitf", mark="0")
    assert etree.fromstring(sample(profile, NOW)).tag == "nitf"


def test_profiles_are_listed(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [], obj=call(tmp_path))
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.output.splitlines()] == ["profile", *shipped()]
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "pond.toml").write_text('base = "msn"\nname = "pond"\n', encoding="utf-8")
    assert '"name": "pond"' in CliRunner().invoke(command, ["--json"], obj=call(tmp_path)).output


def test_sheets_and_samples_are_printed(tmp_path: Path) -> None:
    shown = CliRunner().invoke(command, ["show", "flipboard"], obj=call(tmp_path))
    assert shown.output == sheet(load_profile("flipboard"), NOW)
    written = CliRunner().invoke(command, ["sample", "flipboard"], obj=call(tmp_path))
    assert written.stdout_bytes == sample(load_profile("flipboard"), NOW)


def test_documents_are_checked_with_a_profile(tmp_path: Path) -> None:
    for name in ("msn", "rss-board"):
        (tmp_path / f"{name}.xml").write_bytes(sample(load_profile(name), NOW))
    good = CliRunner().invoke(validate, ["--profile", "msn", str(tmp_path / "msn.xml")], obj=call(tmp_path))
    assert good.exit_code == 0
    bad = CliRunner().invoke(validate, ["--profile", "msn", str(tmp_path / "rss-board.xml")], obj=call(tmp_path))
    assert (bad.exit_code, "[profile.element.not-allowed]" in bad.output) == (1, True)
    unlike = CliRunner().invoke(validate, [str(tmp_path / "rss-board.xml")], obj=call(tmp_path))
    assert (unlike.exit_code, "[profile." in unlike.output) == (0, False)
