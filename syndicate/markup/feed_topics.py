"""A concept of a vocabulary as one address, as RDF names things, and back."""

from urllib.parse import quote, unquote

_ENDS = ("/", "#")


def topic_of(scheme: str, code: str) -> str:
    """The concept's address: the code below that of its vocabulary."""
    return f"{scheme if scheme.endswith(_ENDS) else f'{scheme}#'}{quote(code, safe='')}"


def parts_of(topic: str) -> tuple[str, str]:
    """The vocabulary's address and the code; empty where the address has no such parts."""
    at = max(topic.rfind(end) for end in _ENDS) + 1
    scheme, code = topic[:at], unquote(topic[at:])
    return (scheme.removesuffix("#"), code) if scheme and code else ("", "")
