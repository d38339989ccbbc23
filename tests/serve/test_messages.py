"""What is asked and answered, as it is described and where it is none."""

import httpx
import pytest
from fastapi import FastAPI

from annotator.serve import create_app
from tests.serve.asking import KEY, Here, ask


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"tasks": 3}', b"\xff", b"[" * 100_000, b'{"tasks": "\\ud800"}'])
def test_what_is_no_request_is_said(app: FastAPI, body: bytes) -> None:
    request = httpx.Request(
        "POST", "http://localhost/predict", content=body, headers={"content-type": "application/json"}
    )
    answer = ask(app, request)
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_the_schema_describes_every_call() -> None:
    app = create_app(Here(), api_key=KEY)
    schema = ask(
        app, httpx.Request("GET", "http://localhost/openapi.json", headers={"authorization": f"Bearer {KEY}"})
    ).json()
    assert set(schema["paths"]) == {"/health", "/setup", "/predict", "/webhook"}
    models = schema["components"]["schemas"]
    assert models["PredictRequest"]["properties"]["tasks"]["items"]["required"] == ["data"]
    assert models["SetupRequest"]["required"] == ["schema"]
    answers = schema["paths"]["/predict"]["post"]["responses"]
    assert {"200", "400", "401", "413", "503"} <= set(answers)
    assert answers["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/PredictResponse"}
    assert schema["security"] == [{"basic": []}, {"bearer": []}]
    assert schema["paths"]["/health"]["get"]["security"] == []
