"""Which nouns does every room share?"""
