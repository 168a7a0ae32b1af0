"""Mail in and out: IMAP, SMTP, reading, understanding and composing."""
