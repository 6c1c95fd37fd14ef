"""What becomes of a story, said once more in the plainest way, to hold the program against. Times are whole seconds."""

from dataclasses import dataclass, field

DAY = 86400


@dataclass
class Model:
    """A story: its newest revision, and those that are kept back by an embargo of their own."""

    published: int
    updated: int
    version: int = 1
    status: str = "usable"
    changed: int = 0
    embargo: int | None = None
    expires: int | None = None
    notice: str | None = None
    headline: str = ""
    text: str = ""
    was_out: bool = False
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.changed = self.updated

    def is_out(self, now: int) -> bool:
        """Whether the public may read it."""
        return (
            self.status == "usable"
            and self.published <= now
            and (self.embargo is None or self.embargo <= now)
            and (self.expires is None or self.expires > now)
        )

    def was_let_out(self, now: int) -> bool:
        """Whether it has been out at some time, expired or not."""
        return self.published <= now and (self.embargo is None or self.embargo <= now)

    def act(self, name: str, now: int, words: str, until: int) -> bool:
        """Do it if that is allowed; whether it was."""
        if not getattr(self, "_" + name)(now, words, until):
            return False
        self.version += 1
        self.updated = max(now, self.updated + 1, self.published)
        if name in ("correct", "kill", "take_down", "withhold", "release"):
            self.changed = self.updated
        return True

    def _correct(self, now: int, words: str, until: int) -> bool:
        if self.status == "canceled":
            return False
        self.notice, is_new = words, self.notice != words
        return is_new

    def _kill(self, now: int, words: str, until: int) -> bool:
        if self.status == "canceled":
            return False
        self.status, self.notice, self.text = "canceled", words, ""
        return True

    def _take_down(self, now: int, words: str, until: int) -> bool:
        if self.status == "canceled" and self.headline == "Taken down":
            return False
        self.status, self.notice, self.text, self.headline = "canceled", None, "", "Taken down"
        return True

    def _withhold(self, now: int, words: str, until: int) -> bool:
        if self.status != "usable":
            return False
        self.status, self.notice = "withheld", words
        return True

    def _release(self, now: int, words: str, until: int) -> bool:
        is_held = self.status == "withheld" or (self.embargo is not None and self.embargo > now)
        if self.status == "canceled" or not is_held:
            return False
        if self.status == "usable" or (self.embargo is not None and self.embargo <= now):
            self.embargo = None
        self.status, self.notice = "usable", words
        return True

    def _embargo(self, now: int, words: str, until: int) -> bool:
        is_over = self.status == "usable" and self.was_let_out(now)
        if self.status == "canceled" or until <= now or is_over or self.embargo == until:
            return False
        self.embargo = until
        return True

    def _expire(self, now: int, words: str, until: int) -> bool:
        if self.status == "canceled" or self.expires == until:
            return False
        self.expires = until
        return True
