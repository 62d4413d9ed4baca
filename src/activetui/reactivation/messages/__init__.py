"""Messages to customers in their language: read, filled in, handed over. Nothing is sent."""
