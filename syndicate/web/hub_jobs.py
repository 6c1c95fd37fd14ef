"""The requests that the own hub makes: what is asked or sent, and what is noted of the answer."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from syndicate.deliver import websub
from syndicate.deliver.attempt import Attempt
from syndicate.deliver.lanes import Place
from syndicate.deliver.retry import Verdict
from syndicate.deliver.websub import Content
from syndicate.fetch import Fetcher
from syndicate.observe import log
from syndicate.store import subscriptions
from syndicate.store.engine import Connection
from syndicate.store.subscriptions import DENIED, SUBSCRIBE, Intent, Subscription

# Attempts to have a wish confirmed, or to tell of a denial.
_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Have a wish confirmed, or tell of a denial."""

    place: Place
    row: Intent

    def claim(self, connection: Connection, until: datetime) -> "Asking | None":
        """The same under its new fence; None when somebody else does it."""
        mine = subscriptions.claim_intents(connection, (self.row,), until)
        return replace(self, row=mine[0]) if mine else None

    def make(self, fetcher: Fetcher, now: datetime) -> Attempt:
        """Make the request."""
        intent = self.row
        if intent.mode == DENIED:
            return websub.deny(fetcher, intent.callback, intent.topic, intent.reason or "", now)
        fields = {"mode": intent.mode, "topic": intent.topic, "challenge": secrets.token_urlsafe(32)}
        if intent.mode == SUBSCRIBE:
            fields["lease_seconds"] = str(intent.lease_seconds)
        return websub.verify(fetcher, intent.callback, fields, now)

    def note(self, connection: Connection, attempt: Attempt, now: datetime, pause: float | None) -> None:
        """Keep what came of it."""
        intent = self.row
        if attempt.verdict is Verdict.DONE and intent.mode != DENIED:
            subscriptions.confirm(connection, intent, now)
            log().info("hub.confirmed", mode=intent.mode, topic=intent.topic, host=intent.host)
        elif pause is not None and intent.attempts + 1 < _TRIES:
            subscriptions.retry(connection, intent, now + timedelta(seconds=pause))
        else:
            subscriptions.forget(connection, intent)
            log().info("hub.forgotten", mode=intent.mode, topic=intent.topic, host=intent.host, said=attempt.said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushing:
    """Send a subscriber what is published."""

    place: Place
    row: Subscription
    content: Content

    def claim(self, connection: Connection, until: datetime) -> "Pushing | None":
        """The same under its new fence; None when somebody else does it."""
        mine = subscriptions.claim(connection, (self.row,), until)
        return replace(self, row=mine[0]) if mine else None

    def make(self, fetcher: Fetcher, now: datetime) -> Attempt:
        """Make the request."""
        return websub.push(fetcher, self.row.callback, self.row.secret, self.content, now)

    def note(self, connection: Connection, attempt: Attempt, now: datetime, pause: float | None) -> None:
        """Keep what came of it."""
        row, sha256 = self.row, self.content.sha256
        said = {"topic": row.topic, "host": row.host, "said": attempt.said}
        if attempt.verdict is Verdict.DONE:
            subscriptions.delivered(connection, row, sha256, now, attempt.said)
            log().info("hub.pushed", **said)
        elif attempt.verdict is Verdict.GONE:
            subscriptions.end(connection, row)
            log().info("hub.ended_by_subscriber", **said)
        elif pause is None:
            subscriptions.refused(connection, row, sha256, now, attempt.said)
            log().warning("hub.refused", **said)
        else:
            subscriptions.failed(connection, row, now, now + timedelta(seconds=pause), attempt.said)
            log().warning("hub.not_pushed", **said, again_in=round(pause, 1))


Job = Asking | Pushing
