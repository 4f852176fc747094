"""CORPUS + CHANGES + DECISION -> RELEASE: version, plan, manifest, notes, and what proves them."""
