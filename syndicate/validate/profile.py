"""A document against what a partner takes, besides the rules of its format."""

from dataclasses import replace
from datetime import datetime

from syndicate.model.profile import Profile
from syndicate.profiles.check import check_document
from syndicate.validate.run import Report, order


def with_profile(report: Report, data: bytes, profile: Profile, *, now: datetime) -> Report:
    """The report with what the partner would not take of the document, in the order of its lines."""
    found = check_document(data, profile, now=now)
    return replace(report, findings=tuple(sorted((*report.findings, *found), key=order)))
