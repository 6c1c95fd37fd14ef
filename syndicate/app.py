"""Wiring: settings to store, clock and files; nothing else builds them."""
