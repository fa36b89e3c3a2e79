"""Connectors: fetch counts, weather and events where they are published, and read them like an imported file."""
