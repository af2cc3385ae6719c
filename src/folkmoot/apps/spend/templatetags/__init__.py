"""Which words of this room do templates use?"""
