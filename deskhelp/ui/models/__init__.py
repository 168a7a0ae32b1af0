"""Qt models over frozen values of the domain; they hold what they were given and never ask a database."""
