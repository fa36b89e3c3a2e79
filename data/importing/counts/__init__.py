"""Counts from anyone's table: which columns are what, which places they are of, and hours made of finer rows."""
