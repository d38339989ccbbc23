"""The JSON Schema of a record, made from `records.py`."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from annotator.labels import Label
from annotator.records import AnnotatedArticle

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Contract(GenerateJsonSchema):
    """A schema of what is written: every field is there, and a vocabulary comes with its meanings."""

    schema_dialect = DIALECT

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        *args: Any,
        **kwargs: Any,
    ) -> bool:
        return "serialization_exclude_if" not in field

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        meanings = [f"{label.value}: {label.meaning}" for label in schema["members"] if isinstance(label, Label)]
        return {**super().enum_schema(schema), "description": "\n".join(meanings)}


def record_schema() -> dict[str, Any]:
    """The JSON Schema of a record, which is a line of `records.jsonl`."""
    schema = AnnotatedArticle.model_json_schema(mode="serialization", schema_generator=_Contract)
    return {"$schema": DIALECT, **schema}
