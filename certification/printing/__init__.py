"""The printed certificate: ornament, seal, QR code and the one door to the typesetter."""
