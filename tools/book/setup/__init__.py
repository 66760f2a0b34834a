"""What each command needs, and how it comes here."""
