"""Inline CSS: which declarations are harmless in a feed."""

import re

# fmt: off
# What changes the look of a text and the room around it, but neither its place nor what is loaded.
_HARMLESS = frozenset({
    "-moz-osx-font-smoothing", "-webkit-font-smoothing", "-webkit-text-size-adjust", "align-content", "align-items",
    "align-self", "aspect-ratio", "azimuth", "background", "background-color", "border", "border-block",
    "border-bottom", "border-bottom-color", "border-bottom-left-radius", "border-bottom-right-radius",
    "border-bottom-style", "border-bottom-width", "border-collapse", "border-color", "border-inline", "border-left",
    "border-left-color", "border-left-style", "border-left-width", "border-radius", "border-right",
    "border-right-color", "border-right-style", "border-right-width", "border-spacing", "border-style", "border-top",
    "border-top-color", "border-top-left-radius", "border-top-right-radius", "border-top-style", "border-top-width",
    "border-width", "box-shadow", "box-sizing", "break-after", "break-before", "break-inside", "caption-side",
    "clear", "color", "column-count", "column-gap", "column-width", "columns", "cursor", "direction", "display",
    "elevation", "empty-cells", "flex", "flex-basis", "flex-direction", "flex-flow", "flex-grow", "flex-shrink",
    "flex-wrap", "float", "font", "font-family", "font-feature-settings", "font-kerning", "font-size",
    "font-size-adjust", "font-stretch", "font-style", "font-variant", "font-variant-caps", "font-variant-numeric",
    "font-weight", "gap", "height", "hyphens", "justify-content", "justify-items", "letter-spacing", "line-break",
    "line-height", "list-style", "list-style-position", "list-style-type", "margin", "margin-block", "margin-bottom",
    "margin-inline", "margin-left", "margin-right", "margin-top", "max-height", "max-width", "min-height",
    "min-width", "object-fit", "object-position", "order", "orphans", "outline", "outline-color", "outline-style",
    "outline-width", "overflow", "overflow-wrap", "overflow-x", "overflow-y", "padding", "padding-block",
    "padding-bottom", "padding-inline", "padding-left", "padding-right", "padding-top", "page-break-after",
    "page-break-before", "page-break-inside", "pause", "pause-after", "pause-before", "pitch", "pitch-range",
    "quotes", "resize", "richness", "row-gap", "speak", "speak-header", "speak-numeral", "speak-punctuation",
    "speech-rate", "stress", "tab-size", "table-layout", "text-align", "text-align-last", "text-decoration",
    "text-decoration-color", "text-decoration-line", "text-decoration-style", "text-indent", "text-overflow",
    "text-rendering", "text-shadow", "text-transform", "text-wrap", "unicode-bidi", "vertical-align", "voice-family",
    "volume", "white-space", "widows", "width", "word-break", "word-spacing", "word-wrap", "writing-mode",
})
# fmt: on
_DECLARATION = re.compile(r"\s*(-?[A-Za-z][A-Za-z-]*)\s*:([^;]*)\Z")
_FUNCTION = re.compile(
    r"(?:url|expression|attr|image-set|element|image|src|var|env)\s*\(|javascript\s*:|@import|\\", re.IGNORECASE
)
_LONGEST = 4096


def flaw_of_style(style: str) -> str | None:
    """What is dangerous or broken in the declarations, as the end of a sentence; None when nothing is."""
    if len(style) > _LONGEST:
        return f"has more than {_LONGEST} characters"
    found = _FUNCTION.search(style)
    if found:
        return f"uses {found[0].rstrip('( ')!r}"
    return next(filter(None, map(_flaw_of_declaration, style.split(";"))), None)


def _flaw_of_declaration(declaration: str) -> str | None:
    if not declaration.strip():
        return None
    parts = _DECLARATION.match(declaration)
    if parts is None:
        return f"has the broken declaration {declaration.strip()[:40]!r}"
    return None if parts[1].lower() in _HARMLESS else f"sets {parts[1].lower()!r}"
