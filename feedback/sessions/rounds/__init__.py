"""Rounds of a session in which everybody chooses: how often for nothing, whether a card fits, a day to play."""
