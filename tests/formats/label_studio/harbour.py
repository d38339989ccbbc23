"""The labelling interface as the SDK reads it, and the harbour's prediction."""

from functools import cache
from importlib import import_module
from typing import Any

from annotator.formats import label_studio
from tests.factory import harbour_record

HARBOUR = label_studio.prediction(harbour_record())


@cache
def interface() -> Any:
    # Imported here, for it takes a second; through importlib, for its types are not declared.
    made = import_module("label_studio_sdk.label_interface").LabelInterface(label_studio.config())
    made.validate()
    return made
