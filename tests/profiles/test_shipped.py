"""The profiles of the package: their samples are good, and every bound of every one is seen when it is broken."""

import re

import pytest

from syndicate.model.finding import Severity
from syndicate.model.profile import Limits, Profile
from syndicate.profiles import rules
from syndicate.profiles.check import check_document, check_frame, check_item, check_numbers
from syndicate.profiles.load import load_profile, shipped
from syndicate.profiles.sample import sample, sample_frame, sample_item
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.profiles.mutations import MUTATIONS, broken, mutation_of

PROFILES = tuple(map(load_profile, shipped()))
SAMPLES = {one.name: sample(one, NOW) for one in PROFILES}
BOUNDS = [(one, bound) for one in PROFILES for bound in one.bounds()]

of_all = pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.name)
# What no page of the partner states, and the profile has all the same; the sheet says so.
OURS = {
    "apple-news": {"markup.schemes"},
    "flipboard": {"markup.banned", "markup.schemes", "markup.frame_hosts"},
    "msn": {"markup.attributes"},
    "smartnews": {"markup.schemes"},
}


def test_these_are_shipped() -> None:
    partners = ("apple-news", "flipboard", "google-news", "msn", "smartnews", "superdesk")
    assert shipped() == tuple(sorted(("podcast", "rss-board", *partners)))


@of_all
def test_the_sample_is_what_the_partner_takes(profile: Profile) -> None:
    assert check_document(SAMPLES[profile.name], profile, now=NOW) == ()


@of_all
def test_the_sample_is_valid(profile: Profile) -> None:
    found = check(SAMPLES[profile.name], now=NOW).findings
    assert [one for one in found if one.severity is not Severity.INFO] == []


@of_all
def test_the_sample_is_the_same_each_time(profile: Profile) -> None:
    assert sample(profile, NOW) == SAMPLES[profile.name]


@of_all
def test_every_bound_has_a_way_to_break_it(profile: Profile) -> None:
    assert [bound for bound in profile.bounds() if mutation_of(bound) is None] == []


def test_every_bound_that_a_profile_may_state_has_a_way_to_break_it() -> None:
    stated = list(Limits.__dataclass_fields__)
    assert [name for name in stated if mutation_of(f"limits.{name}") is None] == []
    assert [name for name in stated if mutation_of(f"advice.{name}") is None] == []


@pytest.mark.parametrize(("profile", "bound"), BOUNDS, ids=[f"{one.name}-{bound}" for one, bound in BOUNDS])
def test_a_broken_bound_is_seen(profile: Profile, bound: str) -> None:
    data, rule = broken(SAMPLES[profile.name], profile, bound, NOW)
    found = [one for one in check_document(data, profile, now=NOW) if one.rule.id == rule]
    assert found, f"{rule} was not found"
    assert found[0].message.startswith(f"{profile.title}: ")
    assert found[0].place.line is not None
    if bound.startswith(("limits.", "advice.")):
        value = getattr(getattr(profile, bound.split(".")[0]), bound.split(".")[1])
        assert not isinstance(value, int) or isinstance(value, bool) or str(value) in found[0].message


@of_all
def test_what_a_source_states_is_named_and_all_else_is_ours(profile: Profile) -> None:
    named = {bound for source in profile.sources for bound in source.covers}
    assert set(profile.bounds()) - named - {"campaign"} == OURS.get(profile.name, set())
    assert all(source.url.startswith("https://") for source in profile.sources)


@of_all
def test_items_frame_and_numbers_apart_say_what_the_whole_says(profile: Profile) -> None:
    head, tail = sample_frame(profile, NOW)
    assert check_frame(head, tail, profile) == ()
    assert check_item(sample_item(profile, NOW), profile, head=head, tail=tail, now=NOW) == ()
    assert check_numbers(profile, items=30, size=1) == ()


def test_all_rules_can_be_broken_or_are_tried_elsewhere() -> None:
    seen = {rule.replace("*", suffix) for _, rule in MUTATIONS.values() for suffix in ("", "-advice")}
    others = {"profile.campaign.misplaced", "profile.image.unsized", "profile.article.shaped"}
    assert {one.id for one in rules.rules.rules} - seen == others


def test_rule_ids_are_of_three_parts() -> None:
    assert all(re.fullmatch(r"profile\.[a-z]+\.[a-z-]+", one.id) for one in rules.rules.rules)
