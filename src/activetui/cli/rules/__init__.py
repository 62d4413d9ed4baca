"""What the commands for playbooks, alerts and messages share: reading a file, editing a text."""
