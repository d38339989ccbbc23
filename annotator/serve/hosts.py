"""The hosts that a request may be for.

A page from elsewhere can have its own name point at this machine and then ask as if it were ours (DNS rebinding); it
cannot have the browser send another name than that, so names are let in that are known. An address is no name.
"""

from collections.abc import Collection
from ipaddress import ip_address


def is_known(header: str, hosts: Collection[str]) -> bool:
    """Whether a Host header names this server: an address, localhost, or one of `hosts`; ports do not count.

    >>> is_known("127.0.0.1:9090", ()), is_known("news.example:9090", ["news.example"]), is_known("evil.example", ())
    (True, True, False)
    """
    name = _name(header)
    return _is_address(name) or name == "localhost" or name in {_name(host) for host in hosts}


def _name(host: str) -> str:
    host = host.strip().lower()
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    return name.removesuffix(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
