from dataclasses import replace

import pytest

from syndicate.ingest.decide import Outcome, decide
from syndicate.ingest.said import said, said_next
from syndicate.model.article import Article, Status
from tests.conftest import NOW
from tests.ingest.test_decide import LATER, draft_of


@pytest.fixture
def article(article: Article) -> Article:
    """The article as a source has it that begins to count."""
    return replace(article, version=1)


def test_a_story_without_acts_needs_no_comparison(article: Article) -> None:
    assert said([]) is None
    assert said([(article, False), (replace(article, version=2, headline="Ferry"), False)]) is None


def test_a_source_says_what_imports_changed_and_nothing_that_acts_did(article: Article) -> None:
    act = replace(article, version=2, headline="Ferry runs")
    again = replace(act, version=3, keywords=("ferry",))
    other = replace(again, version=4, abstract="By an act.")
    source = said([(article, False), (act, True), (again, False), (other, True)])
    assert source == replace(article, version=2, keywords=("ferry",))


@pytest.mark.parametrize(("stored", "counted"), [(3, 2), (9, 9)])
def test_a_source_counts_on_from_its_own_version_unless_it_states_a_higher_one(
    article: Article, stored: int, counted: int
) -> None:
    act = replace(article, version=2, headline="Ferry runs")
    assert said_next(article, act, replace(act, version=stored, keywords=("ferry",))).version == counted


def test_a_source_that_does_not_know_of_acts_may_count_from_its_own(article: Article) -> None:
    latest = replace(article, version=4, note="By acts.")
    source = replace(article, version=2)
    for stated, outcome in [(1, Outcome.REFUSED), (2, Outcome.UPDATED), (3, Outcome.UPDATED), (9, Outcome.UPDATED)]:
        made = decide(draft_of(replace(article, urgency=2), stated), latest, now=NOW, imported=source)
        assert (made.outcome, made.article.note) == (outcome, "By acts.")


def test_an_embargo_holds_in_a_withheld_story_whose_source_states_neither(article: Article) -> None:
    source = replace(article, embargo=LATER)
    latest = replace(source, version=2, status=Status.WITHHELD)
    made = decide(draft_of(replace(article, urgency=2)), latest, now=NOW, states=frozenset(), imported=source).article
    assert (made.status, made.embargo) == (Status.WITHHELD, LATER)


def test_a_field_set_by_an_act_is_not_inferred(article: Article) -> None:
    source = replace(article, derived=("headline", "language"))
    latest = replace(source, version=2, headline="Ferry runs", derived=("language",))
    made = decide(draft_of(replace(source, urgency=2)), latest, now=NOW, imported=source).article
    assert (made.headline, made.derived) == ("Ferry runs", ("language",))


def test_what_the_source_changes_too_is_the_sources_and_is_told(article: Article) -> None:
    latest = replace(article, version=2, embargo=LATER, headline="Ferry runs")
    changed = replace(article, embargo=NOW, headline=latest.headline, urgency=2)
    made = decide(draft_of(changed), latest, now=NOW, imported=article)
    assert (made.article.embargo, made.article.headline) == (NOW, "Ferry runs")
    assert made.notes[0] == "embargo: the source's change takes the place of what was changed here"
    kept = decide(draft_of(replace(article, urgency=2)), latest, now=NOW, imported=article)
    assert kept.notes[0] == "headline, embargo stay as they were changed here since it was last imported"
    held = decide(draft_of(changed), latest, now=NOW, states=frozenset({"status"}), imported=article)
    assert not any("takes the place" in note for note in held.notes)
