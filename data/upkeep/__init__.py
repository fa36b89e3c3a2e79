"""Keeping an area up to date: adding it, fetching its sources, delivering files, the calendar, undoing mistakes."""
