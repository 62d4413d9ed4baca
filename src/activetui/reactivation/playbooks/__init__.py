"""The playbooks: read, said in words, and whom each fits."""
