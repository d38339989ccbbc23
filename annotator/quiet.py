"""Nothing leaves the machine: what our dependencies would tell their makers about their user is switched off.

`annotator/__init__.py` does so before anything else is imported, so it holds in every process that uses the package,
and in those that it starts. From version 1.29 on, onnxruntime writes an identifier of the device into the user's cache
when it is imported and reports sessions and models to its maker, unless the environment forbids it before that.
"""

import os

SWITCHES = {"ORT_DISABLE_TELEMETRY": "1", "RAY_USAGE_STATS_ENABLED": "0"}


def switch_off() -> None:
    """Set the switches in this process's environment, whatever was there: no user needs them otherwise here."""
    os.environ.update(SWITCHES)
