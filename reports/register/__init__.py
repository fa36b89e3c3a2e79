"""The account in fixed forms: algorithm register, system card, catalogue of data, and an A4 for a council."""
