"""What a reader hands to ingest: an article to be, or the reason why there is none."""

from dataclasses import dataclass
from datetime import datetime

from syndicate.model.article import Article, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One thing the reader changed so that the text can be published; `what` is a clause for people."""

    field: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as its source gives it, before it has met the store.

    `article.guid` is empty when the source names none; it is then minted from `identity` (the file's name or the
    article's `url`). `article.derived` names what the reader inferred; inferred times are those of `Reading.now`.
    `stated_version` is the version that the source names, None when it names none. `line` is 1-based. `lost` names
    what stood in the source and has no place in an article (`contentMeta/audience`), each once, in its order there.
    """

    article: Article
    identity: str
    file: str
    line: int | None = None
    stated_version: int | None = None
    repairs: tuple[Repair, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An article that its source gives as it is kept: `doc` is the whole of it in JSON, the rest what is searched.

    It has a guid; `stated_version`, `file`, `line` and `repairs` are those of a Draft. Version 1 stands in `doc` when
    none is stated.
    """

    guid: str
    stated_version: int | None
    status: Status
    published: datetime
    updated: datetime
    embargo: datetime | None
    expires: datetime | None
    tags: tuple[str, ...]
    doc: bytes
    file: str
    line: int
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a file that holds one article, not yet read; `line` (1-based) is where it begins."""

    data: bytes
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Input that is no article, and why; `guid` when it was readable."""

    file: str
    line: int | None
    reason: str
    guid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What every reader is told: the import's moment, and the language of articles that state none."""

    now: datetime
    language: str = "en"
