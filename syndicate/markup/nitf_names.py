"""What rules need to know of NITF 3.6: its namespaces, and the elements that do not part words."""

NAMESPACE = "http://iptc.org/std/NITF/2006-10-18/"
NAMESPACES = (NAMESPACE, "http://iptc.org/std/nitf/2006-03-01/")
"""That of NITF 3.4 to 3.6, and that of 3.3, in which some agencies still write."""
# What does not part words when they are counted (NITF 3.6, enriched text).
INLINE = frozenset({
    "a", "chron", "city", "classifier", "copyrite", "country", "em", "event", "frac", "function", "lang", "location",
    "money", "num", "object.title", "org", "person", "postaddr", "pronounce", "q", "region", "state", "sub",
    "sublocation", "sup", "virtloc", "alt-code", "name.given", "name.family",
})  # fmt: skip
