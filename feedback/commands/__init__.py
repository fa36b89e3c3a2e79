"""The commands of ``python -m feedback``, one module a subject."""
