"""The trade's decisions about recordings, as pure functions."""
