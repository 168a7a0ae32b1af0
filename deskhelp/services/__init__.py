"""Use cases that join domain, database and mail; no Qt."""
