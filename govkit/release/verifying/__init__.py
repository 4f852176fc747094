"""Judging a release: everything that was found about it, as values, to what holds and what fails.

Pure. Reading is for `workspace.releasing`, and whether a signature holds is said by a `Prover`.
"""
