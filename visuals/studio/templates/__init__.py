"""The templates of the picture studio, one module each: what it shows and where it stands."""
