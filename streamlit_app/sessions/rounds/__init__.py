"""Rounds of a session on phones and on paper: how often for nothing."""
