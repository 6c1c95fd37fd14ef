"""A feed as its definition gives it, and the publisher it belongs to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from syndicate.model.content import Content
from syndicate.model.cron import Cron
from syndicate.model.profile import Profile
from syndicate.model.visibility import Audience


class Order(StrEnum):
    """By which time a feed is ordered, newest first; also the time that `max_age` is measured by."""

    UPDATED = "updated"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes. `tag_authority` is `domain,date` of RFC 4151: what guids are minted from."""

    name: str
    url: str
    language: str
    tag_authority: str
    rights: str | None = None

    @property
    def since(self) -> datetime:
        """The first instant of the tag authority's date: no feed of this publisher is older."""
        year, *rest = self.tag_authority.partition(",")[2].split("-")
        month, day = (int(part) for part in [*rest, "1", "1"][:2])
        return datetime.fromisoformat(f"{int(year):04}-{month:02}-{day:02}T00:00:00+00:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Conditions on an article; all fields with values must hold, any value of a field is enough."""

    sections: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """What is made of articles before they are rendered: how much of them goes out, shaped for which partner."""

    content: Content = Content.FULL
    profile: Profile | None = None

    @property
    def label(self) -> str:
        """A short name for it, the same for every version of a profile."""
        return self.content.value if self.profile is None else f"{self.content.value} {self.profile.name}"

    @property
    def mark(self) -> str:
        """What changes with the profile."""
        return "" if self.profile is None else self.profile.mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed: which articles, how many, in which formats, when.

    `schedule` is None for a feed that is built on change; `zone` is the IANA zone that its cron times are meant in.
    `cache` is for how many seconds readers may keep its documents, None for the server's own number; `withdrawn` is how
    long a story that was withdrawn is told of, in formats that can. `profile` is that of the partner whom the feed is
    for. `max_bytes` is the most that a document may have; `archive` is how many articles are on a page of the archive
    that holds what the document does not, None for no archive. An `early` feed holds what is under embargo too, for a
    partner whose contract gives it to him. `destination` is for whom messages are, as their header says. One that
    is not `public` is neither listed nor served.
    """

    id: str
    title: str
    link: str
    description: str
    language: str
    formats: tuple[str, ...]
    select: Selection = Selection()
    exclude: Selection = Selection()
    limit: int = 50
    max_age: timedelta | None = None
    content: Content = Content.FULL
    order: Order = Order.UPDATED
    schedule: Cron | None = None
    zone: str = "UTC"
    cache: int | None = None
    withdrawn: timedelta = timedelta(days=7)
    profile: Profile | None = None
    max_bytes: int | None = None
    archive: int | None = None
    early: bool = False
    public: bool = True
    destination: str | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether it is neither shown nor served: its folder is for a partner, who gets it in another way."""
        return self.early or not self.public

    @property
    def audience(self) -> Audience:
        """For whom its articles are selected."""
        return Audience.PARTNER if self.early else Audience.PUBLIC

    @property
    def cut(self) -> Cut:
        """What is made of its articles; a partner's profile says how much of them goes out."""
        return Cut(self.content if self.profile is None else self.profile.content, self.profile)
