"""Beheer: areas, data, events, training, people and backups, for a steward."""
