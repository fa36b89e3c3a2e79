"""Rounds of a session in which everybody chooses: how often for nothing."""
