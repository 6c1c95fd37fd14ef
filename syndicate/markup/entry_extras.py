"""What an entry says beyond plain RSS and Atom, as escaped XML: Dublin Core and Media RSS.

The prefixes are those of `RSS_PREFIXES` and `ATOM_PREFIXES`; the frame declares them.
"""

from collections.abc import Iterator

from syndicate.markup.dates import rfc3339
from syndicate.markup.entry import Entry, MediaFile, MediaObject
from syndicate.markup.html_inline import escape

_MEDIA = {"media": "http://search.yahoo.com/mrss/"}
_DUBLIN_CORE = {"dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/"}
RSS_PREFIXES = {**_DUBLIN_CORE, **_MEDIA}
ATOM_PREFIXES = _MEDIA


def attribute(value: str) -> str:
    """The text as the value of an attribute in double quotes. Line ends and tabs survive parsing."""
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return value if value.isprintable() else value.replace("\n", "&#10;").replace("\t", "&#9;")


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


def media_rss(entry: Entry) -> str:
    """Each media object: one `media:content`, or a `media:group` of them where there are several files."""
    return "".join(_grouped(media) if len(media.files) > 1 else _single(media) for media in entry.media if media.files)


def _grouped(media: MediaObject) -> str:
    files = "".join(
        f"<media:content{_of_file(file)}{_of_media(media, file)}{_DEFAULT if index == 0 else ''}/>"
        for index, file in enumerate(media.files)
    )
    return f"<media:group>{files}{''.join(_texts(media))}</media:group>"


def _single(media: MediaObject) -> str:
    file = media.files[0]
    texts = "".join(_texts(media))
    return f"<media:content{_of_file(file)}{_of_media(media, file)}>{texts}</media:content>"


def _texts(media: MediaObject) -> Iterator[str]:
    if media.title:
        yield f"<media:title>{escape(media.title)}</media:title>"
    if media.description:
        yield f"<media:description>{escape(media.description)}</media:description>"
    if media.credit:
        yield f"<media:credit>{escape(media.credit)}</media:credit>"
    for one in media.thumbnails:
        yield f'<media:thumbnail url="{attribute(one.url)}"{_size(one)}/>'


_DEFAULT = ' isDefault="true"'


def _of_file(file: MediaFile) -> str:
    size = f' fileSize="{file.bytes}"' if file.bytes else ""
    kind = f' type="{attribute(file.type)}"' if file.type else ""
    return f' url="{attribute(file.url)}"{size}{kind} medium="{file.medium}"{_size(file)}'


def _of_media(media: MediaObject, file: MediaFile) -> str:
    timed = media.duration is not None and file.medium in {"video", "audio"}
    return f' duration="{media.duration}"' if timed else ""


def _size(file: MediaFile) -> str:
    width = f' width="{file.width}"' if file.width else ""
    return f'{width} height="{file.height}"' if file.height else width
