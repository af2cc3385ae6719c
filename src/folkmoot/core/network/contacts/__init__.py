"""Whom does a file of contacts mean, and which of the people on record are one person?"""
