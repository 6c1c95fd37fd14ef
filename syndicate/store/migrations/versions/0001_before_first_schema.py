"""The first schema. Runs before deploy."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables."""
    _articles()
    _found_by_tag()
    _made_of_articles()
    _published()
    _scheduled()
    _told()


def _articles() -> None:
    """Articles with their revisions, and the counters that number them."""
    op.create_table(
        "counter",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "article",
        sa.Column("id", _key, primary_key=True),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("guid", name="uq_article_guid"),
    )
    op.create_table(
        "revision",
        sa.Column("id", _key, primary_key=True),
        sa.Column("article_id", _key, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("embargo", sa.BigInteger()),
        sa.Column("expires", sa.BigInteger()),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("article_id", "version", name="uq_revision_article_id_version"),
    )
    op.create_index("ix_article_published", "article", ["published"])
    op.create_index("ix_revision_embargo", "revision", ["embargo"])
    op.create_index("ix_revision_expires", "revision", ["expires"])


def _found_by_tag() -> None:
    """What feeds are selected by."""
    op.create_table(
        "tag",
        sa.Column("id", _key, primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.UniqueConstraint("name", name="uq_tag_name"),
    )
    op.create_table(
        "revision_tag",
        sa.Column("tag_id", _key, primary_key=True, autoincrement=False),
        sa.Column("updated", sa.BigInteger(), primary_key=True),
        sa.Column("revision_id", _key, primary_key=True, autoincrement=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_revision_tag_tag_id_published_revision_id", "revision_tag", ["tag_id", "published", "revision_id"]
    )


def _made_of_articles() -> None:
    """What is rendered or found once and kept, and the log of changes that tells what is to be made again."""
    op.create_table(
        "fragment",
        sa.Column("revision_id", _key, sa.ForeignKey("revision.id"), primary_key=True),
        sa.Column("format", sa.Text(), primary_key=True),
        sa.Column("content", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("findings", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("deflated", sa.LargeBinary()),
    )
    op.create_table(
        "memo",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "change",
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("article_id", _key, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_change_kind_number", "change", ["kind", "number"])


def _published() -> None:
    """What is published, held and accepted, and up to which change."""
    op.create_table(
        "output",
        sa.Column("feed", sa.Text(), primary_key=True),
        sa.Column("format", sa.Text(), primary_key=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text()),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger()),
        sa.Column("checked_at", sa.BigInteger(), nullable=False),
        sa.Column("held_since", sa.BigInteger()),
        sa.Column("left_out", sa.LargeBinary(), nullable=False),
        sa.Column("findings", sa.LargeBinary(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "acceptance",
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("findings", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "stamp",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("value", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "cursor",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
    )


def _scheduled() -> None:
    """The scheduled runs."""
    op.create_table(
        "run",
        sa.Column("job", sa.Text(), primary_key=True),
        sa.Column("slot", sa.BigInteger(), primary_key=True),
        sa.Column("owner", sa.Text()),
        sa.Column("fence", sa.BigInteger()),
        sa.Column("lease_until", sa.BigInteger()),
        sa.Column("started_at", sa.BigInteger()),
        sa.Column("done_at", sa.BigInteger()),
        sa.Column("outcome", sa.Text()),
        sa.Column("detail", sa.Text()),
    )
    op.create_index("ix_run_done_at_slot", "run", ["done_at", "slot"])


def _told() -> None:
    """Who is told of changes at once: hubs of other people, and the subscribers of the own one."""
    op.create_table(
        "ping",
        sa.Column("hub", sa.Text(), primary_key=True),
        sa.Column("topic", sa.Text(), primary_key=True),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("put_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("next_try", sa.BigInteger(), nullable=False),
        sa.Column("failing_since", sa.BigInteger()),
        sa.Column("answered_at", sa.BigInteger()),
        sa.Column("answer", sa.Text()),
    )
    op.create_index("ix_ping_state_next_try", "ping", ["state", "next_try"])
    op.create_table(
        "subscription",
        sa.Column("topic", sa.Text(), primary_key=True),
        sa.Column("callback", sa.Text(), primary_key=True),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text()),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("verified_at", sa.BigInteger(), nullable=False),
        sa.Column("delivered_sha256", sa.Text()),
        sa.Column("delivered_at", sa.BigInteger()),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("next_try", sa.BigInteger(), nullable=False),
        sa.Column("failing_since", sa.BigInteger()),
        sa.Column("answer", sa.Text()),
        sa.Column("fence", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_subscription_host", "subscription", ["host"])
    op.create_table(
        "intent",
        sa.Column("topic", sa.Text(), primary_key=True),
        sa.Column("callback", sa.Text(), primary_key=True),
        sa.Column("mode", sa.Text(), primary_key=True),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text()),
        sa.Column("lease_seconds", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("published_sha256", sa.Text()),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("next_try", sa.BigInteger(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_intent_host", "intent", ["host"])
