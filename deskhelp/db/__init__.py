"""The local replica: peewee models, migrations, event log, queries and search."""
