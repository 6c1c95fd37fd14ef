"""What may go out, decided from findings alone."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from syndicate.model.finding import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The lines of a document that one article takes up, both ends included, 1-based."""

    guid: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is to be done: leave the articles in `left_out` out and build again, or hold the document, or publish it."""

    left_out: dict[str, tuple[Finding, ...]]
    held: tuple[Finding, ...]

    @property
    def is_good(self) -> bool:
        """Whether the document may be published as it is."""
        return not self.left_out and not self.held


def judge(findings: Sequence[Finding], spans: Sequence[Span]) -> Verdict:
    """The verdict: an error inside an article costs that article, one outside holds the whole document."""
    left_out: dict[str, list[Finding]] = {}
    held: list[Finding] = []
    for finding in findings:
        if finding.severity is not Severity.ERROR:
            continue
        guid = _guid_at(finding.place.line, spans)
        if guid is None:
            held.append(finding)
        else:
            left_out.setdefault(guid, []).append(finding)
    return Verdict(left_out={guid: tuple(found) for guid, found in left_out.items()}, held=tuple(held))


def spans_of(guids: Sequence[str], head: bytes, fragments: Sequence[bytes]) -> tuple[Span, ...]:
    """The lines of each fragment in `head + fragments`. Fragments end with a line break, so that no line is shared."""
    spans, line = [], head.count(b"\n") + 1
    for guid, fragment in zip(guids, fragments, strict=True):
        last = line + fragment.count(b"\n") - 1
        spans.append(Span(guid=guid, first=line, last=max(line, last)))
        line = last + 1
    return tuple(spans)


def _guid_at(line: int | None, spans: Sequence[Span]) -> str | None:
    if line is None:
        return None
    index = bisect_right([span.first for span in spans], line) - 1
    return spans[index].guid if index >= 0 and line <= spans[index].last else None
