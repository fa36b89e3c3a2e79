"""The database of what people say: one SQLite file, its tables, its ledgers, and what is wrong with it."""
