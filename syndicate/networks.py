"""Networks as the settings name them; whoever reads these needs no client for that."""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network

Networks = tuple[IPv4Network | IPv6Network, ...]


def networks(texts: Iterable[str]) -> Networks:
    """Addresses and networks as they stand in the settings."""
    return tuple(ip_network(text, strict=False) for text in texts)
