"""The description of both tables, and the rows kept to it."""

from annotator.formats import tables
from annotator.labels import VOCABULARIES
from tests.factory import harbour_record
from tests.formats.tables.reading import breaches, claim_rows


def test_the_package_describes_both_files() -> None:
    package = tables.datapackage()
    assert [resource["path"] for resource in package["resources"]] == ["claims.csv", "sources.csv"]
    claims, sources = (resource["schema"] for resource in package["resources"])
    for schema in (claims, sources):
        fields = [column["name"] for column in schema["fields"]]
        assert len(set(fields)) == len(fields)
        assert set(schema["primaryKey"]) <= set(fields)
    kinds = next(column for column in claims["fields"] if column["name"] == "kind")
    assert kinds["constraints"]["enum"] == [label.value for label in VOCABULARIES["kind"]]


def test_a_breach_of_the_schema_would_be_seen() -> None:
    row = claim_rows(harbour_record())[0]
    for name, cell in {"kind": "guess", "start": "-1", "claim_id": "", "confidence": "1.5", "hedged": "True"}.items():
        assert breaches([{**row, name: cell}], tables.claims_schema()) == [f"{name}: {cell!r}"]
