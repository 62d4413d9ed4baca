"""Table to columns: what each column means, how sure that is, and why."""
