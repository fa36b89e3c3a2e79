"""What a picture is made from: the forecast and all that belongs to it, the order, and its places."""
