"""The settings dialog, one page a module."""
