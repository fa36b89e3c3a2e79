"""Rounds of a session in which all choose: guesses, how often for nothing, whether a card fits, a day to play."""
