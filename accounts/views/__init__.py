"""Screens of the door, the own account, the inbox, and of those who look after accounts."""
