"""What every page stands on: workspace, session, context, what all sessions share, widgets and the device."""
