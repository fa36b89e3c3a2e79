"""The shell around the pages: server, navigation, workspace, language and the notebook cell."""
