"""What is Folkmoot? The shared infrastructure that a place partnership works on."""
