"""Drawings and formulas inside XHTML: the elements and attributes of SVG (1.1 and 2) and of MathML (3 and Core)."""

from collections.abc import Iterator

from syndicate.markup import value_html
from syndicate.markup.rules import WARNING, RuleSet
from syndicate.markup.structure import finding
from syndicate.markup.value_addresses import scheme_of
from syndicate.markup.xml import Node
from syndicate.model.finding import Finding

rules = RuleSet("atom")
ELEMENT = rules.state(
    "atom.xhtml.foreign-element", severity=WARNING, spec="RFC 4287 §8.1; SVG 2; MathML 3",
    summary="drawings and formulas are made of elements of SVG and MathML",
    why="Readers let through what they know of the two, and take out the rest.", reference="SecurityRisk")  # fmt: skip
ATTRIBUTE = rules.state(
    "atom.xhtml.foreign-attribute", severity=WARNING, spec="RFC 4287 §8.1; SVG 2; MathML 3",
    summary="elements of SVG and MathML have attributes of theirs",
    why="Readers let through what they know of the two, and take out the rest.",
    reference="SecurityRiskAttr")  # fmt: skip

SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"
# What runs programs or brings foreign pages in.
_UNSAFE = frozenset({"script", "handler", "listener", "foreignObject"})
# fmt: off
_SVG = frozenset({
    "a", "altGlyph", "altGlyphDef", "altGlyphItem", "animate", "animateColor", "animateMotion", "animateTransform",
    "circle", "clipPath", "color-profile", "cursor", "defs", "desc", "discard", "ellipse", "feBlend", "feColorMatrix",
    "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap",
    "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
    "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting",
    "feSpotLight", "feTile", "feTurbulence", "filter", "font", "font-face", "font-face-format", "font-face-name",
    "font-face-src", "font-face-uri", "g", "glyph", "glyphRef", "hkern", "image", "line", "linearGradient", "marker",
    "mask", "metadata", "missing-glyph", "mpath", "path", "pattern", "polygon", "polyline", "prefetch",
    "radialGradient", "rect", "set", "solidColor", "stop", "style", "svg", "switch", "symbol", "tbreak", "text",
    "textArea", "textPath", "title", "tref", "tspan", "use", "view", "vkern",
})
_SVG_ATTRIBUTES = frozenset({
    "accent-height", "accumulate", "additive", "alignment-baseline", "alphabetic", "amplitude", "arabic-form",
    "ascent", "attributeName", "attributeType", "azimuth", "baseFrequency", "baseProfile", "baseline-shift", "bbox",
    "begin", "bias", "by", "calcMode", "cap-height", "class", "clip", "clip-path", "clip-rule", "clipPathUnits",
    "color", "color-interpolation", "color-interpolation-filters", "color-profile", "color-rendering", "content",
    "contentScriptType", "contentStyleType", "crossorigin", "cursor", "cx", "cy", "d", "descent", "diffuseConstant",
    "direction", "display", "divisor", "dominant-baseline", "download", "dur", "dx", "dy", "edgeMode", "elevation",
    "enable-background", "end", "exponent", "externalResourcesRequired", "fill", "fill-opacity", "fill-rule",
    "filter", "filterRes", "filterUnits", "flood-color", "flood-opacity", "focusable", "font-family", "font-size",
    "font-size-adjust", "font-stretch", "font-style", "font-variant", "font-weight", "format", "fr", "from", "fx",
    "fy", "g1", "g2", "glyph-name", "glyph-orientation-horizontal", "glyph-orientation-vertical", "glyphRef",
    "gradientTransform", "gradientUnits", "hanging", "height", "horiz-adv-x", "horiz-origin-x", "horiz-origin-y",
    "href", "hreflang", "id", "ideographic", "image-rendering", "in", "in2", "intercept", "k", "k1", "k2", "k3", "k4",
    "kernelMatrix", "kernelUnitLength", "kerning", "keyPoints", "keySplines", "keyTimes", "lang", "lengthAdjust",
    "letter-spacing", "lighting-color", "limitingConeAngle", "line-increment", "local", "marker-end", "marker-mid",
    "marker-start", "markerHeight", "markerUnits", "markerWidth", "mask", "maskContentUnits", "maskUnits",
    "mathematical", "max", "media", "method", "min", "mode", "name", "numOctaves", "offset", "opacity", "operator",
    "order", "orient", "orientation", "origin", "overflow", "overline-position", "overline-thickness", "paint-order",
    "panose-1", "path", "pathLength", "patternContentUnits", "patternTransform", "patternUnits", "ping",
    "pointer-events", "points", "pointsAtX", "pointsAtY", "pointsAtZ", "preserveAlpha", "preserveAspectRatio",
    "primitiveUnits", "property", "r", "radius", "referrerPolicy", "refX", "refY", "rel", "rendering-intent",
    "repeatCount", "repeatDur", "requiredExtensions", "requiredFeatures", "requiredFonts", "requiredFormats",
    "resource", "restart", "result", "rev", "role", "rotate", "rx", "ry", "scale", "seed", "shape-rendering", "side",
    "slope", "snapshotTime", "solid-color", "solid-opacity", "spacing", "specularConstant", "specularExponent",
    "spreadMethod", "startOffset", "stdDeviation", "stemh", "stemv", "stitchTiles", "stop-color", "stop-opacity",
    "strikethrough-position", "strikethrough-thickness", "string", "stroke", "stroke-dasharray", "stroke-dashoffset",
    "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width", "style",
    "surfaceScale", "systemLanguage", "tabindex", "tableValues", "target", "targetX", "targetY", "text-anchor",
    "text-decoration", "text-overflow", "text-rendering", "textLength", "timelineBegin", "title", "to", "transform",
    "transform-origin", "type", "typeof", "u1", "u2", "underline-position", "underline-thickness", "unicode",
    "unicode-bidi", "unicode-range", "units-per-em", "v-alphabetic", "v-hanging", "v-ideographic", "v-mathematical",
    "values", "vector-effect", "version", "vert-adv-y", "vert-origin-x", "vert-origin-y", "viewBox", "viewTarget",
    "viewport-fill", "viewport-fill-opacity", "visibility", "white-space", "width", "widths", "word-spacing",
    "writing-mode", "x", "x-height", "x1", "x2", "xChannelSelector", "y", "y1", "y2", "yChannelSelector", "z",
    "zoomAndPan",
})
_MATHML = frozenset(
    # Layout.
    {
        "maction", "maligngroup", "malignmark", "math", "menclose", "merror", "mfenced", "mfrac", "mglyph", "mi",
        "mlabeledtr", "mlongdiv", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts", "mroot",
        "mrow", "ms", "mscarries", "mscarry", "msgroup", "msline", "mspace", "msqrt", "msrow", "mstack", "mstyle",
        "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "none",
    }
) | frozenset(
    # Meaning.
    {
        "abs", "and", "annotation", "annotation-xml", "apply", "approx", "arccos", "arccosh", "arccot", "arccoth",
        "arccsc", "arccsch", "arcsec", "arcsech", "arcsin", "arcsinh", "arctan", "arctanh", "arg", "bind", "bvar",
        "card", "cartesianproduct", "cbytes", "ceiling", "cerror", "ci", "cn", "codomain", "complexes", "compose",
        "condition", "conjugate", "cos", "cosh", "cot", "coth", "cs", "csc", "csch", "csymbol", "curl", "declare",
        "degree", "determinant", "diff", "divergence", "divide", "domain", "domainofapplication", "emptyset", "eq",
        "equivalent", "eulergamma", "exists", "exp", "exponentiale", "factorial", "factorof", "false", "floor", "fn",
        "forall", "gcd", "geq", "grad", "gt", "ident", "image", "imaginary", "imaginaryi", "implies", "in", "infinity",
        "int", "integers", "intersect", "interval", "inverse", "lambda", "laplacian", "lcm", "leq", "limit", "list",
        "ln", "log", "logbase", "lowlimit", "lt", "matrix", "matrixrow", "max", "mean", "median", "min", "minus",
        "mode", "moment", "momentabout", "naturalnumbers", "neq", "not", "notanumber", "notin", "notprsubset",
        "notsubset", "or", "otherwise", "outerproduct", "partialdiff", "pi", "piece", "piecewise", "plus", "power",
        "primes", "product", "prsubset", "quotient", "rationals", "real", "reals", "reln", "rem", "root",
        "scalarproduct", "sdev", "sec", "sech", "selector", "semantics", "sep", "set", "setdiff", "share", "sin",
        "sinh", "subset", "sum", "tan", "tanh", "tendsto", "times", "transpose", "true", "union", "uplimit", "variance",
        "vector", "vectorproduct", "xor",
    }
)
_MATHML_ATTRIBUTES = frozenset(
    {
        "accent", "accentunder", "actiontype", "align", "alignmentscope", "alt", "alttext", "altimg", "altimg-height",
        "altimg-valign", "altimg-width", "arg", "background", "base", "baseline", "bevelled", "cd", "cdgroup",
        "charalign", "charspacing", "class", "close", "closure", "color", "columnalign", "columnlines", "columnspacing",
        "columnspan", "columnwidth", "crossout", "decimalpoint", "definitionURL", "denomalign", "depth", "dir",
        "display", "displaystyle", "edge", "encoding", "equalcolumns", "equalrows", "fence", "fontfamily", "fontsize",
        "fontstyle", "fontweight", "form", "frame", "framespacing", "groupalign", "height", "href", "id", "indentalign",
        "indentalignfirst", "indentalignlast", "indentshift", "indentshiftfirst", "indentshiftlast", "indenttarget",
        "infixlinebreakstyle", "intent", "lang", "largeop", "leftoverhang", "length", "linebreak", "linebreakmultchar",
        "linebreakstyle", "lineleading", "linethickness", "location", "longdivstyle", "lquote", "lspace",
        "mathbackground", "mathcolor", "mathsize", "mathvariant", "maxsize", "maxwidth", "mediummathspace",
        "minlabelspacing", "minsize", "mode", "movablelimits", "mslinethickness", "name", "nargs", "notation",
        "numalign", "occurrence", "open", "order", "other", "overflow", "position", "rightoverhang", "role", "rowalign",
        "rowlines", "rowspacing", "rowspan", "rquote", "rspace", "schemaLocation", "scope", "scriptlevel",
        "scriptminsize", "scriptsizemultiplier", "selection", "separator", "separators", "shift", "side", "src",
        "stackalign", "stretchy", "style", "subscriptshift", "superscriptshift", "symmetric", "tabindex",
        "thickmathspace", "thinmathspace", "title", "type", "valign", "verythickmathspace", "verythinmathspace",
        "veryverythickmathspace", "veryverythinmathspace", "voffset", "width", "xref",
    }
)
# fmt: on
_ELEMENTS = {SVG: _SVG, MATHML: _MATHML}
_ATTRIBUTES = {SVG: _SVG_ATTRIBUTES, MATHML: _MATHML_ATTRIBUTES}
_SCRIPTS = frozenset({"javascript", "vbscript"})


def flaws(node: Node) -> Iterator[Finding]:
    """What is wrong with an element of SVG or MathML and its attributes; nothing with those of other namespaces."""
    known = _ELEMENTS.get(node.namespace)
    if known is None:
        return
    if node.local in _UNSAFE and node.namespace == SVG:
        yield finding(value_html.SCRIPT, node, f"readers take {node.qname} out")
    elif node.local not in known:
        language = "SVG" if node.namespace == SVG else "MathML"
        yield finding(ELEMENT, node, f"{language} has no element {node.local!r}: readers take it out")
    for name, text in node.attributes.items():
        yield from _attribute(node, name.rpartition("}")[2], text, is_own=not name.startswith("{"))


def _attribute(node: Node, name: str, text: str, *, is_own: bool) -> Iterator[Finding]:
    if name.lower().startswith("on") and is_own:
        yield finding(value_html.EVENT, node, f"readers take the event handler {name} out", attribute=name)
    elif name == "href" and scheme_of(text.strip()) in _SCRIPTS:
        yield finding(value_html.SCRIPT_ADDRESS, node, f"the link of {node.qname} runs a script", attribute=name)
    elif is_own and name not in _ATTRIBUTES[node.namespace] and not name.startswith(("data-", "aria-")):
        yield finding(ATTRIBUTE, node, f"{node.qname} has no attribute {name!r}", attribute=name)
