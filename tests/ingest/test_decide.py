import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.ingest.decide import Outcome, apply_set, decide, named, set_fields
from syndicate.model.article import Article, Person, Signal, Status
from syndicate.model.draft import Draft
from syndicate.model.rights import Rights
from tests.conftest import NOW

AUTHORITY = "harbour.example,2019"
SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(hours=1)


def draft_of(article: Article, stated: int | None = None) -> Draft:
    return Draft(article=article, identity="ferry", file="ferry.txt", stated_version=stated)


def test_a_guid_is_minted_from_the_identity_once(article: Article) -> None:
    page = draft_of(replace(article, guid=""))
    assert named(page, AUTHORITY).article.guid == "tag:harbour.example,2019:page:ferry"
    assert named(named(page, AUTHORITY), "other.example,2020") == named(page, AUTHORITY)
    assert named(draft_of(article), AUTHORITY).article == article


def test_a_page_without_name_needs_a_guid(article: Article) -> None:
    nameless = replace(draft_of(replace(article, guid="")), identity="")
    with pytest.raises(ValueError, match="nothing names the article"):
        named(nameless, AUTHORITY)
    assert named(set_fields(nameless, [("guid", "tag:a,2019:1")]), AUTHORITY).article.guid == "tag:a,2019:1"


@pytest.mark.parametrize(("stated", "version"), [(None, 1), (1, 1), (7, 7)])
def test_an_unknown_guid_is_new(article: Article, stated: int | None, version: int) -> None:
    decision = decide(draft_of(article, stated), None, now=NOW)
    assert (decision.outcome, decision.is_stored, decision.notes) == (Outcome.NEW, True, ())
    assert decision.article == replace(article, version=version)


@pytest.mark.parametrize("stated", [None, 1, 2, 3])
def test_same_content_is_unchanged_whatever_else_differs(article: Article, stated: int | None) -> None:
    later = replace(
        article, version=9, updated=NOW, published=NOW, derived=("published", "updated"), headline=article.headline
    )
    decision = decide(draft_of(later, stated), article, now=NOW)
    assert (decision.outcome, decision.article, decision.is_stored) == (Outcome.UNCHANGED, article, False)


@pytest.mark.parametrize(
    ("stated", "version", "notes"),
    [(None, 3, 0), (2, 3, 1), (3, 3, 0), (8, 8, 0)],
)
def test_other_content_is_a_higher_version(article: Article, stated: int | None, version: int, notes: int) -> None:
    changed = replace(article, headline="Ferry runs again", updated=NOW)
    decision = decide(draft_of(changed, stated), article, now=NOW)
    assert decision.outcome is Outcome.UPDATED
    assert decision.article == replace(changed, version=version, signal=Signal.UPDATE)
    assert len(decision.notes) == notes


def test_readers_hear_of_changes_that_they_see(article: Article) -> None:
    filed = decide(draft_of(replace(article, keywords=("tide",), updated=NOW)), article, now=NOW).article
    assert (filed.updated, filed.changed, filed.signal) == (NOW, article.updated, Signal.UPDATE)
    again = decide(draft_of(replace(filed, sections=("port",), updated=LATER)), filed, now=LATER).article
    assert (again.updated, again.changed) == (LATER, article.updated)
    seen = decide(draft_of(replace(again, headline="Ferry runs again", updated=LATER)), again, now=LATER).article
    assert seen.significant is None
    stated = replace(seen, sections=("town",), significant=NOW)
    assert decide(draft_of(stated), seen, now=LATER).article.changed == NOW
    assert seen.changed == seen.updated > LATER


def test_a_correction_is_signalled_by_the_version_that_makes_it(article: Article) -> None:
    corrected = decide(draft_of(replace(article, correction="The ferry is blue.")), article, now=NOW).article
    assert corrected.signal is Signal.CORRECTION
    later = decide(draft_of(replace(corrected, headline="Ferry runs again")), corrected, now=NOW).article
    assert (later.signal, later.correction) == (Signal.UPDATE, "The ferry is blue.")
    stated = replace(article, headline="Ferries", signal=Signal.CORRECTION)
    assert decide(draft_of(stated), article, now=NOW).article.signal is Signal.CORRECTION
    gone = replace(article, status=Status.CANCELED, correction="It never ran.")
    assert decide(draft_of(gone), article, now=NOW).article.signal is None


def test_an_older_version_is_refused_unless_it_says_the_same(article: Article) -> None:
    changed = replace(article, headline="Ferry runs again")
    decision = decide(draft_of(changed, 1), article, now=NOW)
    assert decision.outcome is Outcome.REFUSED
    assert decision.reason == "version 1 is older than the stored version 2"
    assert decide(draft_of(article, 1), article, now=NOW).outcome is Outcome.UNCHANGED


def test_canceled_is_final(article: Article) -> None:
    canceled = replace(article, status=Status.CANCELED)
    decision = decide(draft_of(article, 9), canceled, now=NOW)
    assert (decision.outcome, decision.reason) == (Outcome.REFUSED, "canceled is final; give it a new guid")
    assert decide(draft_of(canceled), canceled, now=NOW).outcome is Outcome.UNCHANGED
    assert decide(draft_of(canceled), article, now=NOW).outcome is Outcome.UPDATED


def test_a_withheld_story_that_goes_out_again_is_told(article: Article) -> None:
    held = replace(article, status=Status.WITHHELD)
    (note,) = decide(draft_of(replace(article, updated=NOW)), held, now=NOW).notes
    assert "was withheld and goes out again" in note
    assert decide(draft_of(replace(held, headline="Other", updated=NOW)), held, now=NOW).notes == ()


def test_published_never_changes(article: Article) -> None:
    changed = replace(article, headline="x", published=NOW, updated=NOW)
    decision = decide(draft_of(changed), article, now=NOW)
    assert decision.article.published == article.published
    assert decision.notes == ("published stays 2026-03-02T08:30:00+00:00: it never changes",)
    inferred = decide(draft_of(replace(changed, derived=("published",))), article, now=NOW)
    assert (inferred.article.published, inferred.notes, inferred.article.derived) == (article.published, (), ())


@pytest.mark.parametrize(
    ("offset", "derived", "expected", "notes"),
    [
        (timedelta(hours=1), (), timedelta(hours=1), 0),
        (timedelta(0), (), SECOND, 1),
        (timedelta(milliseconds=400), (), SECOND, 1),
        (-timedelta(days=9), (), SECOND, 1),
        (-timedelta(days=9), ("updated",), None, 0),
    ],
)
def test_updated_always_grows(
    article: Article, offset: timedelta, derived: tuple[str, ...], expected: timedelta | None, notes: int
) -> None:
    changed = replace(article, headline="x", updated=article.updated + offset, derived=derived)
    decision = decide(draft_of(changed), article, now=NOW)
    assert decision.article.updated == (NOW if expected is None else article.updated + expected)
    assert len(decision.notes) == notes


def test_a_time_inferred_when_the_clock_stands_behind_still_grows(article: Article) -> None:
    changed = replace(article, headline="x", derived=("updated",))
    decision = decide(draft_of(changed), article, now=article.updated - timedelta(days=1))
    assert decision.article.updated == article.updated + SECOND


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
DERIVED = st.sets(st.sampled_from(["headline", "published", "updated"])).map(sorted).map(tuple)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    published, updated = sorted((draw(MOMENTS), draw(MOMENTS)))
    article = Article(
        guid="tag:a,2019:1",
        headline=draw(st.sampled_from("abc")),
        published=published,
        updated=updated,
        status=draw(st.sampled_from(Status)),
        derived=draw(DERIVED),
    )
    return draft_of(article, draw(st.none() | st.integers(1, 9)))


@given(st.lists(st.tuples(drafts(), MOMENTS), min_size=1, max_size=8))
def test_whatever_comes_published_stands_and_version_and_updated_grow(arrivals: list[tuple[Draft, datetime]]) -> None:
    stored: list[Article] = []
    for draft, now in arrivals:
        latest = stored[-1] if stored else None
        decision = decide(draft, latest, now=now)
        if decision.is_stored:
            stored.append(decision.article)
            assert (
                decide(replace(draft, article=decision.article), decision.article, now=now).outcome is Outcome.UNCHANGED
            )
        elif decision.outcome is Outcome.REFUSED:
            assert decision.reason
    assert len({article.published for article in stored}) == 1
    assert all(article.updated >= article.published for article in stored)
    for older, newer in itertools.pairwise(stored):
        assert newer.version > older.version
        assert newer.updated >= older.updated + SECOND
        assert older.status is not Status.CANCELED


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("headline", " Ferry  runs\x07 ", "Ferry runs"),
        ("sections", "town, sea,, town", ("town", "sea")),
        ("keywords", "", ()),
        ("authors", "Ada Holm, Per Aas", (Person(name="Ada Holm"), Person(name="Per Aas"))),
        ("urgency", "1", 1),
        ("status", "withheld", Status.WITHHELD),
        ("slugline", "", None),
        ("embargo", "2026-03-05T06:00:00+01:00", datetime(2026, 3, 5, 5, 0, tzinfo=UTC)),
        ("expires", "2026-03-05T06:00:00Z", datetime(2026, 3, 5, 6, 0, tzinfo=UTC)),
        ("url", "https://harbour.example/x", "https://harbour.example/x"),
    ],
)
def test_fields_can_be_set(article: Article, name: str, value: str, expected: object) -> None:
    changed = apply_set(replace(article, derived=(name, "other")), name, value)
    assert getattr(changed, name) == expected
    assert changed.derived == ("other",)


def test_rights_can_be_set_part_by_part(article: Article) -> None:
    changed = apply_set(replace(article, rights=Rights(usage="None")), "rights.holder", "HP")
    assert changed.rights == Rights(holder="HP", usage="None")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("headlin", "x", "'headlin' cannot be set; known: guid, headline, "),
        ("version", "3", "'version' cannot be set; known: "),
        ("published", "2017-05-10T22:05:00", "published='2017-05-10T22:05:00': not an RFC 3339 time with offset"),
        ("updated", "9999-12-31T23:59:59Z", "updated='9999-12-31T23:59:59Z': a year from 1900 to 2200 is wanted"),
        ("embargo", "", "embargo='': not an RFC 3339 time with offset"),
        ("urgency", "9", r"urgency='9': 1 \(most urgent\) to 8 is wanted"),
        ("status", "gone", "status='gone': one of usable, withheld, canceled is wanted"),
        ("headline", " ", "headline=' ': it cannot be empty"),
        ("guid", "a b", "guid='a b': a URI such as"),
        ("url", "ftp://x", "url='ftp://x': an address that begins with https://"),
        ("updated", "2020-01-01T00:00:00Z", "updated=2020-01-01T00:00:00.00:00: before published"),
    ],
)
def test_what_cannot_be_set_says_why(article: Article, name: str, value: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        apply_set(article, name, value)


def test_times_set_by_hand_stay_in_order(article: Article) -> None:
    page = replace(article, published=NOW, updated=NOW, derived=("published", "updated"))
    moment = datetime(2017, 5, 10, 22, 5, tzinfo=timezone(timedelta(hours=-4)))
    dated = apply_set(page, "published", moment.isoformat())
    assert (dated.published, dated.updated, dated.derived) == (moment, moment, ("updated",))
    changed = apply_set(page, "updated", moment.isoformat())
    assert (changed.published, changed.updated, changed.derived) == (moment, moment, ("published",))
    later = apply_set(article, "published", NOW.isoformat())
    assert (later.published, later.updated) == (NOW, NOW)


def test_published_is_set_before_updated(article: Article) -> None:
    times = [("updated", "2017-05-11T00:00:00Z"), ("published", "2017-05-10T00:00:00Z")]
    changed = set_fields(draft_of(article), times).article
    assert (changed.published.day, changed.updated.day) == (10, 11)


def test_what_is_held_back_stays_so_where_the_source_could_not_say_otherwise(article: Article) -> None:
    secret = replace(article, embargo=LATER)
    again = replace(article, headline="Ferry runs again")
    kept = decide(draft_of(again), secret, now=NOW, states=frozenset())
    assert (kept.article.embargo, kept.outcome) == (LATER, Outcome.UPDATED)
    assert "its embargo until" in kept.notes[0]
    assert decide(draft_of(article), secret, now=NOW, states=frozenset()).outcome is Outcome.UNCHANGED
    assert decide(draft_of(again), secret, now=NOW).article.embargo is None
    held = replace(article, status=Status.WITHHELD)
    assert decide(draft_of(again), held, now=NOW, states=frozenset({"embargo"})).article.status is Status.WITHHELD
    assert decide(draft_of(again), held, now=NOW).article.status is Status.USABLE


def test_a_tombstone_without_a_headline_leaves_the_storys(article: Article) -> None:
    gone = replace(article, status=Status.CANCELED, headline="Deleted", derived=("headline",), body=())
    assert decide(draft_of(gone), article, now=NOW).article.headline == article.headline


def test_a_source_that_says_nothing_new_leaves_what_was_done_since(article: Article) -> None:
    done = replace(article, version=3, headline="Ferry runs", correction="It was the other ferry.", embargo=LATER)
    again = decide(draft_of(replace(article, version=1), 2), done, now=NOW, imported=article)
    assert (again.outcome, again.article) == (Outcome.UNCHANGED, done)
    other = replace(article, abstract="A new abstract.", headline="Ferries run")
    made = decide(draft_of(other, 3), done, now=NOW, imported=article).article
    assert (made.abstract, made.headline) == ("A new abstract.", "Ferries run")
    assert (made.correction, made.embargo, made.version) == ("It was the other ferry.", LATER, 4)
    assert "embargo" in decide(draft_of(other), done, now=NOW, imported=article).notes[0]
