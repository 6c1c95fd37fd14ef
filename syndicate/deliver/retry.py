"""What an answer to a delivery means, and when to try again. Pure: the clock's reading and the chance come in."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

# A server's word is heeded up to an hour: what it says beyond that is most likely a mistake.
LONGEST_ASKED = 3600.0
# Each pause is longer by up to that share, so that those who failed together do not come back together.
_SPREAD = 0.25
_LATER = frozenset({408, 425, 429})


class Verdict(StrEnum):
    """What became of an attempt: done; to be tried again; refused for good; nobody wants anything there any more."""

    DONE = "done"
    RETRY = "retry"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """Pauses in seconds: `first` after the first failure, twice as long after each further one, up to `longest`."""

    first: float = 5.0
    longest: float = 300.0

    def pause(self, failures: int, jitter: float, asked: float | None = None) -> float:
        """The seconds until the next attempt after so many failures in a row; `jitter` is a random number below 1.

        What the other side `asked` for holds where it is longer.
        """
        # Doubling further than that would not change anything, but for an overflow.
        plain = min(min(self.first, self.longest) * 2.0 ** min(failures - 1, 30), self.longest)
        return max(plain * (1 + _SPREAD * jitter), min(asked or 0.0, LONGEST_ASKED))


def verdict_of(status: int) -> Verdict:
    """What a status says of a delivery. A redirect is refused: it could lead anywhere (WebSub §7)."""
    if 200 <= status < 300:
        return Verdict.DONE
    if status in _LATER or status >= 500:
        return Verdict.RETRY
    return Verdict.GONE if status == 410 else Verdict.REFUSED


def asked_pause(retry_after: str | None, now: datetime) -> float | None:
    """The seconds that the header `Retry-After` asks for, as a number or a date (RFC 9110, 10.2.3); else None."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_ASKED)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return None if moment.tzinfo is None else max(0.0, min((moment - now).total_seconds(), LONGEST_ASKED))
