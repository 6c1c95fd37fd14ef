"""The schema that the migrations and `empty.sql` are checked against; nothing loads it at run time.

Times are UTC microseconds since 1970, so that both databases compare them alike.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


_Key = BigInteger().with_variant(Integer, "sqlite")

counter = Table(
    "counter",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

article = Table(
    "article",
    metadata,
    Column("id", _Key, primary_key=True),
    Column("guid", Text, nullable=False, unique=True),
    # Written once, with the first revision: it never changes (there is no statement that updates it).
    Column("published", BigInteger, nullable=False, index=True),
)

revision = Table(
    "revision",
    metadata,
    Column("id", _Key, primary_key=True),
    Column("article_id", ForeignKey("article.id"), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("embargo", BigInteger, index=True),
    Column("expires", BigInteger, index=True),
    # Whether rows of revision_tag stand for this revision.
    Column("listed", Boolean, nullable=False),
    Column("doc", LargeBinary, nullable=False),
    Column("source", Text, nullable=False),
    Column("batch", BigInteger, nullable=False),
    Column("accepted", BigInteger, nullable=False),
    UniqueConstraint("article_id", "version"),
)

tag = Table(
    "tag",
    metadata,
    Column("id", _Key, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)

# One row per tag of every revision that can still be shown; a feed is a range of one of the two indexes.
# No foreign keys: rows are written with what they point to, which is never deleted, and looking it up again for each of
# a dozen rows of an article takes as long as writing them.
revision_tag = Table(
    "revision_tag",
    metadata,
    Column("tag_id", _Key, primary_key=True, autoincrement=False),
    Column("updated", BigInteger, primary_key=True),
    Column("revision_id", _Key, primary_key=True, autoincrement=False),
    Column("published", BigInteger, nullable=False),
    Index(None, "tag_id", "published", "revision_id"),
    sqlite_with_rowid=False,
)

# Articles rendered in one format and variant, with what the rules found in them. `key` says by which code and settings;
# a fragment under another key is rendered again. A withdrawn or replaced revision loses its fragments.
# What a document is decided from stands before the bytes, so that it is read without them.
fragment = Table(
    "fragment",
    metadata,
    Column("revision_id", ForeignKey("revision.id"), primary_key=True),
    Column("format", Text, primary_key=True),
    Column("content", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("findings", LargeBinary, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("deflated", LargeBinary),
)

# What can be made again at any time, and is kept because it takes long; under another key it does not count.
memo = Table(
    "memo",
    metadata,
    Column("name", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),
)

# Numbered from the counter `change` in the transaction that adds the revision: no holes, order of commit.
change = Table(
    "change",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("article.id"), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index(None, "kind", "number"),
)

# What is published of each feed in each format, and what was held back.
output = Table(
    "output",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("format", Text, primary_key=True),
    Column("path", Text, nullable=False),
    Column("sha256", Text),
    Column("items", Integer, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("published_at", BigInteger),
    Column("checked_at", BigInteger, nullable=False),
    Column("held_since", BigInteger),
    Column("left_out", LargeBinary, nullable=False),
    Column("findings", LargeBinary, nullable=False),
    Column("fence", BigInteger, nullable=False),
)

# Documents that a person let out although their changes looked wrong, and why.
acceptance = Table(
    "acceptance",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("feed", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("findings", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
)

# What the last whole export was made from and left (see `store.stamp`).
stamp = Table(
    "stamp",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

cursor = Table(
    "cursor",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("job", Text, primary_key=True),
    Column("slot", BigInteger, primary_key=True),
    Column("owner", Text),
    Column("fence", BigInteger),
    Column("lease_until", BigInteger),
    Column("started_at", BigInteger),
    Column("done_at", BigInteger),
    Column("outcome", Text),
    Column("detail", Text),
    Index(None, "done_at", "slot"),
)

# Hubs of other people and what they have to be told of: an outbox in which the newest change of a document wins.
ping = Table(
    "ping",
    metadata,
    Column("hub", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("turn", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("put_at", BigInteger, nullable=False),
    Column("attempts", BigInteger, nullable=False),
    Column("next_try", BigInteger, nullable=False),
    Column("failing_since", BigInteger),
    Column("answered_at", BigInteger),
    Column("answer", Text),
    Index(None, "state", "next_try"),
)

# Who has subscribed at the own hub. `delivered_sha256` is the version that the subscriber has or has refused, NULL when
# that is not known; what is published and is another one is owed to it.
subscription = Table(
    "subscription",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("callback", Text, primary_key=True),
    Column("host", Text, nullable=False, index=True),
    Column("secret", Text),
    Column("lease_until", BigInteger, nullable=False),
    Column("verified_at", BigInteger, nullable=False),
    Column("delivered_sha256", Text),
    Column("delivered_at", BigInteger),
    Column("attempts", BigInteger, nullable=False),
    Column("next_try", BigInteger, nullable=False),
    Column("failing_since", BigInteger),
    Column("answer", Text),
    Column("fence", BigInteger, nullable=False),
)

# What subscribers have asked for and not confirmed yet, and what they are to be told of the end of a subscription.
intent = Table(
    "intent",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("callback", Text, primary_key=True),
    Column("mode", Text, primary_key=True),
    Column("host", Text, nullable=False, index=True),
    Column("secret", Text),
    Column("lease_seconds", BigInteger, nullable=False),
    Column("reason", Text),
    Column("published_sha256", Text),
    Column("attempts", BigInteger, nullable=False),
    Column("next_try", BigInteger, nullable=False),
    Column("fence", BigInteger, nullable=False),
)
