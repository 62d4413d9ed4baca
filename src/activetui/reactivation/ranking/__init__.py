"""What is at stake with a customer: money, and the chance of losing it."""
