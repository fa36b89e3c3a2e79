"""The screen of the room: a plain page for the projector, its remote control, and what they show."""
