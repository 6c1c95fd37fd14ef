"""The documents of the made-up story, as they are kept in `golden/`. `python -m tests.formats.golden` writes them anew.

There is one for each content level that gives other bytes; what becomes of a story in time is in `tests/life`. Formats
whose documents hang on more than the story (NewsML, NITF, ninjs, RSS 1.0, podcasts) keep theirs by tests of their own.
Look through the difference before committing it.
"""

from pathlib import Path

from syndicate.formats import base as formats
from syndicate.model.content import Content
from tests.formats.story import PUBLISHER, STORY, envelope

HERE = Path(__file__).parent
NAMES = ("rss", "atom", "jsonfeed", "preview", "json-ld", "html-fragment", "plain-text")
# These say the same whatever the content level.
SITEMAPS = ("sitemap", "news-sitemap", "video-sitemap")


def document(name: str, content: Content) -> bytes:
    """The feed with the story alone."""
    renderer = formats.renderer(name)
    head, tail = renderer.frame(envelope(formats.written_facts(name).FILE_NAME))
    return head + renderer.fragment(STORY, PUBLISHER, content) + tail


def path(name: str, content: Content) -> Path:
    """Where that document is kept."""
    suffix = formats.each(name) or Path(formats.written_facts(name).FILE_NAME).suffix
    return HERE / name.replace("-", "_") / "golden" / f"{content.value}{suffix}"


def main() -> None:
    """Write all of them."""
    for name in (*NAMES, *SITEMAPS):
        for content in Content if name in NAMES else (Content.FULL,):
            path(name, content).parent.mkdir(exist_ok=True)
            path(name, content).write_bytes(document(name, content))


if __name__ == "__main__":
    main()
