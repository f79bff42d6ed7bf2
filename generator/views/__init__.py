"""What a template may see: entries in one language, their fields ready to be shown, and what refers to them.

In: the corpus. Out: thin values that are made when a template asks for them, and a record of what each page has read.
Knows no YAML, no file and no kind's name.
"""
