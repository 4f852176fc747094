"""Judging a release: everything that was found about it, as values, to what holds and what fails.

Pure. Reading is for `workspace.releases`; whether a signature holds, `source.ssh_signatures` says.
"""
