"""What `creativeWorkStatus` means: schema.org leaves the words to those who write them."""

from syndicate.model.article import Status

_MEANT = {
    **dict.fromkeys(
        ("usable", "published", "publish", "public", "final", "complete", "completed", "released", "live", "active"),
        Status.USABLE,
    ),
    **dict.fromkeys(("withheld", "draft", "incomplete", "pending", "private"), Status.WITHHELD),
    **dict.fromkeys(("canceled", "cancelled", "withdrawn", "deleted", "killed", "retracted"), Status.CANCELED),
}


def status_of(stated: str | None) -> tuple[Status, str | None]:
    """The status, and a clause where it is not the one stated: what nobody knows must not go out."""
    word = (stated or "").strip().rstrip("/").rpartition("/")[2].strip().lower()
    if not word:
        return Status.USABLE, None
    status = _MEANT.get(word)
    if status is None:
        return Status.WITHHELD, f"withheld: nobody knows the status {word[:40]!r}"
    is_other = status is Status.WITHHELD and word != status.value
    return status, f"{word!r} is not finished: withheld" if is_other else None
