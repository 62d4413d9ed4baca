"""Today: the figures of the day, whom to call, what has begun, and the loop by stage."""
