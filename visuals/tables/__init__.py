"""Results as tables: to read instead of a picture, and to compute with."""
