"""The contract in `schemas/`: current, correct, and as strict as the records."""

import json
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from annotator.formats import contract
from annotator.labels import VOCABULARIES
from annotator.records import AnnotatedArticle
from annotator.schema import record_schema
from tests.factory import harbour_record, records

FOLDER = Path(__file__).parents[2] / "schemas"


@cache
def validator() -> Any:
    draft = import_module("jsonschema").Draft202012Validator  # its types are not declared
    draft.check_schema(record_schema())
    return draft(record_schema())


@pytest.mark.parametrize("name", contract.files())
def test_the_folder_is_what_the_code_makes(name: str) -> None:
    stored = (FOLDER / name).read_bytes().decode("utf-8")
    assert stored == contract.files()[name], f"schemas/{name} is out of date: annotator schema -o schemas"


def test_the_folder_holds_nothing_else() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(contract.files())


def test_files_are_written_as_they_are(tmp_path: Path) -> None:
    paths = contract.write(tmp_path / "schemas")
    assert {path.name: path.read_bytes().decode() for path in paths} == contract.files()


@settings(max_examples=30, deadline=None)
@given(records())
def test_every_record_is_valid(record: AnnotatedArticle) -> None:
    assert not list(validator().iter_errors(json.loads(record.model_dump_json())))


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r.pop("tool"),
        lambda r: r.pop("sections"),
        lambda r: r.update(schema_version="2"),
        lambda r: r["claims"][0].update(kind="guess"),
        lambda r: r["claims"][0].update(colour="red"),
        lambda r: r["claims"][0].update(confidence=1.5),
        lambda r: r["claims"][0].update(spans=[]),
        lambda r: r["claims"][0]["spans"][0].update(start=-1),
        lambda r: r["claims"][1]["chain"][0].update(role="gossip"),
        lambda r: r["article"].update(article_id=""),
    ],
)
def test_what_is_no_record_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    value = json.loads(harbour_record().model_dump_json())
    assert validator().is_valid(value)
    change(value)
    assert not validator().is_valid(value)


def test_every_word_has_its_meaning_in_the_schema_and_the_readme() -> None:
    definitions = json.loads(contract.files()["record.schema.json"])["$defs"]
    readme = contract.files()["README.md"]
    for name, words in VOCABULARIES.items():
        assert f"### {name}\n" in readme
        assert definitions[words.__name__]["enum"] == [label.value for label in words]
        for label in words:
            assert f"{label.value}: {label.meaning}" in definitions[words.__name__]["description"].split("\n")
            assert f"| `{label.value}` | {label.meaning} |" in readme


def test_the_readme_names_every_file_and_column() -> None:
    readme = contract.files()["README.md"]
    for name in set(contract.files()) - {"README.md"}:
        assert f"| `{name}` |" in readme
    for name in ("claims.schema.json", "sources.schema.json"):
        for column in json.loads(contract.files()[name])["fields"]:
            assert f"| `{column['name']}` | {column['type']} | {column['description'].strip()} |" in readme
