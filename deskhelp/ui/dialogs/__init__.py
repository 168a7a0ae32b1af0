"""Dialogs and side sheets; none of them blocks the window."""
