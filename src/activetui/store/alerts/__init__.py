"""What alerts ask of the store: who comes into question, what happened lately, and what became of them."""
