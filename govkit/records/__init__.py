"""The nouns: what a coalition's files hold, as frozen values.

No file, git, clock or terminal here. `kinds` and `normative` need no pydantic; the models are
imported only when a record of their kind has to be read (`models.model_of`).
"""
