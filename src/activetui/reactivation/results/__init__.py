"""What came of it: won back, beside nature and beside those left in peace."""
