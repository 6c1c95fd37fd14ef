"""Made-up article pages in the shapes that news sites have; each knows which of its words are the story's."""

from collections.abc import Iterable
from dataclasses import dataclass

LEAD = (
    "The ferry between Port Ellis and Long Island stays in the harbour for two weeks, the harbour master said today.",
    "Divers found a crack of forty centimetres in the rudder of the Margit, the larger of two boats, late on Sunday.",
    "Buses leave pier four every half hour instead, and the town pays for them, according to a note of the council.",
)
MIDDLE = (
    "“We could have sailed on, but nobody wants to be the captain who did,” said Ada Holm, who has run it since 2011.",
    "The smaller boat takes passengers with bicycles, prams and parcels only, from seven until nine at night.",
)
END = (
    "The yard in Kessel needs nine days for the rudder, then a surveyor has to see it, which takes another two days.",
    "Last year the line carried 412,000 people, a tenth more than the year before, and made its first profit.",
    "Whoever has a yearly ticket gets a month for nothing.",
)
HEADING = "Buses instead of boats"
HEADLINE = "Ferry stays in harbour for two weeks"
CAPTION = "The Margit at pier four on Monday."
CREDIT = "Jonas Feld/Harbour Post"
STORY = (*LEAD, HEADING, *MIDDLE, *END)
HEAD = f'<meta charset="utf-8"><title>{HEADLINE} | Harbour Post</title>'
MENU = """<div class="topbar"><ul class="menu"><li><a href="/town">Town hall</a></li><li><a href="/sea">Shipping
forecast</a></li><li><a href="/sport">Regatta results</a></li></ul></div>"""
NAV = '<nav><a href="/">Start page</a> <a href="/town">Town hall</a> <a href="/sea">Shipping forecast</a></nav>'
RELATED = """<div class="related-stories"><h3>More from the quay</h3><ul><li><a href="/1">Crane toppled by gust, nobody
hurt, insurers visit scene</a></li><li><a href="/2">Lighthouse keeper retires after forty winters of service</a></li>
</ul></div>"""
SHARE = '<div class="share-bar"><a href="#">Tweet</a><a href="#">Mail</a><button>Copy link</button></div>'
NEWSLETTER = """<div class="newsletter-signup"><p>Subscribe to our weekly letter, sent each Friday, with everything that
moved around these docks, and cancel whenever you please.</p>
<form><input name="mail"><button>Join</button></form></div>"""
COMMENTS = """<section id="comments"><h2>Readers write</h2><div class="comment"><p>Typical, absolutely typical: my
grandmother rowed across that bay twice daily, in any weather, without ever complaining about rudders.</p></div>
<div class="comment"><p>Could somebody explain, please, why replacing one piece of steel lasts longer than building
entire bridges elsewhere, honestly, I wonder.</p></div></section>"""
FOOTER = """<footer><p>© 2026 Harbour Post Ltd, 1 Quay Street. All rights reserved. Imprint, privacy, terms of use and
advertising are explained elsewhere.</p></footer>"""
COOKIES = """<div id="cookie-consent" role="dialog"><p>We and our 812 partners store information on your device, such as
identifiers, to personalise adverts, measure audiences, and improve products; agree or manage settings.</p></div>"""
FIGURE = f"""<figure><img src="/pics/margit.jpg" alt="A ferry" width="800" height="450"><figcaption>{CAPTION}
<span class="credit">{CREDIT}</span></figcaption></figure>"""
OPEN_GRAPH = f"""<meta property="og:type" content="article"><meta property="og:title" content="{HEADLINE}">
<meta property="og:description" content="A cracked rudder keeps the Margit at the pier.">
<meta property="og:url" content="https://harbour.example/2026/ferry">
<meta property="og:site_name" content="Harbour Post">
<meta property="og:image" content="https://harbour.example/pics/lead.jpg"><meta property="og:locale" content="en_GB">
<meta property="article:published_time" content="2026-03-02T08:30:00+00:00">
<meta property="article:modified_time" content="2026-03-03T09:00:00+00:00">
<meta property="article:section" content="Town"><meta property="article:tag" content="ferry">
<meta property="article:tag" content="harbour"><meta property="article:author" content="Ada Holm">"""


@dataclass(frozen=True)
class Shape:
    """A page, and the paragraphs that its story consists of."""

    name: str
    html: str
    story: tuple[str, ...] = STORY


def paragraphs(texts: Iterable[str]) -> str:
    """The texts as paragraphs."""
    return "\n".join(f"<p>{text}</p>" for text in texts)


def whole(body: str, head: str = "", attributes: str = ' lang="en-GB"') -> str:
    """A page with that body."""
    return f"<!DOCTYPE html>\n<html{attributes}><head>{HEAD}{head}</head>\n<body>{body}</body></html>"


def _semantic() -> str:
    text = (
        f"{paragraphs(LEAD)}<h2>{HEADING}</h2>{NEWSLETTER}{paragraphs(MIDDLE)}<aside>{RELATED}</aside>{paragraphs(END)}"
    )
    head = (
        f'<header><h1>{HEADLINE}</h1><p class="byline">By <a rel="author" href="/ada">Ada Holm</a></p>{SHARE}</header>'
    )
    return whole(
        f"{NAV}{COOKIES}<main><article>{head}{FIGURE}{text}{SHARE}</article>{COMMENTS}</main>{FOOTER}", OPEN_GRAPH
    )


def _modules() -> str:
    """Class names made by a build tool, one wrapper for each paragraph, texts in `div`."""
    made = "".join(
        f'<div class="x9f-{i}"><div class="q{i}z">{text}</div></div>' for i, text in enumerate((*LEAD, *MIDDLE, *END))
    )
    menu = "".join(f'<div class="m{i}"><a href="/{i}">Section number {i}</a></div>' for i in range(8))
    cards = "".join(
        f'<div class="c{i}"><a href="/s{i}">Another headline about something else {i}</a></div>' for i in range(6)
    )
    return whole(
        f'<div id="root"><div>{menu}</div><div class="k1"><h1>{HEADLINE}</h1>{made}</div><div>{cards}</div></div>'
    )


def _old() -> str:
    """Tables for layout and line breaks for paragraphs."""
    text = "<br><br>\n".join(STORY)
    menu = "<br>".join(f'<a href="/{i}.htm"><font size="1">Column {i}</font></a>' for i in range(9))
    return whole(
        f'<table width="100%"><tr><td width="120">{menu}</td><td><font face="Times"><h1>{HEADLINE}</h1>\n'
        f'{text}</font></td>'
        f'<td><font size="1">{RELATED}</font></td></tr></table><hr><center>© Harbour Post</center>', attributes=""
    )  # fmt: skip


def _weblog() -> str:
    """A weblog with comments that are longer than the story."""
    long = "".join(COMMENTS.replace('id="comments"', f'id="comments-{i}"') for i in range(6))
    text = f"{paragraphs(LEAD)}<h2>{HEADING}</h2>{paragraphs(MIDDLE)}{paragraphs(END)}"
    post = (
        f'<div class="post hentry"><h1 class="entry-title">{HEADLINE}</h1><div class="entry-meta">Posted on '
        f'<time class="entry-date published" datetime="2026-03-02T08:30:00+00:00">2 March</time></div>'
        f'<div class="entry-content">{text}<div class="sharedaddy">{SHARE}</div>'
        f'<div id="jp-relatedposts">{RELATED}</div></div></div>'
    )
    side = '<div class="widget-area"><p>A word about me: I have lived here, with two cats, since I was small.</p></div>'
    return whole(
        f'<div id="page">{MENU}<div id="primary">{post}<div class="comments-area">{long}</div></div>{side}</div>'
        f"{FOOTER}"
    )


def _microdata() -> str:
    rest = paragraphs((*MIDDLE, *END))
    text = f'<div itemprop="articleBody">{paragraphs(LEAD)}{FIGURE}<h3>{HEADING}</h3>{rest}</div>'
    head = f"""<h1 itemprop="headline">{HEADLINE}</h1><span itemprop="author" itemscope
itemtype="https://schema.org/Person"><span itemprop="name">Ada Holm</span></span>
<meta itemprop="datePublished" content="2026-03-02T08:30:00Z">"""
    item = f'<div itemscope itemtype="https://schema.org/NewsArticle">{head}{text}</div>'
    canonical = '<link rel="canonical" href="https://harbour.example/2026/ferry">'
    return whole(f"{MENU}{item}{RELATED}{NEWSLETTER}{FOOTER}", canonical)


def _split() -> str:
    """A body cut in sections by advertisements and a teaser in each gap."""
    ad = '<div class="ad-slot"><p>Advertisement: boats, boots and bait, cheaper than ever, by the mill.</p></div>'
    parts = (LEAD, (HEADING, *MIDDLE), END)
    sections = ad.join(
        f'<section class="text-block">{paragraphs(part).replace(f"<p>{HEADING}</p>", f"<h2>{HEADING}</h2>")}</section>'
        for part in parts
    )
    return whole(f'{MENU}<div class="wrap"><h1>{HEADLINE}</h1>{sections}</div>{RELATED}{FOOTER}', OPEN_GRAPH)


def _teasers() -> str:
    """Teasers that are articles too, before and after the story's."""
    card = "".join(
        f'<article class="card"><h3><a href="/t{i}">Teaser {i} of another matter</a></h3><p>Two lines, {i} words, that '
        "make you want to click, though nothing much happened in that street.</p></article>" for i in range(4)
    )  # fmt: skip
    text = f"{paragraphs(LEAD)}<h2>{HEADING}</h2>{paragraphs(MIDDLE)}{paragraphs(END)}"
    return whole(f"{NAV}<div>{card}</div><article><h1>{HEADLINE}</h1>{text}</article><section>{card}</section>{FOOTER}")


def _widgets() -> str:
    """A page builder: each paragraph a widget of its own, and the other stories too."""
    made = "".join(
        f'<div class="builder-widget widget-text"><div class="widget-container"><p>{text}</p></div></div>'
        for text in (*LEAD, *MIDDLE, *END)
    )
    others = '<h3>Recent posts</h3><ul><li><a href="/1">Crane toppled by a gust of wind</a></li></ul>'
    others = f'<div class="builder-widget widget-posts">{others}</div>'
    return whole(f'<div class="builder-widget"><h1>{HEADLINE}</h1></div><div class="section">{made}</div>{others}')


def _utility() -> str:
    """Classes that say how things look: what is hidden may be so on small screens alone."""
    text = f"{paragraphs(LEAD)}<h2>{HEADING}</h2>{paragraphs((*MIDDLE, *END))}"
    cards = "".join(f'<a href="/{i}"><div>Something else happened in another town, {i}</div></a>' for i in range(6))
    return whole(
        f'<div class="min-h-screen overflow-hidden"><header class="hidden md:flex"><a href="/">Home</a></header>'
        f'<div class="mx-auto max-w-prose overflow-hidden"><h1 class="text-4xl">{HEADLINE}</h1>'
        f'<div class="prose lg:prose-xl">{text}</div></div><div class="grid gap-4">{cards}</div></div>'
    )


def _components() -> str:
    """Blocks side by side in `main`, links to other pages at their end."""
    block = '<div data-component="text-block" class="css-{}"><p>{}</p></div>'
    first = "".join(block.format(index, text) for index, text in enumerate(LEAD))
    rest = "".join(block.format(index, text) for index, text in enumerate((*MIDDLE, *END)))
    links = '<div data-component="links"><h2>{}</h2><ul><li><a href="/x">Harbour office</a></li></ul></div>'
    return whole(
        f"<main><div><h1>{HEADLINE}</h1></div>{first}<div><h2>{HEADING}</h2></div>{rest}"
        f"{links.format('Elsewhere')}{links.format('Topics')}</main>"
    )


def _bare() -> str:
    return f"<h1>{HEADLINE}</h1>{paragraphs(LEAD)}<h2>{HEADING}</h2>{paragraphs(MIDDLE)}{paragraphs(END)}"


SHAPES = (
    Shape("semantic", _semantic()),
    Shape("modules", _modules(), (*LEAD, *MIDDLE, *END)),
    Shape("old", _old()),
    Shape("weblog", _weblog()),
    Shape("microdata", _microdata()),
    Shape("split", _split()),
    Shape("teasers", _teasers()),
    Shape("widgets", _widgets(), (*LEAD, *MIDDLE, *END)),
    Shape("utility", _utility()),
    Shape("components", _components()),
    Shape("bare", _bare()),
)


def by_name(name: str) -> Shape:
    """The shape of that name."""
    return next(shape for shape in SHAPES if shape.name == name)
