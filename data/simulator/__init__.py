"""Practice data: an invented world with known true effects, described in ``docs/simulator.md``."""
