"""Sessions: the facilitator's desk, the projector, the phones of a room, and paper."""
