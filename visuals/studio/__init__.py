"""The picture studio: press-ready pictures of a forecast, honest and on brand, as PNG, SVG, PDF and GIF."""
