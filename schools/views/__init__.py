"""Screens of the register and of roster imports."""
