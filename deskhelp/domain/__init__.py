"""Pure rules and types of the desk: no Qt, no database, no network, no clock of its own."""
