"""Kinds of change a scenario can make, one module each: what it does, what is doubted of it, how it widens."""
