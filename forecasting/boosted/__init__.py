"""The boosted part: what the last weeks add to what the day models expect."""
