"""Folkmoot: the shared infrastructure that a place partnership works on."""
