"""Status: what professionals of all organisations see of this moment, and what everybody sees of it later."""
