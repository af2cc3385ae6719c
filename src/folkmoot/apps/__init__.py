"""Which rooms keep tables?"""
