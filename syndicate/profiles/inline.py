"""Inline markup as a partner takes it: unwanted elements go, their text stays; addresses are full ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from syndicate.markup.addresses import AddressError, absolute
from syndicate.markup.escape import attribute
from syndicate.markup.inline import tokens
from syndicate.model.article import Article
from syndicate.model.profile import Profile
from syndicate.profiles.hosts import host_of, is_within, scheme_of, tracked, with_campaign

_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_RELATIVE = re.compile(r'<a [^>]*\bhref="(?!https?://|mailto:|tel:)')
_TABLE_TAG = re.compile(r"(</?(?:table|caption|thead|tbody|tfoot|tr|td|th)(?: [^<>]*)?>)")


@dataclass(slots=True)
class Notes:
    """What was changed for a partner, and how often."""

    counted: dict[str, int] = field(default_factory=dict)

    def add(self, what: str) -> None:
        """One more of these changes."""
        self.counted[what] = self.counted.get(what, 0) + 1

    def clauses(self) -> tuple[str, ...]:
        """The changes, one clause each."""
        return tuple(what if times == 1 else f"{what} ({times} times)" for what, times in self.counted.items())


@dataclass(frozen=True, slots=True)
class Shaper:
    """A profile at work on one article."""

    profile: Profile
    article: Article
    notes: Notes

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that are the publisher's."""
        host = host_of(self.article.url)
        return self.profile.markup.hosts or ((host,) if host else ())

    def takes(self, *elements: str) -> bool:
        """Whether all these elements may stand in the text."""
        return all(map(self.profile.markup.takes, elements))

    def link(self, href: str) -> str | None:
        """The address of a visible link, with the campaign's parameters if it is ours; None where no link may stand."""
        markup = self.profile.markup
        if not self.takes("a"):
            self.notes.add("links made plain text")
            return None
        full = self.full(href, "a link")
        if full is None:
            return None
        scheme, host = scheme_of(full), host_of(full)
        if markup.schemes and scheme not in markup.schemes:
            self.notes.add(f"a {scheme}: link made plain text")
            return None
        if markup.other_hosts == "unlink" and host and not is_within(host, self.hosts):
            self.notes.add(f"a link to {host} made plain text")
            return None
        return self.with_campaign(full)

    def with_campaign(self, address: str) -> str:
        """The address with the campaign's parameters where it leads to a page of ours."""
        return with_campaign(address, self.profile.campaign) if is_within(host_of(address), self.hosts) else address

    def full(self, href: str, what: str) -> str | None:
        """The address in full; None, and a note, where it cannot be made one."""
        try:
            return absolute(href, self.article.url)
        except AddressError as error:
            self.notes.add(f"{what} left out: {error}")
            return None

    def canonical(self, href: str) -> str:
        """The address without campaign parameters."""
        names = tracked(href)
        if not names:
            return href
        self.notes.add(f"{' and '.join(names)} taken off the link")
        before, _, query = href.partition("?")
        query, hash_, fragment = query.partition("#")
        kept = "&".join(one for one in query.split("&") if unescape(one.partition("=")[0]) not in names)
        return before + (f"?{kept}" if kept else "") + hash_ + fragment

    def inline(self, html: str) -> str:
        """The inline markup with what may stand in it."""
        pieces: list[str] = []
        closed: list[bool] = []
        for number, piece in enumerate(tokens(self._with_full_links(html))):
            if number % 2 == 0:
                pieces.append(piece)
            elif piece.startswith("</"):
                if closed.pop():
                    pieces.append(piece)
            elif piece.startswith("<br"):
                pieces.append(piece if self.takes("br") else " ")
            else:
                tag = self._tag(piece)
                closed.append(tag is not None)
                pieces.append(tag or "")
        return "".join(pieces)

    def _with_full_links(self, html: str) -> str:
        """The markup whose relative links are full ones; where nothing says from where they start, plain text."""
        if not _RELATIVE.search(html):
            return html
        # It loads what reads broken HTML; import has made the links of nearly all articles full ones.
        from syndicate.markup.html import HtmlError, clean_inline

        try:
            made, notes = clean_inline(html, self.article.url)
        except HtmlError:
            return html
        for note in notes:
            self.notes.add(note)
        return made

    def table(self, html: str) -> str:
        """The table with what may stand in its cells."""
        pieces = _TABLE_TAG.split(html)
        pieces[::2] = [self.inline(piece) if piece else "" for piece in pieces[::2]]
        pieces[1::2] = [self._with_attributes(tag) for tag in pieces[1::2]]
        return "".join(pieces)

    def _tag(self, tag: str) -> str | None:
        name = tag[1:-1].partition(" ")[0]
        if not self.takes(name):
            self.notes.add(f"<{name}> left out, its text kept")
            return None
        if name != "a":
            kept = self._with_attributes(tag)
            return None if kept == "<span>" and tag != "<span>" else kept
        found = dict(_ATTRIBUTE.findall(tag))
        href = self.link(unescape(found.get("href", "")))
        if href is None:
            return None
        return self._with_attributes(re.sub(r' href="[^"]*"', lambda _: f' href="{attribute(href)}"', tag, count=1))

    def _with_attributes(self, tag: str) -> str:
        """The tag with the attributes that may stand there."""
        if tag.startswith("</") or "=" not in tag:
            return tag
        name = tag[1:-1].partition(" ")[0]
        kept = "".join(self._attributes(name, tag))
        return f"<{name}{kept}>"

    def _attributes(self, name: str, tag: str) -> Iterator[str]:
        for found in _ATTRIBUTE.finditer(tag):
            if self.profile.markup.takes_attribute(name, found[1]):
                yield found[0]
            else:
                self.notes.add(f"the attribute {found[1]} of <{name}> left out")
