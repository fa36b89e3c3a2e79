"""Rounds of a session on phones and on paper: how often for nothing, whether a card fits, a day to play."""
