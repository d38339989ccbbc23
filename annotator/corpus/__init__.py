"""Runs over many articles, in shards that survive a kill, on this machine or a cluster; and what they come to."""

from annotator.corpus.cluster import on_ray
from annotator.corpus.flat import write_csv
from annotator.corpus.results import Summary
from annotator.corpus.running import Watcher, run
from annotator.corpus.settings import SHARD_ARTICLES, Limits, Settings
from annotator.corpus.summaries import summarize

__all__ = ["SHARD_ARTICLES", "Limits", "Settings", "Summary", "Watcher", "on_ray", "run", "summarize", "write_csv"]
