"""Health in a word, for load balancers, containers and whoever watches: well while every feed is fresh. Pure."""

from typing import Any

from syndicate.condition.look import Condition

UNHEALTHY = "unhealthy"
OK = "ok"


def health(found: Condition | None, problem: str | None, *, is_operator: bool) -> tuple[int, dict[str, Any]]:
    """The status of the answer, and what it says; which feeds and why only to operators.

    `found` is None while the store cannot be asked, `problem` says why.
    """
    stale = found.stale if found else ()
    is_well = found is not None and not stale
    said: dict[str, Any] = {"status": OK if is_well else UNHEALTHY}
    if is_operator and not is_well:
        said["problems"] = [
            {"feed": one.feed.id, "since": one.freshness.since, "reason": one.freshness.reason} for one in stale
        ]
        said["problems"] += [{"feed": None, "since": None, "reason": problem}] if found is None else []
    return (200 if is_well else 503), said
