"""Are the whole's money figures those of the files? Recomputed here with csv and Decimal alone."""
