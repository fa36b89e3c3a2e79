"""Cards: what can be done, by whom and when, read, checked and kept by version, and what everybody may see of it."""
