"""Where things stand on a picture, to the pixel: boxes, type, brand, sheet and drawing."""
