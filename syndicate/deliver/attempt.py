"""One request to somebody else's server, and what came of it as a value."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from syndicate.deliver.retry import Verdict, asked_pause, verdict_of
from syndicate.errors import AddressRefused, FetchError
from syndicate.fetch import Answer, Fetcher, Limits
from syndicate.networks import networks
from syndicate.version import version

# Seconds for one attempt in all, and bytes of an answer that are read.
SECONDS = 10.0
_MOST = 64 * 1024
_LEAVE = "name its network in [websub] allow if it is in the house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of one request: the verdict, in words what was `said`, for how many seconds it `asked` to be left."""

    verdict: Verdict
    said: str
    asked: float | None = None
    body: bytes = b""


def courier(publisher_url: str, allow: Iterable[str], monotonic: Callable[[], float], seconds: float) -> Fetcher:
    """What makes requests for deliveries: nothing inside the house but in the networks of `allow`, no long answers."""
    contact = f" (WebSub; +{publisher_url})" if publisher_url.isascii() and publisher_url.isprintable() else ""
    return Fetcher(
        agent=f"syndicate/{version() or '0'}{contact}",
        monotonic=monotonic,
        allow=networks(allow),
        leave=_LEAVE,
        limits=Limits(seconds=seconds, size=_MOST),
    )


def attempt(ask: Callable[[], Answer], now: datetime) -> Attempt:
    """What came of the request that `ask` makes."""
    try:
        answer = ask()
    except AddressRefused as error:
        return Attempt(verdict=Verdict.REFUSED, said=f"{error.problem}; {error.cure}")
    except FetchError as error:
        return Attempt(verdict=Verdict.RETRY, said=error.problem)
    return Attempt(
        verdict=verdict_of(answer.status),
        said=f"{answer.status} {answer.reason}".rstrip(),
        asked=asked_pause(answer.header("retry-after"), now),
        body=answer.body,
    )
