"""The text of a post, as its editor keeps it, to HTML: shortcodes, comments of the block editor, bare paragraphs."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from syndicate.formats.wxr.site import Attachment
from syndicate.markup.escape import attribute, escape
from syndicate.markup.html_parse import MAX_BYTES, HtmlError, is_too_large

_CODE = re.compile(r"(\[?)\[(?P<name>[A-Za-z][\w-]{1,40})(?P<given>(?:[\s=][^\[\]]*)?)/?\](\]?)")
_CLOSING = re.compile(r"\[/([A-Za-z][\w-]{1,40})\]")
_GIVEN = re.compile(r"""(?<![\w-])([A-Za-z_][\w-]*+)\s*+=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"</?a\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"(<[^<>]*>)")
_BLOCK = (
    r"address|article|aside|blockquote|details|div|dl|dt|dd|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|"
    r"iframe|li|main|nav|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_OPENS = re.compile(rf"<(?:{_BLOCK})(?:[\s/][^<>]*)?>", re.IGNORECASE)
_CLOSES = re.compile(rf"</(?:{_BLOCK})\s*>", re.IGNORECASE)
_STARTS = re.compile(rf"</?(?:{_BLOCK})[\s/>]", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_ADDRESS = re.compile(r"https?://[^\s<>\"\[\]]+\Z")
_EMBED = re.compile(r"(<figure\b[^<>]*+>)\s*+<div\b[^<>]*+>\s*+(https?://[^\s<>\"]++)\s*+</div>\s*+")
_IS_EMBED = re.compile(r"\bwp-block-embed\b")
_SOURCES = {
    "audio": ("src", "mp3", "m4a", "ogg", "wav"),
    "video": ("src", "mp4", "m4v", "webm", "ogv", "mov"),
}
_MOST_SHOWN = 20


@dataclass(slots=True, kw_only=True)
class Content:
    """What shortcodes refer to; `own` are the post's own attachments, `used` the numbers of those that were shown.

    `embeds` are the addresses of what is to be shown in the place of a link.
    """

    attachments: Mapping[str, Attachment]
    own: Sequence[Attachment] = ()
    used: set[str] = field(default_factory=set)
    embeds: set[str] = field(default_factory=set)
    left_out: dict[str, int] = field(default_factory=dict)

    def leave_out(self, what: str) -> None:
        """Note what has no place."""
        self.left_out[what] = self.left_out.get(what, 0) + 1

    def remarks(self) -> tuple[str, ...]:
        """What was left out, in clauses."""
        found = [what if count == 1 else f"{what} ({count} times)" for what, count in self.left_out.items()]
        return tuple(found[:_MOST_SHOWN])


def html_of(text: str, content: Content) -> str:
    """The post's text as HTML; HtmlError when it is beyond the bounds."""
    if is_too_large(text):
        raise HtmlError(f"the text is larger than {MAX_BYTES // 1024} KiB")
    text = _without_comments(text.replace("\r\n", "\n").replace("\r", "\n"))
    if "wp-block-embed" in text:
        text = _EMBED.sub(lambda found: _embed_block(found, content), text)
    return _paragraphs("".join(_bounded(_expanded(text, content))), content)


def _bounded(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces; HtmlError when they are too large together: a few letters stand for all pictures of a post."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MAX_BYTES:
            raise HtmlError(f"the text with what its shortcodes stand for is larger than {MAX_BYTES // 1024} KiB")
        yield piece


def _without_comments(text: str) -> str:
    pieces: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            # Nobody closes it: its words are text.
            return "".join([*pieces, text[at:].replace("<!--", "")])
        pieces.append(text[at:start])
        at = end + 3
    return "".join([*pieces, text[at:]])


def _expanded(text: str, content: Content) -> Iterator[str]:
    """The text with what shortcodes stand for. A word in brackets alone, such as [sic], is none of them."""
    closed = {name.lower() for name in _CLOSING.findall(text)}
    at = 0
    for found in _CODE.finditer(text):
        if found.start() < at:
            continue
        yield _without_ends(text[at : found.start()], content)
        at = found.end()
        name = found["name"].lower()
        if found[1] and found[4]:
            # Doubled brackets say that the shortcode itself is meant.
            yield found[0][1:-1]
            continue
        given = _given(found["given"])
        if name in _ENCLOSING and name in closed:
            end = text.find(f"[/{found['name']}]", at)
            if end >= 0:
                inner, at = text[at:end], end + len(name) + 3
                yield found[1] + _ENCLOSING[name](given, inner, content) + found[4]
                continue
            closed.discard(name)
        yield found[1] + _alone(found, name, given, closed, content) + found[4]
    yield _without_ends(text[at:], content)


def _without_ends(text: str, content: Content) -> str:
    """The text without the ends of shortcodes that are not known, whose content stays."""
    return _CLOSING.sub("", text)


def _alone(found: re.Match[str], name: str, given: Mapping[str, str], closed: set[str], content: Content) -> str:
    if name in _SINGLE:
        return _SINGLE[name](given, content)
    if not (given or name in closed or found[0].endswith("/]")):
        return found[0][len(found[1]) : len(found[0]) - len(found[4])]
    content.leave_out(f"the shortcode [{name}] left out")
    return ""


def _given(text: str) -> dict[str, str]:
    """The attributes by name."""
    return {key.lower(): html.unescape(a or b or c) for key, a, b, c in _GIVEN.findall(text)}


def _caption(given: Mapping[str, str], inner: str, content: Content) -> str:
    image = _IMAGE.search(inner)
    if image is None:
        return inner
    rest = _LINK.sub("", inner[: image.start()]) + inner[image.end() :].lstrip()
    said = given.get("caption") or rest.removeprefix("</a>").strip()
    return _figure(image[0], said)


def _embed_code(given: Mapping[str, str], inner: str, content: Content) -> str:
    address = html.unescape((inner.strip() or given.get("src", "")).strip())
    if _ADDRESS.match(address):
        return _embed(address, content)
    content.leave_out("the shortcode [embed] without an address left out")
    return inner


def _embed_block(found: re.Match[str], content: Content) -> str:
    return f"{_embed(found[2], content)}<figure>" if _IS_EMBED.search(found[1]) else found[0]


def _embed(address: str, content: Content) -> str:
    address = html.unescape(address)
    content.embeds.add(address)
    return f'\n\n<p><a href="{attribute(address)}">{escape(address)}</a></p>\n\n'


def _gallery(given: Mapping[str, str], content: Content) -> str:
    numbers = [one.strip() for one in (given.get("ids") or given.get("include") or "").split(",") if one.strip()]
    found = [content.attachments.get(number) for number in numbers] if numbers else list(content.own)
    missing = [number for number, one in zip(numbers, found, strict=False) if one is None]
    if missing:
        content.leave_out(
            f"pictures {', '.join(missing[:5])[:60]} of a gallery left out: the export does not hold them"
        )
    shown = [one for one in found if one is not None]
    if not numbers and not shown:
        content.leave_out("an empty [gallery] left out")
    content.used.update(one.post_id for one in shown)
    return "".join(
        _figure(f'<img src="{attribute(one.url)}" alt="{attribute(one.alt)}"/>', one.caption) for one in shown
    )


def _figure(shown: str, caption: str) -> str:
    said = f"<figcaption>{caption}</figcaption>" if caption.strip() else ""
    return f"\n\n<figure>{shown}{said}</figure>\n\n"


def _player(name: str, given: Mapping[str, str], content: Content) -> str:
    address = next((given[key] for key in _SOURCES[name] if given.get(key)), "")
    if not address:
        content.leave_out(f"the shortcode [{name}] without an address left out")
        return ""
    return _figure(f'<{name} src="{attribute(address)}"></{name}>', "")


def _audio(given: Mapping[str, str], content: Content) -> str:
    return _player("audio", given, content)


def _video(given: Mapping[str, str], content: Content) -> str:
    return _player("video", given, content)


_Enclosing = Callable[[Mapping[str, str], str, Content], str]
_ENCLOSING: dict[str, _Enclosing] = {
    "caption": _caption,
    "wp_caption": _caption,
    "embed": _embed_code,
}
_SINGLE: dict[str, Callable[[Mapping[str, str], Content], str]] = {
    "gallery": _gallery,
    "audio": _audio,
    "video": _video,
    "embed": lambda given, content: _embed_code(given, "", content),
}


def _paragraphs(text: str, content: Content) -> str:
    """What stands between blank lines and blocks in paragraphs of its own; a line that is an address is an embed."""
    text = _CLOSES.sub(r"\g<0>\n\n", _OPENS.sub(r"\n\n\g<0>", text))
    return "\n".join(_paragraph(part.strip(), content) for part in _BLANK_LINE.split(text) if part.strip())


def _paragraph(part: str, content: Content) -> str:
    if _STARTS.match(part):
        return part
    if _ADDRESS.match(part):
        return _embed(part, content).strip()
    pieces = _TAG.split(part)
    pieces[::2] = [piece.replace("\n", "<br/>\n") for piece in pieces[::2]]
    return f"<p>{''.join(pieces)}</p>"
