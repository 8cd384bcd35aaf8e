"""The trade's arithmetic of credits and certificates: pure, without Django, clock or database."""
