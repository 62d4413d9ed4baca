"""The Segments screen: the list of segments left, right what the one under the cursor is.

`screen` brings the parts together; `rows` is the list, `panels` the right half with its four panels
(`members`, `changes`, `trend`, `beside`), `data` what is asked of the store, `in_the_past` what is worked
out beside everything else, `combining` the queries made of several segments.
"""
