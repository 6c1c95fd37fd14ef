"""Language tags (BCP 47): their form, the two-letter codes of ISO 639-1, and the two-letter regions."""

import re
from typing import Literal

# The last ones withdrawn (in, iw, ji, jw, mo) are still written by Java and old systems.
# fmt: off
_TWO_LETTERS = frozenset({
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bi", "bm", "bn", "bo",
    "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da", "de", "dv", "dz", "ee", "el", "en", "eo",
    "es", "et", "eu", "fa", "ff", "fi", "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "he", "hi",
    "ho", "hr", "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "in", "io", "is", "it", "iu", "iw", "ja",
    "ji", "jv", "jw", "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw", "ky", "la",
    "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml", "mn", "mo", "mr", "ms", "mt", "my",
    "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv", "ny", "oc", "oj", "om", "or", "os", "pa", "pi", "pl",
    "ps", "pt", "qu", "rm", "rn", "ro", "ru", "rw", "sa", "sc", "sd", "se", "sg", "sh", "si", "sk", "sl", "sm", "sn",
    "so", "sq", "sr", "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr", "ts",
    "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi", "yo", "za", "zh", "zu",
})
# The registry's regions; of those that no country has, AA, QM to QZ, XA to XZ and ZZ are for private use.
_REGIONS = frozenset({
    "AC", "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AN", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA",
    "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BU", "BV", "BW",
    "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CP", "CQ", "CR", "CS", "CU",
    "CV", "CW", "CX", "CY", "CZ", "DD", "DE", "DG", "DJ", "DK", "DM", "DO", "DZ", "EA", "EC", "EE", "EG", "EH", "ER",
    "ES", "ET", "EU", "EZ", "FI", "FJ", "FK", "FM", "FO", "FR", "FX", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI",
    "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU", "IC", "ID",
    "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN",
    "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD",
    "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY",
    "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NT", "NU", "NZ", "OM", "PA", "PE", "PF", "PG",
    "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC",
    "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SU", "SV", "SX", "SY", "SZ",
    "TA", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TP", "TR", "TT", "TV", "TW", "TZ", "UA",
    "UG", "UM", "UN", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU", "WF", "WS", "YD", "YE", "YT", "YU",
    "ZA", "ZM", "ZR", "ZW",
})
# fmt: on
_PRIVATE_REGION = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ")
_LIKELY = {"UK": "GB", "EN": "GB", "SP": "ES", "JA": "JP"}
_TAG = re.compile(
    r"(?:(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})"
    r"(?:-[a-z]{4})?"
    r"(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*"
    r"(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
    r"|i-[a-z]{2,8}|en-gb-oed|sgn-be-fr|sgn-be-nl|sgn-ch-de|art-lojban|cel-gaulish|no-bok|no-nyn"
    r"|zh-guoyu|zh-hakka|zh-min|zh-min-nan|zh-xiang)\Z",
    re.IGNORECASE | re.ASCII,
)
_LONGEST = 64
# Languages that are written from right to left unless their tag names another script, and scripts that are.
_LEFTWARDS = frozenset({"ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "lrc", "mzn", "pnb", "ps", "sd",
                        "syr", "ug", "ur", "yi"})  # fmt: skip
_LEFTWARD_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})


def flaw_of_tag(tag: str) -> str | None:
    """What is wrong with the tag, as the end of a sentence; None when nothing is."""
    found = _TAG.match(tag) if len(tag) <= _LONGEST else None
    if found is None:
        return "is not a language tag (BCP 47, e.g. en or en-GB)"
    primary = (found["language"] or "").partition("-")[0].lower()
    if len(primary) == 2 and primary not in _TWO_LETTERS:
        return f"begins with {primary!r}, which is no language code (ISO 639)"
    if len(primary) >= 4:
        return f"begins with {primary!r}, which is no language code (ISO 639)"
    if repeated := _repeated(tag):
        return f"says {repeated!r} twice"
    return None


def _repeated(tag: str) -> str | None:
    """The extension that a tag has twice (BCP 47 §2.2.6); what stands behind an x is private."""
    singles = [part for part in tag.lower().partition("-x-")[0].split("-")[1:] if len(part) == 1]
    return next((part for part in singles if singles.count(part) > 1), None)


def doubt_of_tag(tag: str) -> str | None:
    """Why the tag, which is well-formed, may not be what was meant, as the end of a sentence; None for no doubt."""
    found = _TAG.match(tag) if len(tag) <= _LONGEST else None
    region = (found["region"] or "").upper() if found is not None else ""
    if len(region) != 2 or region in _REGIONS or _PRIVATE_REGION.fullmatch(region):
        return None
    cure = f": write {_LIKELY[region]}" if region in _LIKELY else ""
    return f"names the region {region}, which no country has{cure}"


def direction_of_tag(tag: str) -> Literal["ltr", "rtl"]:
    """How texts in that language run, as HTML's `dir` says: by the script that the tag names, else by its language."""
    primary, *rest = tag.lower().split("-")
    script = next((part for part in rest[:2] if len(part) == 4 and part.isalpha()), None)
    is_leftward = primary in _LEFTWARDS if script is None else script in _LEFTWARD_SCRIPTS
    return "rtl" if is_leftward else "ltr"
