"""Mistakes in writing YAML, cured: remedies that are tried before they are offered."""
