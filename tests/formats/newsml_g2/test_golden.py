"""The message of the made-up story, byte for byte. `python -m tests.formats.newsml_g2.test_golden` writes it anew.

Look through the difference before committing it, and raise RENDERER_VERSION with it.
"""

from datetime import UTC, datetime
from pathlib import Path

from syndicate.formats.newsml_g2 import names, render, rules
from syndicate.markup.places import parse_places
from syndicate.model.feed import Content
from tests.formats.story import PUBLISHER, STORY, envelope

GOLDEN = Path(__file__).parent / "golden" / "message.xml"


def made() -> bytes:
    """The message with the story alone."""
    head, tail = render.frame(envelope(names.FILE_NAME))
    return head + render.fragment(STORY, PUBLISHER, Content.FULL) + tail


def test_the_message_is_the_kept_one() -> None:
    assert made().decode() == GOLDEN.read_text(encoding="utf-8")


def test_the_kept_one_is_without_faults() -> None:
    data = GOLDEN.read_bytes()
    now = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    assert list(rules.check(parse_places(data), data, "newsml-g2-2.35", now)) == []


if __name__ == "__main__":
    GOLDEN.write_bytes(made())
