"""What may go out, decided from findings alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from syndicate.model.finding import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is to be done with a document: which articles stay out, and whether the document is held."""

    left_out: tuple[str, ...]
    is_held: bool


def judge(articles: Sequence[tuple[str, Sequence[Finding]]], frame: Sequence[Finding]) -> Verdict:
    """The verdict: an error inside an article costs that article, one outside of all holds the document.

    `articles` are guids with what was found in each. A document whose every article is faulty is held too: an empty
    one would take the place of a good one.
    """
    left_out = tuple(guid for guid, found in articles if found and _has_error(found))
    nothing_left = bool(articles) and len(left_out) == len(articles)
    return Verdict(left_out=left_out, is_held=nothing_left or _has_error(frame))


def _has_error(findings: Sequence[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)
