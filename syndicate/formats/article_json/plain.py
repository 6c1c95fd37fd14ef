"""The body and media of an article that need no change: from values as read to values as kept, no object between.

All or nothing, a third of the cost: an article with a picture that is not among its media, an address that must be
completed, a type left out, is made the long way (`body.content_of`). What is read here is what the long way gives (a
test compares the two), so nothing depends on this file but time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from syndicate.markup.addresses import is_plain
from syndicate.markup.article_doc import MAYBE_TEXT, RENDITION, Unfit, fit_list, fit_number, fit_text
from syndicate.markup.article_json import block_values
from syndicate.markup.html_inline import text_of
from syndicate.markup.html_media import Picture, is_tracking, source_of, tells_more
from syndicate.markup.html_plain import Figure, parts_of
from syndicate.model.body import Block, Paragraph
from syndicate.model.media import MediaRole, MediaType

_Values = dict[str, Any]

_TYPES = frozenset(map(str, MediaType))
_ROLES = frozenset(map(str, MediaRole))


@dataclass(frozen=True, slots=True)
class Plain:
    """Blocks and media as `article_json.dumps` writes them."""

    blocks: list[_Values]
    media: list[_Values]


def plain_content(values: Mapping[str, Any]) -> Plain | None:
    """What `content_of` makes of body HTML and media without a change or a repair; None when it takes more than that.

    The texts are `repaired` ones.
    """
    html = values.get("body_html")
    if type(html) is not str or values.get("body") or ("<" not in html and "&" not in html):
        return None
    try:
        media = [_media(one) for one in fit_list(values.get("media") or [])]
        if len({one["id"] for one in media}) < len(media):
            return None
        parts = parts_of(html, sound=True)
        return None if parts is None else Plain([_block(part, media) for part in parts], media)
    except (Unfit, KeyError, TypeError, AttributeError):
        return None


def _block(part: Block | Figure, media: Sequence[_Values]) -> _Values:
    if type(part) is Paragraph:
        return {"type": "paragraph", "html": part.html}
    return _shown(part, media) if isinstance(part, Figure) else block_values(part)


def _shown(figure: Figure, media: Sequence[_Values]) -> _Values:
    """The place of the figure's picture, which is among the media and says no more than they do."""
    address = source_of(Picture("img", figure.image))
    if is_tracking(figure.image) or not is_plain(address):
        raise Unfit
    caption = text_of(figure.caption).strip()
    for one in media:
        if any(rendition["href"] == address for rendition in one["renditions"]):
            own = (one["caption"], one["credit"], one["title"], one["source"])
            if caption and (one["caption"] is None or tells_more(caption, *own)):
                raise Unfit
            return {"type": "media", "media": one["id"]}
    raise Unfit


def _media(values: _Values) -> _Values:
    get = values.get
    texts = name, title, caption, credit, source = (
        get("name"), get("title"), get("caption"), get("credit"), get("source"),
    )  # fmt: skip
    if not MAYBE_TEXT.issuperset(map(type, texts)) or "" in texts:
        raise Unfit
    if values["type"] not in _TYPES or values["role"] not in _ROLES:
        raise Unfit
    return {
        "id": fit_text(values["id"]),
        "type": values["type"],
        "role": values["role"],
        "name": name,
        "title": title,
        "caption": caption,
        "credit": credit,
        "source": source,
        "duration": fit_number(get("duration")),
        "renditions": [_rendition(*RENDITION(one)) for one in fit_list(get("renditions", []))],
    }


def _rendition(href: Any, kind: Any, width: Any, height: Any, size: Any) -> _Values:
    if not is_plain(fit_text(href)) or (kind is not None and not fit_text(kind)):
        raise Unfit
    return {
        "href": href,
        "type": kind,
        "width": fit_number(width),
        "height": fit_number(height),
        "bytes": fit_number(size),
    }
