"""The backend around the annotator with its default settings."""

import pytest
from fastapi import FastAPI

from annotator.pipeline import default
from annotator.serve import create_app


@pytest.fixture
def app() -> FastAPI:
    return create_app(default())
