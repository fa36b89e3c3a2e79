"""Draaiboek: the week ahead, the cards, and what it means for oneself; and what everybody may know of it."""
