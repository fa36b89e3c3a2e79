"""The day model and what belongs to it: features, profiles, effects, level, paths and calibration."""
