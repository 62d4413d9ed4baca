"""From a table to an understanding: what its rows tell, and how it writes days, amounts and currencies."""
