"""The commands of ``python -m response``, one module a subject."""
