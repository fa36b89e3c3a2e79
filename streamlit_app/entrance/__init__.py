"""The ways in: codes, passwords, organisations and the first links."""
