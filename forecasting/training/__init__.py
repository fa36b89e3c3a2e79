"""Fitting an area's models, in parallel, and keeping them as files."""
