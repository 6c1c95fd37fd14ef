"""Figures for Prometheus and its kin, in the OpenMetrics text format or the older one, whichever is asked for.

Labels are feeds, formats, jobs, statuses and codings: as many as the configuration names, never more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from syndicate.condition.freshness import State
from syndicate.condition.look import Condition, FeedCondition
from syndicate.store.engine import HEAD
from syndicate.store.runs import FIRST_SEEN, JobStanding
from syndicate.version import version
from syndicate.web.counts import Sums

if TYPE_CHECKING:
    from prometheus_client.core import Metric

Kind = Literal["gauge", "counter", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What is told: its name (without the ending that counters get), its kind, its labels, and what it means."""

    name: str
    kind: Kind
    says: str
    labels: tuple[str, ...] = ()


def _gauge(name: str, says: str, *labels: str) -> Figure:
    return Figure(name=f"syndicate_{name}", kind="gauge", says=says, labels=labels)


def _counter(name: str, says: str, *labels: str) -> Figure:
    return Figure(name=f"syndicate_{name}", kind="counter", says=says, labels=labels)


FIGURES = (
    Figure(
        name="syndicate_build", kind="info", says="Release of the program and of the store's schema",
        labels=("version", "schema"),
    ),
    _gauge("store_up", "1 while the store can be read; without it only figures of HTTP follow"),
    _gauge("articles", "Articles in the store"),
    _gauge("changes_not_exported", "Changes of articles that some feed has not taken account of"),
    _gauge("coming", "Articles that come or go by the clock: embargo, publication, expiry", "kind"),
    _gauge("next_change_timestamp_seconds", "When the next of these comes or goes"),
    _gauge("feed_stale", "1 when readers of the feed do not see what they should", "feed"),
    _gauge("feed_stale_seconds", "For how long, 0 when it is fresh", "feed"),
    _gauge("feed_held", "1 when a document of the feed is held", "feed"),
    _gauge("document_items", "Items in the published document", "feed", "format"),
    _gauge("document_bytes", "Its size", "feed", "format"),
    _gauge("document_published_timestamp_seconds", "When it was last written", "feed", "format"),
    _gauge("document_held", "1 when the next one is held and the last good one stays", "feed", "format"),
    _gauge("document_left_out", "Articles that errors keep out of it", "feed", "format"),
    _gauge("pings", "What other people's hubs are to be told (due), know (sent) or do not want (refused)", "state"),
    _gauge("subscriptions", "Subscriptions at the own hub"),
    _gauge("subscriptions_failing", "Those that the last push did not reach"),
    _gauge("job_last_run_timestamp_seconds", "When the newest run of the scheduler's job was due", "job"),
    _gauge("job_last_good_run_timestamp_seconds", "When the newest run that ended well was due", "job"),
    _gauge("job_last_run_duration_seconds", "How long the newest run took, once it has ended", "job"),
    _gauge("job_failing", "1 when no run has ended well since one failed", "job"),
    _counter("http_responses", "Answers by status, those of this page and its kin left out", "status"),
    _counter("http_documents", "Whole documents by coding", "coding"),
    _counter("http_body_bytes", "Bytes of bodies"),
    _gauge("http_connections", "Open connections"),
    _counter("http_connections_opened", "Connections since the server began"),
)  # fmt: skip

# A value of a figure by the values of its labels.
_Values = Iterable[tuple[tuple[str, ...], float]]


def render(found: Condition | None, sums: Sums, accept: str) -> tuple[bytes, str]:
    """The figures as text, and its media type. `found` is None while the store is away, `accept` what is asked for."""
    # Needed by who asks for figures only, and slow to load.
    from prometheus_client.exposition import choose_encoder

    encode, media_type = choose_encoder(accept)
    families = list(_families(found, sums))
    return encode(_Collected(families)), media_type


class _Collected:
    """What an encoder takes: something that gives its families when asked to collect them."""

    def __init__(self, families: "list[Metric]") -> None:
        self._families = families

    def collect(self) -> "Iterable[Metric]":
        """The families, in order."""
        return self._families


def _families(found: Condition | None, sums: Sums) -> "Iterator[Metric]":
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily

    values = _values(found, sums)
    for figure in FIGURES:
        if figure.kind == "info":
            facts = {"version": version() or "unknown", "schema": HEAD}
            yield InfoMetricFamily(figure.name, figure.says, facts)
            continue
        kind = GaugeMetricFamily if figure.kind == "gauge" else CounterMetricFamily
        family = kind(figure.name, figure.says, labels=figure.labels)
        for labels, value in values.get(figure.name.removeprefix("syndicate_"), ()):
            family.add_metric(labels, value)
        if family.samples:
            yield family


def _values(found: Condition | None, sums: Sums) -> dict[str, _Values]:
    http: dict[str, _Values] = {
        "store_up": [((), float(found is not None))],
        "http_responses": [((str(one) if one else "other",), count) for one, count in sums.statuses.items()],
        "http_documents": [((coding,), count) for coding, count in sums.codings.items()],
        "http_body_bytes": [((), sums.size)],
        "http_connections": [((), sums.connections)],
        "http_connections_opened": [((), sums.opened)],
    }
    if found is None:
        return http
    return http | _of_store(found) | _of_feeds(found) | _of_documents(found) | _of_jobs(found.jobs)


def _of_store(found: Condition) -> dict[str, _Values]:
    kinds = {"embargo": 0, "publication": 0, "expiry": 0} | found.coming
    return {
        "articles": [((), found.articles)],
        "changes_not_exported": [((), found.waiting)],
        "coming": [((kind,), count) for kind, count in kinds.items()],
        "next_change_timestamp_seconds": _moment((), found.next_change_of_view),
        "pings": [((state,), count) for state, count in found.hubs.pings.items()],
        "subscriptions": [((), found.hubs.subscriptions.count)],
        "subscriptions_failing": [((), found.hubs.subscriptions.failing)],
    }


def _of_feeds(found: Condition) -> dict[str, _Values]:
    return {
        "feed_stale": [((one.feed.id,), one.freshness.state is State.STALE) for one in found.feeds],
        "feed_stale_seconds": [((one.feed.id,), _late(one, found.now)) for one in found.feeds],
        "feed_held": [((one.feed.id,), any(document.held_since for document in one.documents)) for one in found.feeds],
    }


def _late(one: FeedCondition, now: datetime) -> float:
    since = one.freshness.since if one.freshness.state is State.STALE else None
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def _of_documents(found: Condition) -> dict[str, _Values]:
    known = [((one.feed, one.format), one) for feed in found.feeds for one in feed.documents]
    published = [value for names, one in known for value in _moment(names, one.published_at)]
    return {
        "document_items": [(names, one.items) for names, one in known],
        "document_bytes": [(names, one.bytes) for names, one in known],
        "document_published_timestamp_seconds": published,
        "document_held": [(names, one.held_since is not None) for names, one in known],
        "document_left_out": [(names, len(one.left_out)) for names, one in known],
    }


def _of_jobs(found: Iterable[JobStanding]) -> dict[str, _Values]:
    known = [((one.newest.job,), one) for one in found if one.newest.outcome != FIRST_SEEN]
    return {
        "job_last_run_timestamp_seconds": [(name, one.newest.slot.timestamp()) for name, one in known],
        "job_last_good_run_timestamp_seconds": [value for name, one in known for value in _moment(name, one.good)],
        "job_last_run_duration_seconds": [
            (name, (one.newest.done - one.newest.started).total_seconds())
            for name, one in known
            if one.newest.done and one.newest.started
        ],
        "job_failing": [(name, one.failure is not None) for name, one in known],
    }


def _moment(labels: tuple[str, ...], when: datetime | None) -> list[tuple[tuple[str, ...], float]]:
    return [] if when is None else [(labels, when.timestamp())]
