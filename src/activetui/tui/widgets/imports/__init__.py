"""Parts of the Imports screen that know nothing of the store."""
