"""What a picture says: headline, captions, small print, and whether the forecast says so too."""
