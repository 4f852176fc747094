"""Which hosts of web addresses are there for everybody, and which are one machine or a network."""

from __future__ import annotations

from govkit.patterns import lazy_regex

_AT_HOME = ("localhost", "local", "internal", "lan", "home.arpa", "localdomain")
"""Names that each network gives to its own machines (RFC 6761, 6762, 8375)."""
_NUMERIC = lazy_regex(r"0x[0-9a-f]*|[0-9]+")


def is_for_everybody(address: str) -> bool:
    """Say whether a web address names a host that can be reached from anywhere.

    Nobody is asked: a name needs a dot and may be none of those for a network at home; a number has
    to be one that the internet leads to.
    """
    from urllib.parse import urlsplit  # few records have an address

    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return False
    if ":" in host or _NUMERIC.fullmatch(host.rpartition(".")[2]):
        from ipaddress import ip_address  # most addresses are names

        try:
            return ip_address(host).is_global
        except ValueError:
            return False
    return "." in host and not any(host == each or host.endswith(f".{each}") for each in _AT_HOME)
