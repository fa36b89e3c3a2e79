"""The parts that pictures share: frame, map and charts."""
