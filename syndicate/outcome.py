"""What an export is asked for, and what became of each document."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from syndicate.model.finding import Finding, Severity
from syndicate.publish.changes import Changes
from syndicate.store.engine import Connection
from syndicate.validate.report.json import message_of

WRITTEN, UNCHANGED, HELD, REMOVED = "written", "unchanged", "held", "removed"
Guard = Callable[[], None]
# How the names of rules begin that are a partner's own.
_OF_PARTNERS = "profile."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one document: `findings` lie in it, `left_out` are articles that stay out, with theirs.

    `doubts` say why its changes looked wrong, `changes` what it changes against the document before;
    from `until` on an article in it is too old. `is_reduced`: it is held, only what was withdrawn was taken out.
    `cut_off` is the first article over the byte budget, with what is said of it and those after it, where they are on
    no archive page; `archive` counts the archive pages that were written and those that were removed.
    """

    feed: str
    format: str
    path: str
    state: str
    items: int = 0
    bytes: int = 0
    sha256: str | None = None
    findings: tuple[Finding, ...] = ()
    left_out: tuple[tuple[str, tuple[Finding, ...]], ...] = ()
    doubts: tuple[Finding, ...] = ()
    until: datetime | None = None
    is_reduced: bool = False
    changes: Changes = Changes()
    cut_off: tuple[str, Finding] | None = None
    archive: tuple[int, int] = (0, 0)

    @property
    def is_good(self) -> bool:
        """Whether everything that belongs into the document is out; what a partner does not take does not belong."""
        is_whole = not any(is_faulty(findings) for _, findings in self.left_out)
        return self.state != HELD and is_whole and not self.is_reduced


def is_faulty(errors: Iterable[Finding]) -> bool:
    """Whether something is wrong with the article itself, and not only for the partner whom a feed is for."""
    return any(not one.rule.id.startswith(_OF_PARTNERS) for one in errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an export is asked for. `accept` is a person's reason to let out changes that look wrong.

    `guard` raises LostLease when somebody else has taken the work over; so does `hold`, asked inside the transaction
    that keeps the outcome: nobody can take the work over before that ends.
    """

    feeds: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    force: bool = False
    dry_run: bool = False
    accept: str | None = None
    fence: int = 0
    guard: Guard = field(default=lambda: None)
    hold: Callable[[Connection], None] = field(default=lambda _connection: None)


def values_of(outcome: Outcome) -> dict[str, Any]:
    """An outcome with the names of `export --json`."""
    return {
        "feed": outcome.feed,
        "format": outcome.format,
        "path": outcome.path,
        "items": outcome.items,
        "bytes": outcome.bytes,
        "sha256": outcome.sha256,
        "state": outcome.state,
        "findings": list(messages_of(outcome)),
        "left_out": [guid for guid, _ in outcome.left_out],
    }


def messages_of(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """The findings of a document and of the articles not in it (these with their guid), as the reports name them.

    Notes without consequence (severity info) are not among them: there may be one for every article.
    """
    for finding in outcome.findings:
        if finding.severity is not Severity.INFO:
            yield message_of(finding)
    if outcome.state == HELD:
        yield from (message_of(finding) for finding in outcome.doubts)
    if outcome.cut_off is not None:
        guid, finding = outcome.cut_off
        yield {**message_of(finding), "guid": guid}
    for guid, findings in outcome.left_out:
        for finding in findings:
            yield {**message_of(finding), "guid": guid}
