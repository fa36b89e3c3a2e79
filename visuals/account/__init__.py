"""The account in words: sources with who agreed, and what follows from it."""
