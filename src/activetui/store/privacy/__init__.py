"""What the store knows of one person, wherever it stands: to give it to them, and to forget it for good."""
