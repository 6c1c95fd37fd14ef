"""The documents of the made-up story, as they are kept in `golden/`. `python -m tests.formats.golden` writes them anew.

Look through the difference before committing it.
"""

from pathlib import Path

from syndicate.formats import base as formats
from syndicate.model.feed import Content
from tests.formats.story import PUBLISHER, STORY, envelope

HERE = Path(__file__).parent
NAMES = ("rss", "atom", "jsonfeed", "preview")


def document(name: str, content: Content) -> bytes:
    """The feed with the story alone."""
    renderer = formats.renderer(name)
    head, tail = renderer.frame(envelope(formats.written_facts(name).FILE_NAME))
    return head + renderer.fragment(STORY, PUBLISHER, content) + tail


def path(name: str, content: Content) -> Path:
    """Where that document is kept."""
    suffix = Path(formats.written_facts(name).FILE_NAME).suffix
    return HERE / name / "golden" / f"{content.value}{suffix}"


def main() -> None:
    """Write all of them."""
    for name in NAMES:
        for content in Content:
            path(name, content).parent.mkdir(exist_ok=True)
            path(name, content).write_bytes(document(name, content))


if __name__ == "__main__":
    main()
