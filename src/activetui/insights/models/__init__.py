"""A second opinion beside the rules: models of repeat buying, fitted to the own ledger by maximum likelihood.

They need scipy (the extra `models`), which is loaded only when one of them is asked.
"""
