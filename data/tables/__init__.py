"""Reading tables and outlines of unknown make: what is text, a number, a moment, a coordinate, and what is refused."""
