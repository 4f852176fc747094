"""The coalition's website: from the records to pages and files, with no folder in sight.

A subject is a module here that yields pages; `subjects` lists them. A page is a document of
`rendering`, and the frame puts the same head and foot around each.
"""
