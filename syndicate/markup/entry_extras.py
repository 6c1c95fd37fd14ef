"""What an entry says beyond plain RSS and Atom, as escaped XML: Dublin Core and Media RSS.

The prefixes are those of `RSS_PREFIXES` and `ATOM_PREFIXES`; the frame declares them.
"""

from collections.abc import Iterator
from functools import lru_cache

from syndicate.markup.body_html import size
from syndicate.markup.dates import rfc3339
from syndicate.markup.entry import Entry
from syndicate.markup.escape import attribute, escape
from syndicate.markup.media_choice import File, Kind, credit_of, files, posters
from syndicate.markup.namespaces import names
from syndicate.model.media import Media, Rendition

_MEDIA = {"media": names.MEDIA}
_DUBLIN_CORE = {"dc": names.DUBLIN_CORE, "dcterms": names.DUBLIN_CORE_TERMS}
RSS_PREFIXES = {**_DUBLIN_CORE, **_MEDIA}
ATOM_PREFIXES = _MEDIA


def dublin_core(entry: Entry) -> str:
    """Authors, language, rights and the time of the last change: RSS has no good place for them."""
    pieces = [f"<dc:creator>{escape(author.name)}</dc:creator>" for author in entry.authors]
    pieces += [f"<dc:contributor>{escape(one.name)}</dc:contributor>" for one in entry.contributors]
    pieces.append(f"<dc:language>{escape(entry.language)}</dc:language>")
    if entry.rights:
        pieces.append(f"<dc:rights>{escape(entry.rights)}</dc:rights>")
    # Some partners take up a changed story only when a date tells them that it changed.
    if entry.updated > entry.published:
        pieces.append(f"<dcterms:modified>{rfc3339(entry.updated)}</dcterms:modified>")
    return "".join(pieces)


# Both formats of an entry are made one after the other.
@lru_cache(maxsize=4)
def media_rss(entry: Entry) -> str:
    """Each media that has an address: one `media:content`, or a `media:group` where it has several files.

    The best file comes first. Texts that are plain text say so by default (Media RSS 1.5.1, `type`).
    """
    return "".join(_one(media) for media in entry.media if media.renditions)


def _one(media: Media) -> str:
    found = files(media)
    small = posters(media) or ([found[-1][0]] if len(found) > 1 and found[-1][2] == "image" else ())
    texts = "".join([*_texts(media), *map(_thumbnail, small)])
    first, *others = [_attributes(media.duration, file) for file in found]
    if not others:
        return f"<media:content{first}>{texts}</media:content>"
    contents = "".join([f"<media:content{one}/>" for one in others])
    return f'<media:group><media:content{first} isDefault="true"/>{contents}{texts}</media:group>'


def _texts(media: Media) -> Iterator[str]:
    if media.title:
        yield f"<media:title>{escape(media.title)}</media:title>"
    if media.caption:
        yield f"<media:description>{escape(media.caption)}</media:description>"
    if credit := credit_of(media):
        yield f"<media:credit>{escape(credit)}</media:credit>"


def _thumbnail(rendition: Rendition) -> str:
    return f'<media:thumbnail url="{attribute(rendition.href)}"{size(rendition)}/>'


def _attributes(duration: int | None, file: File) -> str:
    rendition, stated, medium = file
    length = f' fileSize="{rendition.bytes}"' if rendition.bytes else ""
    timed = f' duration="{duration}"' if duration is not None and medium in {"video", "audio"} else ""
    return f' url="{attribute(rendition.href)}"{length}{_kind(stated, medium)}{timed}{size(rendition)}'


# The same few types again and again.
@lru_cache(maxsize=256)
def _kind(stated: str | None, medium: Kind) -> str:
    return f' type="{attribute(stated)}" medium="{medium}"' if stated else f' medium="{medium}"'
