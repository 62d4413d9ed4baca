"""THE activity-rule module: from a definition and a ledger to the status of every customer on every day.

Pure: no SQL, no files but definitions, no screen, no clock.
"""
