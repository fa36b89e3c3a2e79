"""Opinion groups: who votes alike, and the files of pol.is."""
