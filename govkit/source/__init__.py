"""Bytes to records and back: the gate, the strict loader, places, schemas, and writing."""
