"""The media of an article in JSON-LD, and back."""

from collections.abc import Iterator
from typing import Any

from syndicate.formats.json_ld import names as n
from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.dates import rfc3339
from syndicate.markup.json_ld_media import LinkedFile, LinkedMedia
from syndicate.markup.media_choice import files, posters, type_of
from syndicate.model.article import Article
from syndicate.model.draft import Repair
from syndicate.model.media import Media, MediaRole, MediaType, Rendition

_Members = dict[str, Any]
_TYPES = {
    MediaType.PICTURE: n.IMAGE_OBJECT,
    MediaType.GRAPHIC: n.IMAGE_OBJECT,
    MediaType.VIDEO: n.VIDEO_OBJECT,
    MediaType.AUDIO: n.AUDIO_OBJECT,
    MediaType.DOCUMENT: n.MEDIA_OBJECT,
}
_PLACES = {n.IMAGE_OBJECT: n.IMAGE, n.VIDEO_OBJECT: n.VIDEO, n.AUDIO_OBJECT: n.AUDIO}
_READ = {
    n.IMAGE_OBJECT: MediaType.PICTURE,
    "Photograph": MediaType.PICTURE,
    n.VIDEO_OBJECT: MediaType.VIDEO,
    "Clip": MediaType.VIDEO,
    n.AUDIO_OBJECT: MediaType.AUDIO,
}


def media_members(article: Article) -> _Members:
    """The media by the property that they stand in.

    Positions keep their order across the properties. Those without a file stand where nobody looks for one.
    """
    found: dict[str, list[_Members]] = {}
    for number, media in enumerate(article.media, 1):
        made = _written(media, article, number if len(article.media) > 1 else None)
        place = _PLACES.get(made[n.TYPE], n.ASSOCIATED_MEDIA) if media.renditions else n.ASSOCIATED_MEDIA
        found.setdefault(place, []).append(made)
    return {name: found.get(name, []) for name in (*_PLACES.values(), n.ASSOCIATED_MEDIA)}


def _written(media: Media, article: Article, position: int | None) -> _Members:
    best = files(media)[:1]
    is_timed = media.type in (MediaType.VIDEO, MediaType.AUDIO)
    return {
        n.TYPE: _TYPES[media.type],
        n.ADDITIONAL_TYPE: MediaType.GRAPHIC.value if media.type is MediaType.GRAPHIC else None,
        n.POSITION: position,
        n.NAME: media.title,
        n.CAPTION: media.caption,
        n.CREDIT_TEXT: media.credit,
        n.SOURCE_ORGANIZATION: {n.TYPE: n.ORGANIZATION, n.NAME: media.source} if media.source else None,
        n.DURATION: f"PT{media.duration}S" if media.duration is not None else None,
        n.UPLOAD_DATE: rfc3339(article.published) if is_timed and best else None,
        n.THUMBNAIL_URL: [one.href for one in posters(media)] if is_timed else [],
        **(_file(best[0][0]) if best else {}),
        n.ENCODING: _encodings(media),
    }


def _encodings(media: Media) -> list[_Members]:
    """All files in their order, where there are several."""
    if len(media.renditions) < 2:
        return []
    return [{n.TYPE: n.MEDIA_OBJECT, **_file(one)} for one in media.renditions]


def _file(rendition: Rendition) -> _Members:
    return {
        n.CONTENT_URL: rendition.href,
        n.ENCODING_FORMAT: rendition.type,
        n.WIDTH: rendition.width,
        n.HEIGHT: rendition.height,
        n.CONTENT_SIZE: None if rendition.bytes is None else str(rendition.bytes),
    }


def media_of(linked: tuple[LinkedMedia, ...], base: str | None, repairs: list[Repair]) -> tuple[Media, ...]:
    """The media that are told of; the first one leads, as none has a place in the text."""
    made: list[Media] = []
    for one in linked:
        renditions = tuple(_renditions(one, base, repairs))
        if not renditions and not one.name and not one.caption:
            continue
        kind = _READ.get(one.type, MediaType.DOCUMENT)
        if kind is MediaType.PICTURE and one.kind == MediaType.GRAPHIC.value:
            kind = MediaType.GRAPHIC
        made.append(
            Media(
                id=f"m{len(made) + 1}",
                type=kind,
                role=MediaRole.GALLERY if made else MediaRole.LEAD,
                title=one.name,
                caption=one.caption,
                credit=one.credit,
                source=one.source,
                duration=one.duration,
                renditions=renditions,
            )
        )
    return tuple(made)


def _renditions(linked: LinkedMedia, base: str | None, repairs: list[Repair]) -> Iterator[Rendition]:
    """The files, and the pictures that stand for them where these are known to be pictures."""
    known = {one.url for one in linked.files}
    pictures = [LinkedFile(url=url) for url in linked.thumbnails if url not in known and _is_picture(url)]
    others = pictures if linked.type != n.IMAGE_OBJECT or not known else []
    for one in (*linked.files, *others):
        try:
            href = absolute(one.url, base, WEB)
        except AddressError as error:
            repairs.append(Repair(field="media", what=f"{error} left out"))
            continue
        yield Rendition(href=href, type=one.format, width=one.width, height=one.height, bytes=one.size)


def _is_picture(url: str) -> bool:
    return (type_of(Rendition(href=url)) or "").startswith("image/")
