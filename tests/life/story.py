"""One made-up story through its life: new, corrected, killed, taken down. Each step is an act on the one before it."""

from dataclasses import replace
from datetime import UTC, datetime

from syndicate.model.article import Article
from syndicate.model.body import Paragraph
from syndicate.model.lifecycle import Act, Wording, act_on
from tests.formats.story import STORY

NOTICE = "Correction: an earlier version said that Brandt spoke on Tuesday."
RETRACTION = "We have withdrawn this report, since nobody ever gave that interview."
# What editors are told and no reader ever is.
WHY_CORRECTED = "Second sentence rewritten after a telephone call."
WHY_KILLED = "Source admitted fabrication."

NEW = replace(
    STORY,
    version=1,
    correction=None,
    updated=STORY.published,
    authors=STORY.authors[:1],
)
REWRITTEN = replace(
    NEW,
    body=(NEW.body[0], Paragraph(html="“There is hardly a fact …” he said – <em>yesterday</em>."), *NEW.body[2:]),
)
CORRECTED = act_on(
    Act.CORRECT,
    REWRITTEN,
    NEW,
    Wording(notice=NOTICE, reason=WHY_CORRECTED),
    datetime(2026, 3, 3, 9, 0, 30, tzinfo=UTC),
)
KILLED = act_on(
    Act.KILL,
    CORRECTED,
    CORRECTED,
    Wording(notice=RETRACTION, reason=WHY_KILLED),
    datetime(2026, 3, 3, 15, 20, tzinfo=UTC),
)
TAKEN_DOWN = act_on(Act.TAKE_DOWN, KILLED, CORRECTED, Wording(), datetime(2026, 3, 4, 7, 45, tzinfo=UTC))

STEPS: dict[str, Article] = {"1-new": NEW, "2-corrected": CORRECTED, "3-killed": KILLED, "4-taken-down": TAKEN_DOWN}
