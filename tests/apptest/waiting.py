"""Waiting for a run of a test app.

A test app asks a thousand times a second whether its run is over, and takes turns with it for that.
"""

from streamlit.testing.v1 import local_script_runner

_asking = local_script_runner.require_widgets_deltas


def without_asking(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    """Wait until a run has ended. Raises ``RuntimeError`` where it takes longer than ``timeout`` seconds."""
    assert runner._script_thread
    runner._script_thread.join(timeout)
    _asking(runner, timeout if runner.script_stopped() else 0)
