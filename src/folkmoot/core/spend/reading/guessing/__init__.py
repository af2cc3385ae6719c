"""How does a published file seem to be laid out?"""
