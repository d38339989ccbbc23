"""The key that callers must bring: as bearer token, or as password of basic authentication."""

import base64
import binascii
import secrets
from typing import Any

from fastapi import FastAPI

from annotator.errors import ServeError


def check_key(api_key: str | None) -> None:
    """Raise ServeError for a key that no header can hold."""
    if api_key is not None and not (api_key.isascii() and api_key.isprintable() and api_key.strip() == api_key != ""):
        raise ServeError("The API key must consist of ASCII characters, with no blank at its ends")


def has_key(authorization: str, key: str) -> bool:
    """Whether the header brings the key: as bearer token, or as password of basic authentication."""
    scheme, _, value = authorization.partition(" ")
    given = value.strip().encode()
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).partition(b":")[2]
        except binascii.Error:
            return False
    elif scheme.lower() not in ("bearer", "token"):
        return False
    return secrets.compare_digest(given, key.encode())


def describe_key(app: FastAPI) -> None:
    """Say in the schema that all calls but /health need the key; the gate looks at it before anything is read."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        schema = described()
        schemes = ("basic", "bearer")
        schema["components"]["securitySchemes"] = {scheme: {"type": "http", "scheme": scheme} for scheme in schemes}
        schema["security"] = [{scheme: []} for scheme in schemes]
        schema["paths"]["/health"]["get"]["security"] = []
        return schema

    app.openapi = openapi  # type: ignore[method-assign]
