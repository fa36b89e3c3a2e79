"""What rounds of a session find, in words and as tables: how often for nothing, a card, a day that is played."""
