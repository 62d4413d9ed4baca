"""What playbooks, alerts and messages share: texts of the program, with the owner's own laid over them."""
