"""Template tags of certification."""
