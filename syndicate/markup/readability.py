"""The story of a web page: the element that holds its text, and what was left out around it.

What the page marks counts first: `itemprop=articleBody`, then `article`, then `main`. Elsewhere it is the smallest
part with nearly all running text: sentences outside of links, in paragraphs or in whatever stands in for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from syndicate.markup.html_inline import Element
from syndicate.markup.html_parse import BLOCKS, TABLE_PARTS, name_of
from syndicate.markup.readability_chrome import RELATED, cut, each_once, remove, texts_of

_BLOCKS = BLOCKS | TABLE_PARTS
_NO_TEXT = frozenset({"head", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "button", "label"})
# A paragraph is so long, or a sentence; a line in between is a label.
_LONG = 80
_SHORT = 25
_SENTENCE_ENDS = (".", "!", "?", "…", "”", "»", '"', "。", "।", ":")
# How much of the running text below it one child must hold to be looked into further.
_MOST_OF_IT = 0.7
_BESIDE = 0.08
# How much of the text of a list are links when it is nothing but links, with a mark or a number before each, say.
_ALL_LINKS = 0.8
_MOST_LISTS = 8
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_ENOUGH_OF_PAGE = 0.35
_ELSEWHERE = "text outside the story"


@dataclass(frozen=True, slots=True)
class Story:
    """The element that holds the story's text; `left_out` names what stood around and in it and may be missed."""

    element: Element
    left_out: tuple[str, ...]


def story_of(root: Element) -> Story | None:
    """The story of a page, None where it has no running text. Chrome is taken out of the tree."""
    kinds = list(cut(root, _letters(root)))
    letters = _letters(root)
    if not letters.get(root):
        return None
    element = _marked(root, letters)
    if element is None:
        element = _densest(_start(root, letters), letters)
    if _cut_links_at_the_end(element):
        kinds.append(RELATED)
    if letters[root] > letters.get(element, 0):
        kinds.append(_ELSEWHERE)
    return Story(element, each_once(kinds))


def _cut_links_at_the_end(story: Element) -> bool:
    """Whether links to other pages stood behind the text: lists of nothing but links, which go with their headings."""
    for count in range(_MOST_LISTS):
        last = _last_list(story)
        if last is None or not _is_links(last):
            return count > 0
        before = last.getprevious()
        remove(last)
        if before is not None and name_of(before) in _HEADINGS and not _is_said(before.tail):
            remove(before)
    return True


def _last_list(story: Element) -> "etree._Element | None":
    """The list that ends the story; None when it ends with something else."""
    element: etree._Element | None = story
    while element is not None and name_of(element) not in {"ul", "ol"}:
        element = next((child for child in reversed(element) if _is_filled(child)), None)
        if element is not None and _is_said(element.tail):
            return None
    return element


def _is_filled(element: Element) -> bool:
    return _is_said(element.tail) or any(map(_is_said, texts_of(element)))


def _is_links(element: Element) -> bool:
    said = len(said_in(element))
    linked = sum(len(said_in(link)) for link in element.iter("a"))
    return bool(said) and linked >= _ALL_LINKS * said


def _is_said(text: str | None) -> bool:
    return text is not None and bool(text.strip())


def _marked(root: Element, letters: dict[Element, int]) -> "etree._Element | None":
    """The element that holds all that the page marks as the text of its article."""
    found = [one for one in root.iter() if "articleBody" in one.get("itemprop", "").split() and letters.get(one)]
    if not found:
        return None
    first = found[0]
    others = [one for one in found[1:] if not _is_inside(one, first)]
    return first if not others else _around(first, others)


def _is_inside(element: Element, outer: Element) -> bool:
    return any(one is outer for one in element.iterancestors())


def _around(first: Element, others: list[Element]) -> Element:
    """The smallest element around them all."""
    for outer in first.iterancestors():
        if all(_is_inside(one, outer) for one in others):
            return outer
    return first


def _start(root: Element, letters: dict[Element, int]) -> Element:
    """Where to look: the article or the main part with most running text, if that is a good part of the page's."""
    for names in ({"article"}, {"main"}):
        marked = [one for one in root.iter() if name_of(one) in names or one.get("role") in names]
        best = max(marked, key=lambda one: letters.get(one, 0), default=None)
        if best is not None and letters.get(best, 0) >= _ENOUGH_OF_PAGE * letters[root]:
            return best
    return root


def _densest(element: Element, letters: dict[Element, int]) -> Element:
    """The smallest element below with nearly all of the running text; parts that look like it are not left behind."""
    while len(element):
        best = max(element, key=lambda child: letters.get(child, 0))
        inside = letters.get(best, 0)
        if inside < _MOST_OF_IT * letters[element] or name_of(best) not in _BLOCKS:
            break
        beside = (child for child in element if child is not best and letters.get(child, 0) > _BESIDE * inside)
        if any(_look(child) == _look(best) or name_of(child) == "p" for child in beside) or name_of(best) in _LEAVES:
            break
        element = best
    return element


_LEAVES = frozenset({"p", "li", "pre", "blockquote", "ul", "ol", "dl"})


def _look(element: Element) -> tuple[str | None, str]:
    return name_of(element), element.get("class", "")


def _letters(root: Element) -> dict[Element, int]:
    """How many letters of running text stand in each element."""
    found: dict[Element, int] = {}
    for block, said, linked in _blocks(root):
        count = len(said) - linked
        is_running = count >= _LONG or (count >= _SHORT and said.endswith(_SENTENCE_ENDS))
        if is_running and linked < len(said) / 2:
            found[block] = found.get(block, 0) + count
    # Children come before their parents in this order.
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if element in found and parent is not None and element is not root:
            found[parent] = found.get(parent, 0) + found[element]
    return found


def _blocks(root: Element) -> Iterator[tuple[Element, str, int]]:
    """Each block with its own text on one line, without that of the blocks in it, and how much of that are links."""
    own: dict[Element, list[str]] = {}
    linked: dict[Element, int] = {}
    open_: list[tuple[etree._Element | None, bool]] = [(None, False)]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        block, is_link = open_[-1]
        if event == "start":
            open_.append((_block(element, block), is_link or name_of(element) == "a"))
            text = element.text
        else:
            open_.pop()
            text = element.tail
        block, is_link = open_[-1]
        if block is not None and text and not text.isspace():
            own.setdefault(block, []).append(text)
            linked[block] = linked.get(block, 0) + (len(" ".join(text.split())) if is_link else 0)
    return ((block, " ".join("".join(parts).split()), linked[block]) for block, parts in own.items())


def _block(element: Element, outer: "etree._Element | None") -> "etree._Element | None":
    """The block that text in the element belongs to; None where it is no running text."""
    name = name_of(element)
    return None if name in _NO_TEXT else element if name in _BLOCKS else outer


def said_in(element: Element) -> str:
    """The text of the element on one line."""
    return " ".join(" ".join(texts_of(element)).split())
