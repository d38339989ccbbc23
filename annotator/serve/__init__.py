"""Answers over HTTP: Label Studio asks here for predictions, as from a machine-learning backend."""
