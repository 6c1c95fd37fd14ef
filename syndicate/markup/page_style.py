"""How pages for people look: one style for the front page, the previews of feeds and the status page.

Calm like a printed paper, in fonts that the reader's machine has, light or dark as the reader's machine is. Nothing is
loaded, nothing moves. Every text colour has a contrast of 4.5 or more on every ground that is used (WCAG 2.2, 1.4.3).
The texts hold neither `<` nor `&`, so that they stand in a page that is XML too as they are.
"""

# Colours: paper is the page, card lies on it, tint is a quieter card; ink is text, quiet is text beside it, line parts,
# link is what leads on, mark is the paper's own colour; good, warn and bad say how things are.
COLOURS = """
:root{color-scheme:light dark;--paper:#faf9f5;--card:#fff;--tint:#f1efe8;--ink:#1b1a17;--quiet:#5a564e;--line:#d8d4c9;
--link:#0b4f7d;--mark:#9c2617;--good:#1c6636;--warn:#7d4c00;--bad:#a31515}
@media(prefers-color-scheme:dark){:root{--paper:#15161a;--card:#1d1f24;--tint:#24262c;--ink:#e9e6df;--quiet:#aeaaa1;
--line:#3a3c42;--link:#8fc6ee;--mark:#f0907f;--good:#7fd39a;--warn:#f0bb62;--bad:#ff9a94}}
"""

BASE = f"""{COLOURS}
:root{{--serif:Charter,"Bitstream Charter","Iowan Old Style",Georgia,"Times New Roman",serif;
--sans:-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}}
*{{box-sizing:border-box}}
html{{border-top:.4rem solid var(--mark);-webkit-text-size-adjust:100%;text-size-adjust:100%}}
body{{margin:0 auto;max-width:70rem;padding:0 1.25rem 3rem;font:1.0625rem/1.55 var(--serif);color:var(--ink);
background:var(--paper);overflow-wrap:break-word}}
h1,h2,h3,h4{{line-height:1.2;font-weight:700;margin:0;text-wrap:balance}}
p{{margin:.5rem 0}}
ul,ol{{padding:0;margin:0}}
a{{color:var(--link);text-decoration-thickness:.07em;text-underline-offset:.16em}}
a:hover{{text-decoration-thickness:.14em}}
h1 a,h2 a,h3 a{{color:inherit;text-decoration:none}}
h1 a:hover,h2 a:hover,h3 a:hover{{text-decoration:underline;text-decoration-thickness:.07em}}
:focus-visible{{outline:3px solid var(--link);outline-offset:3px;border-radius:2px}}
.skip{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
.skip:focus{{width:auto;height:auto;clip-path:none;margin:.75rem;padding:.5rem .75rem;background:var(--card);
font-family:var(--sans)}}
.masthead{{border-bottom:1px solid var(--ink);padding:1.75rem 0 1.1rem;margin-bottom:1.75rem}}
.masthead h1{{font-size:clamp(1.9rem,1.2rem + 3.4vw,3.25rem);letter-spacing:-.015em}}
.lead{{color:var(--quiet);margin:.5rem 0 0;max-width:52rem}}
.facts,.ways,.pages,.foot{{font-family:var(--sans);font-size:.875rem;line-height:1.45}}
.facts,.foot{{color:var(--quiet)}}
.ways{{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem;list-style:none;margin:.75rem 0 0}}
.ways .label{{color:var(--quiet);margin-inline-end:.15rem}}
.ways a{{display:inline-block;border:1px solid var(--line);border-radius:1rem;padding:.22rem .8rem;
background:var(--card);font-weight:600;text-decoration:none}}
.ways a:hover{{border-color:var(--link)}}
.foot{{border-top:1px solid var(--line);margin-top:2.5rem;padding-top:1rem}}
@media print{{:root{{color-scheme:light}}.skip,.ways,.pages{{display:none}}body{{max-width:none;padding:0}}}}
"""

# What the preview of a feed needs beside BASE: stories below each other.
STORIES = """
.narrow{max-width:46rem}
.masthead>.facts:first-child{margin:0 0 .75rem}
article{padding:0 0 1.75rem;margin:0 0 1.75rem;border-bottom:1px solid var(--line)}
article:last-of-type{border-bottom:0}
h2{font-size:clamp(1.45rem,1.25rem + 1vw,1.9rem);letter-spacing:-.01em}
h3{font-size:1.2rem;margin-top:1.5rem}h4,h5,h6{font-size:1.05rem;margin-top:1.25rem}
article>p{margin:.85rem 0}
.byline{font-family:var(--sans);font-size:.9375rem;font-weight:600;margin:.6rem 0 0}
article>.facts{margin:.5rem 0 1rem}
.byline+.facts{margin-top:.1rem}
.abstract{font-size:1.1875rem;line-height:1.45;color:var(--quiet)}
.highlights{list-style:none;border-inline-start:.25rem solid var(--mark);padding-inline-start:1rem;margin:1rem 0;
font-family:var(--sans);font-size:.9375rem}
.highlights li+li{margin-top:.35rem}
article ul:not(.highlights),article ol{padding-inline-start:1.5rem;margin:.75rem 0}
.dateline{font-weight:700;font-size:.875em;letter-spacing:.02em}
figure{margin:1.25rem 0;padding:.75rem 1rem;background:var(--tint);border-radius:.4rem;font-family:var(--sans);
font-size:.9375rem;line-height:1.45}
figure p{margin:0}
.kind{font-size:.8125rem;color:var(--quiet)}
.file{font-weight:600}
figcaption{margin-top:.35rem}
.credit{color:var(--quiet);font-size:.8125rem}
blockquote{margin:1.25rem 0;padding-inline-start:1.25rem;border-inline-start:1px solid var(--ink);font-style:italic}
.cite{font-style:normal;font-family:var(--sans);font-size:.875rem;color:var(--quiet)}
.table{overflow-x:auto;margin:1.25rem 0}
table{border-collapse:collapse;font-family:var(--sans);font-size:.9375rem}
th,td{border-bottom:1px solid var(--line);padding:.35rem .75rem .35rem 0;text-align:start;vertical-align:top}
caption{text-align:start;color:var(--quiet)}
.related,.embed{font-family:var(--sans);font-size:.9375rem}
.related::before{content:"\\2192\\00a0";color:var(--mark)}
.tagline{font-style:italic;color:var(--quiet)}
.correction{border:1px solid var(--mark);border-radius:.4rem;padding:.6rem 1rem;font-size:1rem}
.correction strong{color:var(--mark);font-family:var(--sans);font-size:.875rem;margin-inline-end:.35rem}
.rights{font-family:var(--sans);font-size:.8125rem;color:var(--quiet)}
code{font-size:.9em}
"""

# What the front page needs beside BASE: sections below each other, the feeds of each, their headlines beside them.
FRONT = """
.contents ul,.pages ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none}
.contents{font-family:var(--sans);font-size:.9375rem;margin-top:.9rem}
.contents a,.pages a{display:inline-block;padding:.2rem 0;text-decoration:none;font-weight:600}
.contents a:hover,.pages a:hover{text-decoration:underline}
.contents a::first-letter,h2::first-letter{text-transform:uppercase}
.masthead{margin-bottom:0}
h2{font-family:var(--sans);font-size:1rem;color:var(--mark);padding-top:1.6rem}
.feeds{list-style:none}
.feed{padding:1.35rem 0 1.5rem;border-bottom:1px solid var(--line)}
.feed:target{background:var(--tint);box-shadow:0 0 0 .75rem var(--tint)}
h3{font-size:1.4rem;letter-spacing:-.005em}
.about p{margin:.3rem 0 0;color:var(--quiet);font-size:1rem;line-height:1.45}
.news{list-style:none;margin:.8rem 0 0}
.news li{padding:.45rem 0;line-height:1.3;border-top:1px solid var(--line)}
.news li:first-child{border-top:0;padding-top:0}
.news a{color:var(--ink);text-decoration:none}
.news a:hover{text-decoration:underline;text-decoration-thickness:.07em}
.news p{margin:.1rem 0 0;font-size:.8125rem}
.ways .other{border-color:transparent;background:none;padding-inline:.35rem}
.pages{margin-top:2rem}
.pages a{min-width:1.5rem;text-align:center}
.pages [aria-current]{color:var(--ink);text-decoration:underline;text-decoration-thickness:.15em}
@media(min-width:56rem){
section{display:grid;grid-template-columns:9rem 1fr;gap:0 2rem;border-bottom:1px solid var(--ink)}
section:last-child{border-bottom:0}
.feed:last-child{border-bottom:0}
.feed{display:grid;grid-template:"about side" auto "ways side" 1fr/minmax(0,1fr) minmax(0,1.1fr);gap:0 2.5rem}
.about{grid-area:about}.news{grid-area:side;margin:.15rem 0 0}.ways{grid-area:ways;align-self:start}
.plain .ways{grid-area:side;justify-content:flex-end;margin-top:.15rem}
}
"""
