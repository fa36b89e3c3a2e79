"""What a forecast means: busy moments, quieter alternatives, hours of variants, claims, and what it felt like."""
