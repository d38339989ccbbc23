"""Runs over many articles, in shards that survive a kill, on this machine or a cluster; and what they come to."""
