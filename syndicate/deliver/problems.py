"""What of all deliveries needs a person."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from syndicate.store.pings import REFUSED, Ping

# A hub that has been failing for so long needs a person.
PATIENCE = timedelta(minutes=10)


def problems(found: Iterable[Ping], now: datetime) -> Iterator[str]:
    """What a person should see to, in lines: hubs that refuse, and hubs that have been failing for long."""
    by_hub: dict[tuple[str, str], list[Ping]] = {}
    for one in found:
        is_failing = one.failing_since is not None and now - one.failing_since >= PATIENCE
        if one.state == REFUSED or is_failing:
            by_hub.setdefault((one.hub, one.state), []).append(one)
    for (hub, state), some in by_hub.items():
        count = f"{len(some)} document{'' if len(some) == 1 else 's'}"
        first = min(one.failing_since or one.put_at for one in some).isoformat(timespec="seconds")
        if state == REFUSED:
            yield f"hub {hub}: refuses to be told of {count}: {some[0].answer}; mend that, then: syndicate websub retry"
        else:
            yield f"hub {hub}: could not be told of {count} since {first}: {some[0].answer}"
