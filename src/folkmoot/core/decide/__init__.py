"""What do we decide, and how is it counted? The front door is each engine's own."""
