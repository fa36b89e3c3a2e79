"""Costs and benefits of taking part: items, rates, what they are worth together, and the spreadsheet that shows it."""
