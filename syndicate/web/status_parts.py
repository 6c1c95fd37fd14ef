"""The parts that status pages are put together from: the frame, tables, marks, moments in words. Pure."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import quote

from syndicate.markup.dates import in_words, rfc3339
from syndicate.markup.page_style import BASE
from syndicate.markup.xml import clean

ROOT = "/-/status"
REFRESH = 30

_STYLE = f"""{BASE}
body{{font-family:var(--sans);font-size:1rem}}
h1,h2{{font-family:var(--serif)}}
.masthead nav{{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:.75rem;font-size:.9375rem}}
.masthead nav a{{padding:.15rem 0}}
.masthead nav a[aria-current]{{color:var(--ink);font-weight:700;text-decoration:none}}
.over{{font-size:.875rem;color:var(--quiet);margin:0 0 .25rem}}
h2{{font-size:1.375rem;margin:2.25rem 0 .75rem}}
.verdict{{border-left:.45rem solid var(--tone);background:var(--card);padding:1rem 1.25rem;margin:0 0 1.25rem;
box-shadow:inset 0 0 0 1px var(--line)}}
.verdict p{{margin:.25rem 0 0;color:var(--quiet)}}
.verdict .what{{color:var(--ink);font:700 clamp(1.2rem,1rem + 1.1vw,1.6rem)/1.25 var(--serif);margin:0}}
.good{{--tone:var(--good)}}.warn{{--tone:var(--warn)}}.bad{{--tone:var(--bad)}}.calm{{--tone:var(--quiet)}}
.figures{{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:0}}
.figures div{{background:var(--card);border:1px solid var(--line);padding:.6rem .9rem .7rem}}
.figures dt{{font-size:.8125rem;color:var(--quiet)}}
.figures dd{{margin:0;font:700 1.6rem/1.2 var(--serif);font-variant-numeric:lining-nums tabular-nums}}
.figures dd a{{text-decoration:none}}.figures dd a:hover{{text-decoration:underline}}
.figures dd small{{display:block;font:400 .8125rem/1.3 var(--sans);color:var(--quiet)}}
.mark{{display:inline-block;white-space:nowrap;font-size:.875rem;font-weight:600;color:var(--tone);
border:1px solid var(--tone);border-radius:1rem;padding:.05rem .6rem}}
.mark::before{{content:"";display:inline-block;width:.55em;height:.55em;margin-right:.45em;background:var(--tone)}}
.good.mark::before{{border-radius:50%}}.warn.mark::before{{transform:rotate(45deg)}}
.calm.mark::before{{border-radius:50%;background:none;box-shadow:inset 0 0 0 .12em var(--tone)}}
.needs{{list-style:none;display:grid;gap:.75rem}}
.needs>li{{background:var(--card);border:1px solid var(--line);border-left:.3rem solid var(--tone);
padding:.8rem 1.1rem}}
.needs h3{{font-size:1.0625rem;display:flex;flex-wrap:wrap;gap:.3rem .7rem;align-items:center}}
.needs h3 a{{color:var(--link);text-decoration:underline;text-decoration-thickness:.07em}}
.needs p{{margin:.35rem 0 0}}
table{{border-collapse:collapse;width:100%;background:var(--card);border:1px solid var(--line);font-size:.9375rem}}
caption{{text-align:left;color:var(--quiet);font-size:.875rem;padding:0 0 .5rem}}
th,td{{text-align:left;vertical-align:top;padding:.5rem .8rem;border-top:1px solid var(--line)}}
thead th{{border-top:0;background:var(--tint);font-size:.8125rem;font-weight:600;color:var(--quiet)}}
tbody th{{font-weight:600}}
.number{{text-align:right;font-variant-numeric:tabular-nums}}
.quiet,td small,th small{{color:var(--quiet);font-weight:400}}td small,th small{{display:block;font-size:.8125rem}}
@media(min-width:44.01rem){{th code{{white-space:nowrap}}}}
.none{{color:var(--quiet);background:var(--card);border:1px solid var(--line);padding:.8rem 1.1rem;margin:0}}
code{{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em;
overflow-wrap:anywhere}}
.needs .quiet{{font-weight:400;font-size:.9375rem}}
.do code{{background:var(--tint);padding:.1rem .4rem;border-radius:.2rem}}
.foot a{{margin-right:1rem}}
@media(max-width:44rem){{
body{{padding:0 1rem 2rem}}
.figures{{grid-template-columns:1fr 1fr}}
table,tbody,tr,th,td{{display:block}}
table{{border:0;background:none}}
thead{{position:absolute;left:-99rem}}
tbody tr{{background:var(--card);border:1px solid var(--line);margin:0 0 .75rem;padding:.5rem .9rem}}
tbody th,td{{border:0;padding:.2rem 0}}
tbody th{{font-size:1.0625rem}}
td{{display:grid;grid-template-columns:7rem 1fr;gap:.6rem}}
td::before{{content:attr(data-label);color:var(--quiet);font-size:.875rem}}
td.empty{{display:none}}
.number{{text-align:left}}
}}
"""
STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all status pages of one answer share: who publishes, the moment, whether they come again by themselves."""

    publisher: str
    now: datetime
    is_still: bool

    @property
    def still(self) -> str:
        """What links carry on, so that a page that stands still leads to others that do."""
        return "?still=1" if self.is_still else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table: HTML, and whether it holds a number."""

    html: str
    is_number: bool = False


def page(frame: Frame, here: str, title: str, over: str, parts: Iterable[str]) -> bytes:
    """A whole page: its heading, the way to the others, its parts, and its foot. `here` is its own address."""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="robots" content="noindex, nofollow">',
            f"<title>{text(title)} - {text(frame.publisher)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            '<a class="skip" href="#main">Skip to the content</a>',
            '<header class="masthead">',
            f'<p class="over">{over}</p>',
            f"<h1>{text(title)}</h1>",
            _ways(frame, here),
            "</header>",
            '<main id="main">',
            *parts,
            "</main>",
            _foot(frame, here),
            "</body>",
            "</html>\n",
        ]
    ).encode()


def _ways(frame: Frame, here: str) -> str:
    ways = (("Status", ROOT), ("Runs", f"{ROOT}/runs"))
    links = [
        f'<a href="{address}{frame.still}"{" aria-current=page" if address == here else ""}>{name}</a>'
        for name, address in ways
    ]
    links += ['<a href="/-/metrics">Metrics</a>', '<a href="/">The feeds</a>']
    return f'<nav aria-label="Status">{"".join(links)}</nav>'


def _foot(frame: Frame, here: str) -> str:
    if frame.is_still:
        said = f'This page stands still. <a href="{here}">Let it come again</a>'
    else:
        said = f'It comes again every {REFRESH} seconds. <a href="{here}?still=1">Hold it still</a>'
    return f'<footer class="foot"><p>As of {moment(frame.now)}. {said}</p></footer>'


def text(value: str) -> str:
    """The text as it stands in HTML."""
    return escape(clean(value))


def feed_address(feed: str) -> str:
    """Where a feed's own status page is: in a folder of its own, so that any name is free for feeds."""
    return f"{ROOT}/feeds/{quote(feed)}"


def feed_link(frame: Frame, feed: str) -> str:
    """The link to a feed's own status page."""
    return f'<a href="{feed_address(feed)}{frame.still}">{text(feed)}</a>'


def moment(when: datetime) -> str:
    """A moment as people write it, with the exact one for machines."""
    return f'<time datetime="{rfc3339(when)}">{in_words(when)}</time>'


def relative(when: datetime, now: datetime) -> str:
    """A moment by its distance from now, with the exact one for who looks closer."""
    return f'<time datetime="{rfc3339(when)}" title="{in_words(when)}">{distance(when, now)}</time>'


def lasting(since: datetime, now: datetime) -> str:
    """For how long something has been so: `for 4 minutes`, with the exact moment for who looks closer."""
    length = span(max(0.0, (now - since).total_seconds()))
    return f'for <time datetime="{rfc3339(since)}" title="{in_words(since)}">{length}</time>'


def distance(when: datetime, now: datetime) -> str:
    """How far a moment is from now: `4 minutes ago`, `in 3 hours`."""
    seconds = (when - now).total_seconds()
    size = span(abs(seconds))
    if abs(seconds) < 1:
        return "now"
    return f"in {size}" if seconds > 0 else f"{size} ago"


def span(seconds: float) -> str:
    """A length of time by its largest unit, as far as that says enough: `90 seconds`, `3 hours`."""
    for name, size, least in (("day", 86400, 2), ("hour", 3600, 2), ("minute", 60, 2)):
        if seconds >= size * least:
            return many(int(seconds // size), name)
    return many(int(seconds), "second") if seconds >= 1 else "less than a second"


def many(count: int, word: str) -> str:
    """`1 feed`, `3 feeds`."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def mark(tone: str, word: str) -> str:
    """A word that says how something is, in its colour and with a shape of its own."""
    return f'<span class="mark {tone}">{text(word)}</span>'


def cell(value: str) -> Cell:
    """A cell of HTML."""
    return Cell(html=value)


def number(value: int, unit: str = "") -> Cell:
    """A cell with a number."""
    return Cell(html=f"{value:,}{unit}", is_number=True)


def table(name: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table with its rows; on a narrow window each becomes a card, with the titles beside the values.

    The roles are stated since browsers forget them where the style takes a table apart.
    """
    numbers = [False] * len(titles)
    body = []
    for row in rows:
        numbers = [was or one.is_number for was, one in zip(numbers, row, strict=True)]
        first, *others = row
        cells = [f'<th scope="row" role="rowheader">{first.html}</th>']
        cells += [_td(title, one) for title, one in zip(titles[1:], others, strict=True)]
        body.append(f'<tr role="row">{"".join(cells)}</tr>')
    heads = "".join(
        f'<th scope="col" role="columnheader"{" class=number" if is_number else ""}>{title}</th>'
        for title, is_number in zip(titles, numbers, strict=True)
    )
    return (
        f'<table role="table" aria-label="{text(name)}"><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table>'
    )


def _td(title: str, one: Cell) -> str:
    kinds = " ".join([*(["number"] if one.is_number else []), *([] if one.html else ["empty"])])
    kind = f' class="{kinds}"' if kinds else ""
    return f'<td role="cell"{kind} data-label="{title}"><span>{one.html}</span></td>'


def section(name: str, title: str, *parts: str) -> str:
    """A part of a page with a heading that links can lead to."""
    return f'<section aria-labelledby="{name}"><h2 id="{name}">{title}</h2>{"".join(parts)}</section>'


def none(words: str) -> str:
    """What stands where there is nothing to show."""
    return f'<p class="none">{words}</p>'


def figures(values: Iterable[tuple[str, str, str]]) -> str:
    """Numbers with what they count, and a word more: title, number in HTML, words in HTML."""
    tiles = "".join(
        f"<div><dt>{title}</dt><dd>{value}{f'<small>{more}</small>' if more else ''}</dd></div>"
        for title, value, more in values
    )
    return f'<dl class="figures">{tiles}</dl>'
