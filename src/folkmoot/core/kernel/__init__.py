"""Which small ideas does every capability share?"""
