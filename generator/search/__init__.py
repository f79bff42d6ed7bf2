"""What makes search understand German: words in all the shapes that readers type, as pure functions.

Knows language, spelling and dates; no entry, no kind, no file, and not the search engine that asks it.
"""
