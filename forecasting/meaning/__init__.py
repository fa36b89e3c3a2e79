"""What a forecast means: busy moments, quieter alternatives, hours of variants, and what it felt like."""
