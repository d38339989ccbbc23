"""Reads a file with doccano's own code; prints what it keeps, and writes what it exports. Run by a Python with doccano.

`python with_doccano.py articles.jsonl exported.jsonl`: an SQLite database in memory, a project of sequence labelling
with relations, in which spans may overlap.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def main(given: str, exported: str) -> dict[str, Any]:
    start()
    user = import_module("django.contrib.auth.models").User.objects.create(username="ana")
    project = import_module("projects.models").SequenceLabelingProject.objects.create(
        name="claims",
        description="claims",
        project_type="SequenceLabeling",
        created_by=user,
        use_relation=True,
        allow_overlapping=True,
    )
    errors = load(given, project, user)
    export(exported, project, user)
    return {"errors": errors, **kept()}


def start() -> None:
    sys.path.insert(0, str(Path(str(import_module("backend").__file__)).parent))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.development", "DATABASE_URL": "sqlite:///:memory:"}
    import_module("django").setup()
    import_module("django.core.management").call_command("migrate", verbosity=0)


def load(given: str, project: Any, user: Any) -> list[str]:
    readers = import_module("data_import.pipeline.readers")
    parser = import_module("data_import.pipeline.parsers").JSONLParser()
    reader = readers.Reader([readers.FileName(given, "articles", "articles")], parser)
    dataset = import_module("data_import.datasets").RelationExtractionDataset(reader, project)
    dataset.save(user)
    return [str(error) for error in dataset.errors]


def kept() -> dict[str, Any]:
    labels = import_module("labels.models")
    articles = import_module("examples.models").Example.objects.order_by("id")
    spans, relations = (kind.objects.order_by("id") for kind in (labels.Span, labels.Relation))
    return {
        "articles": [{"text": one.text, "meta": one.meta} for one in articles],
        "spans": [[one.example.text[one.start_offset : one.end_offset], one.label.text] for one in spans],
        "relations": [[one.from_id.start_offset, one.type.text, one.to_id.start_offset] for one in relations],
    }


def export(exported: str, project: Any, user: Any) -> None:
    factories = import_module("data_export.pipeline.factories")
    examples = import_module("data_export.models").ExportedExample.objects.filter(project=project)
    labels, comments = factories.create_labels(project, examples, user), factories.create_comment(examples, user)
    dataset = import_module("data_export.pipeline.dataset").Dataset(examples, labels, comments, True)
    formatter, writer = factories.create_formatter(project, "JSONL"), factories.create_writer("JSONL")
    import_module("data_export.pipeline.services").ExportApplicationService(dataset, formatter, writer).export(exported)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
