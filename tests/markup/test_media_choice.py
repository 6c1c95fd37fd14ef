"""Which file is shown, and which one goes along."""

from dataclasses import replace

import pytest

from syndicate.markup.media_choice import attached, credit_of, files, posters, type_of
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from tests.formats.story import STORY

PICTURE = Media(id="p", type=MediaType.PICTURE, renditions=(Rendition(href="https://x/p.jpg"),))
LEAD = replace(PICTURE, id="l", role=MediaRole.LEAD, renditions=(Rendition(href="https://x/l.png"),))
SOUND = Media(id="s", type=MediaType.AUDIO, renditions=(Rendition(href="https://x/s.mp3"),))
VIDEO = Media(
    id="v",
    type=MediaType.VIDEO,
    renditions=(
        Rendition(href="https://x/v.jpg", width=1900),
        Rendition(href="https://x/v.webm", width=1280),
        Rendition(href="https://x/v.mp4", width=1280),
        Rendition(href="https://x/v-4k.mp4", width=3840),
    ),
)


@pytest.mark.parametrize(
    ("rendition", "expected"),
    [
        (Rendition(href="https://x/a.JPEG?w=1.png#x"), "image/jpeg"),
        (Rendition(href="https://x/a.jpg", type="image/webp"), "image/webp"),
        (Rendition(href="https://x/a.jpg", type="jpeg picture"), "image/jpeg"),
        (Rendition(href="https://x/a"), None),
        (Rendition(href="https://x.mp4/a"), None),
    ],
)
def test_type_of(rendition: Rendition, expected: str | None) -> None:
    assert type_of(rendition) == expected


def test_the_widest_file_within_bounds_and_of_a_common_type_comes_first() -> None:
    assert [one.href for one, _, _ in files(VIDEO)] == ["https://x/v.mp4", "https://x/v.webm", "https://x/v-4k.mp4"]
    assert [one.href for one in posters(VIDEO)] == ["https://x/v.jpg"]
    assert [kind for _, _, kind in files(replace(VIDEO, renditions=VIDEO.renditions[:1]))] == ["image"]
    assert files(Media(id="n", type=MediaType.PICTURE)) == ()


@pytest.mark.parametrize(
    ("media", "href"),
    [
        ((PICTURE, LEAD, SOUND, VIDEO), "https://x/v.mp4"),
        ((PICTURE, LEAD, SOUND), "https://x/s.mp3"),
        ((PICTURE, LEAD), "https://x/l.png"),
        ((PICTURE,), "https://x/p.jpg"),
        ((replace(VIDEO, renditions=()), replace(VIDEO, renditions=VIDEO.renditions[:1]), PICTURE), "https://x/p.jpg"),
        ((replace(PICTURE, renditions=(Rendition(href="https://x/p"),)),), None),
        ((Media(id="d", type=MediaType.DOCUMENT, renditions=(Rendition(href="https://x/d.pdf"),)),), None),
        ((), None),
    ],
)
def test_attached(media: tuple[Media, ...], href: str | None) -> None:
    found = attached(replace(STORY, media=media))
    assert (found[1].href if found else None) == href


@pytest.mark.parametrize(
    ("credit", "source", "expected"),
    [("Kim", "HP", "Kim / HP"), ("Kim/HP", "HP", "Kim/HP"), (None, "HP", "HP"), ("Kim", None, "Kim"), (None, None, "")],
)
def test_credit_of(credit: str | None, source: str | None, expected: str) -> None:
    assert credit_of(replace(PICTURE, credit=credit, source=source)) == expected
