"""Which words do templates know?"""
