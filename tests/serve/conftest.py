"""The backend around the annotator with its default settings."""

import pytest
from fastapi import FastAPI

from annotator.serve import create_app
from tests.serve.asking import Here


@pytest.fixture
def app() -> FastAPI:
    return create_app(Here())
