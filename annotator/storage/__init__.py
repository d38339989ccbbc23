"""Where results lie: files that appear whole, sets of files that appear together, folders here or on a store."""

from annotator.storage.files import atomic, write_text
from annotator.storage.folders import Folder
from annotator.storage.places import REMOTE, fetched, identity, is_remote, remote_files
from annotator.storage.results import MANIFEST, RECORDS, missing_shards, result_files
from annotator.storage.sets import settle, whole

__all__ = [
    "MANIFEST",
    "RECORDS",
    "REMOTE",
    "Folder",
    "atomic",
    "fetched",
    "identity",
    "is_remote",
    "missing_shards",
    "remote_files",
    "result_files",
    "settle",
    "whole",
    "write_text",
]
