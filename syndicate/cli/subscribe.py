"""Subscribing to an address: what is asked, in which order, and how the answers are told."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import click

from syndicate.cli.call import Call, counted
from syndicate.cli.checks import Check
from syndicate.cli.web import PACKED, Web, is_address
from syndicate.errors import FetchError
from syndicate.fetch import Answer, Fetcher
from syndicate.model.finding import Finding, Severity
from syndicate.validate.poll_head import coding
from syndicate.validate.poll_rules import cure_of
from syndicate.validate.run import check
from syndicate.validate.subscription import Visit, failed, look, validators


class _Polls:
    """The requests of one visit; what fails after the first answer is noted and the visit goes on."""

    def __init__(self, fetcher: Fetcher, address: str) -> None:
        self.fetcher, self.address = fetcher, address
        self.failures: list[FetchError] = []

    def ask(self, headers: Mapping[str, str], method: str = "GET") -> Answer | None:
        """The answer; None when there is none."""
        try:
            return self.fetcher.fetch(self.address, method=method, headers=headers)
        except FetchError as error:
            self.failures.append(error)
            return None


def subscribe(call: Call, address: str, web: Web, wait: float) -> list[Check]:
    """Everything about the feed at that address. FetchError when no server answers there at all."""
    if not is_address(address):
        raise click.UsageError(f"{address}: an address to subscribe to begins with https:// or http://")
    try:
        visit = poll(web.fetcher(call), address, now=call.clock.now, wait=lambda: time.sleep(wait))
    except FetchError as error:
        if not error.has_answered:
            raise
        return [_finding(failed(error))]
    return [*_seen(visit), *map(_finding, look(visit)), *_document(visit, call.clock.now())]


def poll(fetcher: Fetcher, address: str, *, now: Callable[[], datetime], wait: Callable[[], None]) -> Visit:
    """The visit of a reader who subscribes, waits and comes back. FetchError when the first request has no answer."""
    first, first_at = fetcher.fetch(address, headers=PACKED), now()
    polls = _Polls(fetcher, first.address)
    if first.status != 200:
        return Visit(asked=address, first=first, first_at=first_at, second_at=first_at)
    plain, head = polls.ask({}), polls.ask(PACKED, "HEAD")
    wait()
    conditions = {**PACKED, **validators(first)}
    second = polls.ask(conditions)
    again = second if second is None or second.status == 200 else polls.ask(PACKED)
    second_at = now()
    is_doubtful = second is not None and second.status == 304 and again is not None and again.body != first.body
    return Visit(
        asked=address,
        first=first,
        first_at=first_at,
        second_at=second_at,
        plain=plain,
        head=head,
        second=second,
        again=again,
        confirmed=polls.ask(conditions) if is_doubtful else None,
        failures=tuple(polls.failures),
    )


def _finding(finding: Finding) -> Check:
    is_hint = finding.severity is Severity.INFO
    return Check(finding.rule.id, is_hint, finding.message, cure_of(finding.rule), is_hint=is_hint)


def _seen(visit: Visit) -> list[Check]:
    """What a reader sees when nothing is wrong."""
    told = [Check("first poll", True, _answer(visit.first))]
    if visit.second is not None:
        told.append(Check("second poll", True, _answer(visit.second)))
    seen = visit.before
    if seen is not None:
        newest = f", the newest of {seen.newest:%Y-%m-%dT%H:%M:%SZ}" if seen.newest else ""
        told.append(Check("items", True, f"{counted(len(seen.items), 'item')}{newest}"))
    return told


def _answer(answer: Answer) -> str:
    if not answer.body:
        return f"{answer.status} {answer.reason}".rstrip()
    packed = f" ({answer.received} as {coding(answer)})" if coding(answer) else ""
    return f"{answer.status} {answer.reason}, {len(answer.body)} bytes{packed}"


def _document(visit: Visit, now: datetime) -> list[Check]:
    """What `validate` says, in numbers."""
    if visit.first.status != 200:
        return []
    report = check(visit.first.body, now=now)
    seen = f"{report.format or 'unknown format'}: {_counts(report.findings)}"
    if not report.findings:
        return [Check("document", True, seen)]
    cure = f"see them: syndicate validate {visit.asked}"
    return [Check("document", report.valid, seen, cure, is_hint=report.valid)]


def _counts(findings: Sequence[Finding]) -> str:
    words = ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "hint"))
    counts = [(sum(one.severity is severity for one in findings), word) for severity, word in words]
    return ", ".join(counted(number, word) for number, word in counts if number) or "nothing wrong"
