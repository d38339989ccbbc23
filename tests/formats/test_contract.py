"""The folder `schemas/`: current, and nothing missing in it."""

import json
from pathlib import Path

import pytest

from annotator.formats import contract
from annotator.labels import VOCABULARIES

FOLDER = Path(__file__).parents[2] / "schemas"


@pytest.mark.parametrize("name", contract.files())
def test_the_folder_is_what_the_code_makes(name: str) -> None:
    stored = (FOLDER / name).read_bytes().decode("utf-8")
    assert stored == contract.files()[name], f"schemas/{name} is out of date: annotator schema -o schemas"


def test_the_folder_holds_nothing_else() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(contract.files())


def test_files_are_written_as_they_are(tmp_path: Path) -> None:
    paths = contract.write(tmp_path / "schemas")
    assert {path.name: path.read_bytes().decode() for path in paths} == contract.files()


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
