"""Pages of credits, certificates and verification."""
