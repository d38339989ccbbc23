"""An article's id as a part of an address, and back."""

import base64
import re

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")


def key_of(article_id: str) -> str:
    """An article's id as a part of an address.

    >>> key_of("anonymous-politics"), key_of("news.example/a b")
    ('anonymous-politics', '~bmV3cy5leGFtcGxlL2EgYg')
    """
    if _PLAIN.fullmatch(article_id):
        return article_id
    return "~" + base64.urlsafe_b64encode(article_id.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def id_of(key: str) -> str:
    """The id behind a part of an address; one that nobody has where it is none.

    >>> id_of("~bmV3cy5leGFtcGxlL2EgYg")
    'news.example/a b'
    """
    if not key.startswith("~"):
        return key
    try:
        return base64.urlsafe_b64decode(key[1:] + "=" * (-len(key[1:]) % 4)).decode("utf-8", "surrogatepass")
    except ValueError:
        return key
