"""What mails say: of notices on their way to the outbox, and of each delivery as text and as a page."""
