"""Consent: who agreed, for which group, to exactly which words, under which policy."""
