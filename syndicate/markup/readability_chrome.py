"""What stands on a web page around a story: menus, teasers, comments, advertisements. It is taken out and named."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from syndicate.markup.html_inline import Element
from syndicate.markup.html_parse import name_of

NAVIGATION, FOOTER, RELATED, SHARING = "navigation", "page footer", "related stories", "sharing buttons"
ADVERTISING, COMMENTS, NEWSLETTER, CONSENT = "advertising", "comments", "newsletter", "consent dialog"
ASIDE, FORMS, HIDDEN, AUTHOR = "sidebar", "forms", "hidden text", "author's box"

_TAGS = {"nav": NAVIGATION, "aside": ASIDE, "dialog": CONSENT, "form": FORMS, "menu": NAVIGATION, "button": FORMS,
         "input": FORMS, "label": FORMS, "fieldset": FORMS}  # fmt: skip
_ROLES = {"navigation": NAVIGATION, "menu": NAVIGATION, "menubar": NAVIGATION, "contentinfo": FOOTER,
          "complementary": ASIDE, "dialog": CONSENT, "alertdialog": CONSENT, "search": FORMS, "banner": NAVIGATION,
          "button": FORMS}  # fmt: skip
# One word of a class or an id, or two that stand together.
_NAMES = {
    NAVIGATION: "nav navbar navigation menu submenu breadcrumb breadcrumbs pagination pager topbar masthead toc "
    "skiplink skip-link",
    FOOTER: "footer colophon imprint",
    RELATED: "related relatedposts recommended recommendations recirc recirculation teaser teasers outbrain taboola "
    "trending mostread popular readmore yarpp morestories most-read read-more also-read read-next "
    "more-stories more-news",
    SHARING: "share sharing sharebar sharedaddy social socials addthis addtoany",
    ADVERTISING: "ad ads advert adverts advertisement advertising adslot adbox sponsored sponsor promo promotion dfp "
    "adsense",
    COMMENTS: "comment comments disqus respond reactions commentlist",
    NEWSLETTER: "newsletter newsletters signup subscribe subscription sign-up",
    CONSENT: "cookie cookies consent gdpr cmp cookiebar",
    ASIDE: "sidebar rail widget-area",
    HIDDEN: "sr-only visually-hidden screen-reader",
    AUTHOR: "author-bio author-box about-author",
}
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()}
# A class such as `no-comments` or `has-sidebar` says something of what is around it.
_STATES = frozenset({"has", "no", "not", "with", "without"})
_NAME_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+(?![a-z])")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Their names say nothing: posts and players have words of chrome in theirs.
_CONTENT = frozenset({"figure", "img", "video", "audio", "picture", "blockquote", "main", "article", "em", "strong",
                      "h1", "td", "th", "tr", "tbody", "body", "html"})  # fmt: skip
# Parts that say nothing of the story, on whatever page they stand.
_OF_SITE = frozenset({NAVIGATION, FOOTER, SHARING, ADVERTISING, NEWSLETTER, CONSENT, FORMS})
# At least so many letters of running text must stay on a page that a part is taken from.
_LEAST = 250


def kind_of(element: Element) -> str | None:
    """What kind of chrome the element is by its tag, its role or its names; None for everything else."""
    name = name_of(element)
    attributes = element.attrib
    if name is None or name in {"html", "body"}:
        return None
    if "hidden" in attributes or _INVISIBLE.search(attributes.get("style", "")):
        return HIDDEN
    if attributes.get("aria-hidden") == "true" and name not in _CONTENT:
        return HIDDEN
    if found := _TAGS.get(name) or _ROLES.get(attributes.get("role", "").lower()):
        return found
    if name == "footer" and not _is_within(element, "article"):
        return FOOTER
    if name in _CONTENT:
        return None
    found = _by_names(f"{attributes.get('class', '')} {attributes.get('id', '')}")
    # The standfirst of a story may be called its teaser: without a link it leads nowhere.
    return None if found and (name == "p" or found == RELATED) and element.find(".//a") is None else found


def _is_within(element: Element, name: str) -> bool:
    return any(name_of(one) == name for one in element.iterancestors())


def words_of(names: str) -> Iterator[list[str]]:
    """The words of each class or id: `story-shareBar` is story, share and bar."""
    for one in names.split():
        yield [word.lower() for word in _NAME_WORD.findall(one)]


def _by_names(names: str) -> str | None:
    for words in words_of(names):
        if words and words[0] not in _STATES:
            pairs = map("-".join, pairwise(words))
            found = next((_KINDS[name] for name in (*pairs, *words) if name in _KINDS), None)
            if found:
                return found
    return None


def cut(root: Element, letters: dict[Element, int]) -> Iterator[str]:
    """Take the chrome out of the tree; the kind of each part that may be missed, in the order of the page.

    That is one that held running text; of what each page of a site has only as much as a story.

    `letters` says how much running text each element holds. What holds the story itself is no chrome, whatever it is
    called: the headline, the marked body, or so much that hardly a paragraph would stay.
    """
    total = letters.get(root, 0)
    waiting = [root]
    while waiting:
        element = waiting.pop()
        kind = kind_of(element)
        inside = letters.get(element, 0)
        if kind is not None and element is not root and not _holds_story(element, inside, total):
            if inside >= (_LEAST if kind in _OF_SITE else 1):
                yield kind
            total -= inside
            remove(element)
        else:
            waiting.extend(reversed(element))


def _holds_story(element: Element, inside: int, total: int) -> bool:
    if inside > total // 2 and total - inside < max(_LEAST, total // 8):
        return True
    return any(name_of(one) == "h1" or "articleBody" in one.get("itemprop", "") for one in element.iter())


def texts_of(element: Element) -> Iterator[str]:
    """The texts in the element, piece by piece."""
    return (str(text) for text in element.itertext())


def remove(element: Element) -> None:
    """Take the element out; the text after it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    tail = element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def each_once(kinds: Iterable[str]) -> tuple[str, ...]:
    """The kinds, each once, in order."""
    return tuple(dict.fromkeys(kinds))
