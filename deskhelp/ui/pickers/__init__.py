"""Small pop-ups that choose one thing by typing: tags, assignees, canned replies, commands."""
