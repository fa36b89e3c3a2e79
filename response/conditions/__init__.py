"""Conditions set together: what each governs, by one gate, and the goals and functions that people asked for."""
